// SPDX-License-Identifier: LGPL-2.1-or-later
// Meshes: of runs, and for themselves.
#pragma once

#include "solver/base/log.h"
#include "solver/case/case.h"
#include "solver/model/model.h"
#include "solver/report/record.h"
#include "solver/simulation/run_options.h"

namespace miniscrew::simulation
{
/// Size and quality of a mesh as lines, and where it is not as the case has it.
void log_mesh(const model::Model &model, const Case &input, Log &log);

/// Meshes @p input, prints quality histograms and writes a VTU of the mesh into
/// the folder options.output, which must be named. Collective.
report::Record
mesh_case(const Case &input, const RunOptions &options, Log &log);
} // namespace miniscrew::simulation
