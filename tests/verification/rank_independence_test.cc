// SPDX-License-Identifier: LGPL-2.1-or-later
// All ranks together find what each finds alone.
#include "tests/verification/screw_under_load.h"

#include <gtest/gtest.h>

using namespace miniscrew;
using namespace miniscrew::verification;

class RankIndependence : public ::testing::TestWithParam<unsigned int>
{};

TEST_P(RankIndependence, AllRanksTogetherFindWhatEachFindsAlone)
{
  const Refine   refine    = to_sizes(0.5, 3.);
  const double   tolerance = 1e-10;
  const Response together =
    screw_under_load(refine, GetParam(), tolerance, MPI_COMM_WORLD);
  const Response alone =
    screw_under_load(refine, GetParam(), tolerance, MPI_COMM_SELF);
  EXPECT_TRUE(together.verdict.converged);
  EXPECT_TRUE(alone.verdict.converged);
  EXPECT_EQ(together.n_dofs, alone.n_dofs);
  EXPECT_NEAR(together.energy / alone.energy, 1., 1e-7);
  EXPECT_NEAR(together.head_displacement / alone.head_displacement, 1., 1e-7);
}

INSTANTIATE_TEST_SUITE_P(Degrees,
                         RankIndependence,
                         ::testing::Values(1u, 2u, 3u));
