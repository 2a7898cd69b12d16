// SPDX-License-Identifier: LGPL-2.1-or-later
// The keys of what a kind of bone does to a screw that is turned into it.
#pragma once

#include "solver/case/tables/case_checks.h"
#include "solver/case/tables/parameter.h"

#include <set>
#include <string>
#include <vector>

namespace miniscrew
{
/// [insertion.cortex] and [insertion.cancellous].
std::vector<Parameter> bone_cutting_parameters();

/// Values that follow from other keys unless they are @p given.
void finish_bone_cutting(Draft &draft, const std::set<std::string> &given);

/// Adds to @p found where values contradict each other.
void check_bone_cutting(const Case &c, std::vector<Contradiction> &found);
} // namespace miniscrew
