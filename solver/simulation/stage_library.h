// SPDX-License-Identifier: LGPL-2.1-or-later
// The stages that the program has.
#pragma once

#include "solver/report/result_files.h"
#include "solver/stages/stage.h"

#include <memory>
#include <vector>

namespace miniscrew::simulation
{
/// All stages, in the order in which a case runs them. The first call declares
/// the keys of those that case files do not know by themselves, so it comes
/// before the first case is read.
const std::vector<std::unique_ptr<const stages::Stage>> &stage_library();

/// Adds a stage at the end, for the rest of the run, and declares its keys;
/// before the first case is read.
void add_stage(std::unique_ptr<const stages::Stage> stage);

/// The stages of a case, in order.
std::vector<const stages::Stage *> stages_of(const Case &input);

/// What the complete result of a case consists of.
report::ResultContents contents_of(const Case &input);
} // namespace miniscrew::simulation
