// SPDX-License-Identifier: LGPL-2.1-or-later
// The numbers of a model, and the lines that a run ends with.
#pragma once

#include "solver/base/log.h"
#include "solver/case/case.h"
#include "solver/model/model.h"
#include "solver/report/record.h"

namespace miniscrew::report
{
/// Case, screw, engagement and mesh: what summary.json has of a model.
Record model_record(const model::Model &model, const Case &input);

/// What the literature says about torque and micromotion.
Record literature_record();

/// The main numbers of the load as lines.
void log_summary(const Record &summary, Log &log);
} // namespace miniscrew::report
