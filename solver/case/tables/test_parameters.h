// SPDX-License-Identifier: LGPL-2.1-or-later
// The keys of [tests], which the stages declare.
#pragma once

#include "solver/case/tables/case_checks.h"
#include "solver/case/tables/parameter.h"

#include <vector>

namespace miniscrew
{
/// tests.run, then the keys of all stages in order of their declaration.
std::vector<Parameter> test_parameters();

/// Checks of [tests] against the rest of the case.
void check_tests(const Case &parameters, std::vector<Contradiction> &found);
} // namespace miniscrew
