// SPDX-License-Identifier: LGPL-2.1-or-later
// One case, from geometry to result files.
#pragma once

#include "solver/base/log.h"
#include "solver/case/case.h"
#include "solver/report/record.h"
#include "solver/simulation/run_options.h"

namespace miniscrew::simulation
{
/// Runs @p input and writes its results; returns the summary. Collective.
/// Throws UserError, IoError or ConvergenceError (results so far are kept).
/// Files that could not be written are named in the summary.
[[nodiscard]] report::Record
run_case(const Case &input, const RunOptions &options, Log &log);
} // namespace miniscrew::simulation
