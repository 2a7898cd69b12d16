// SPDX-License-Identifier: LGPL-2.1-or-later
// Softening that follows an average does not depend on the mesh.
#include "tests/verification/damaged_bar.h"

#include <gtest/gtest.h>

#include <cmath>

using namespace miniscrew;
using namespace miniscrew::verification;

// Past the peak, on two meshes. A local law differs by 5 % already at the
// softening of softening_test.cc.
TEST(NonlocalSoftening, MeshesAgree)
{
  const BarCurve coarse = pull_damaged_bar(0, 0.3, 0.12),
                 fine   = pull_damaged_bar(1, 0.3, 0.12);
  EXPECT_LT(fine.end, 0.85 * fine.peak);
  EXPECT_NEAR(coarse.peak, fine.peak, 5e-3 * fine.peak);
  EXPECT_NEAR(coarse.dissipated, fine.dissipated, 0.02 * fine.dissipated);
  EXPECT_NEAR(coarse.end, fine.end, 0.03 * fine.end);
  // Newton's method knows the whole derivative.
  EXPECT_LT(fine.n_newton, 5 * fine.n_steps);
}

// The longer the length, the larger the zone and the later and the more work it
// takes to pull the bar apart; its strength stays.
TEST(NonlocalSoftening, TheZoneGrowsWithTheLength)
{
  const BarCurve narrow = pull_damaged_bar(0, 0.3, 0.12),
                 wide   = pull_damaged_bar(0, 0.45, 0.12);
  EXPECT_NEAR(wide.peak, narrow.peak, 0.01 * narrow.peak);
  EXPECT_GT(wide.end, 1.1 * narrow.end);
  EXPECT_GT(wide.width, 1.05 * narrow.width);
}

TEST(NonlocalSoftening, AllRanksTogetherFindWhatEachFindsAlone)
{
  const BarCurve together = pull_damaged_bar(0, 0.4, 0.105),
                 alone    = pull_damaged_bar(0, 0.4, 0.105, MPI_COMM_SELF);
  EXPECT_NEAR(together.end, alone.end, 1e-5 * alone.end);
  EXPECT_NEAR(together.work, alone.work, 1e-6 * alone.work);
}

// A bar of a small modulus that softens fast: past its peak no equilibrium is
// close by, at whatever step. Newton's method relaxes to the broken bar.
TEST(NonlocalSoftening, ABrittleBarBreaksInAJump)
{
  const BarCurve curve =
    pull_damaged_bar(0, 0.2, 0.4, MPI_COMM_WORLD, {1000., 0.04});
  EXPECT_GT(curve.n_relaxations, 0u);
  EXPECT_GT(curve.greatest_drop, 0.5 * curve.peak);
  EXPECT_LT(curve.end, 0.2 * curve.peak);
}
