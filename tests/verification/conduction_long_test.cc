// SPDX-License-Identifier: LGPL-2.1-or-later
// The solver of conduction takes as few iterations for many unknowns as for
// few.
#include "tests/verification/heated_screw.h"

#include <gtest/gtest.h>

using namespace miniscrew::verification;

TEST(ConductionOfAScrew, TakesFewIterationsAtAnyNumberOfUnknowns)
{
  expect_few_iterations(2, 0.18, 1.5);
  expect_few_iterations(2, 0.09, 1.5);
  expect_few_iterations(3, 0.09, 1.);
}
