// SPDX-License-Identifier: LGPL-2.1-or-later
// The keys of insertion.
#pragma once

#include "solver/case/tables/case_checks.h"
#include "solver/case/tables/parameter.h"

#include <set>
#include <vector>

namespace miniscrew
{
/// The keys of [insertion].
std::vector<Parameter> insertion_parameters();

/// Values that follow from technique, screw and site unless they are among the
/// @p given keys; after the screw and the site are whole.
void finish_insertion(Draft &draft, const std::set<std::string> &given);

/// Checks of [insertion] against the rest of the case.
void check_insertion(const Case &parameters, std::vector<Contradiction> &found);
} // namespace miniscrew
