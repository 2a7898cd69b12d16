// SPDX-License-Identifier: LGPL-2.1-or-later
// Results of stages as records, for checkpoints.
#pragma once

#include "solver/report/record.h"
#include "solver/stages/stage.h"

#include <string>

namespace miniscrew::simulation
{
/// All of a result but the state at its end, and back. IoError if something of
/// it is missing.
report::Record      record_of(const stages::StageResult &result);
stages::StageResult result_from(const report::Record &record);

/// @name Entries that must be there; IoError if they are not
/// @{
std::string text_in(const report::Record &record, const std::string &name);
const report::Record &part_in(const report::Record &record,
                              const std::string    &name);
/// @}
} // namespace miniscrew::simulation
