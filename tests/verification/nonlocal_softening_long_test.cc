// SPDX-License-Identifier: LGPL-2.1-or-later
// Softening that follows an average on cells of a half and a quarter of its
// length.
#include "tests/verification/damaged_bar.h"

#include <gtest/gtest.h>

using namespace miniscrew;
using namespace miniscrew::verification;

TEST(NonlocalSoftening, CellsOfHalfTheLengthResolveThePeak)
{
  const BarCurve half    = pull_damaged_bar(1, 0.36, 0.16),
                 quarter = pull_damaged_bar(2, 0.36, 0.16);
  EXPECT_LT(quarter.end, 0.8 * quarter.peak);
  EXPECT_NEAR(half.peak, quarter.peak, 2e-3 * quarter.peak);
  EXPECT_NEAR(half.dissipated, quarter.dissipated, 0.01 * quarter.dissipated);
  EXPECT_NEAR(half.end, quarter.end, 0.02 * quarter.end);
}
