// SPDX-License-Identifier: LGPL-2.1-or-later
// Results of stages as records, for checkpoints.
#pragma once

#include "solver/report/record.h"
#include "solver/stages/stage.h"

namespace miniscrew::simulation
{
/// All of a result but the state at its end, and back. IoError if something of
/// it is missing.
report::Record      record_of(const stages::StageResult &result);
stages::StageResult result_from(const report::Record &record);
} // namespace miniscrew::simulation
