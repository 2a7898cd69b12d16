// SPDX-License-Identifier: LGPL-2.1-or-later
// Hints in error messages.
#include "solver/base/errors.h"

#include <gtest/gtest.h>

using namespace miniscrew;

TEST(DidYouMean, FindsTheNearestName)
{
  const std::vector<std::string> names = {"diameter_mm", "pitch_mm", "tip"};
  EXPECT_EQ(did_you_mean("pich_mm", names), "; did you mean 'pitch_mm'?");
  EXPECT_EQ(did_you_mean("diameter", names), "; did you mean 'diameter_mm'?");
  EXPECT_EQ(did_you_mean("TIP", names), "; did you mean 'tip'?");
  EXPECT_EQ(did_you_mean("pithc_mm", names), "; did you mean 'pitch_mm'?");
}

TEST(DidYouMean, IsSilentWithoutANearName)
{
  EXPECT_EQ(did_you_mean("young_modulus", {"pitch_mm", "tip"}), "");
  EXPECT_EQ(did_you_mean("z", {"x", "y"}), "");
  EXPECT_EQ(did_you_mean("", {"x"}), "");
  EXPECT_EQ(did_you_mean("x", {}), "");
}

TEST(ListOf, JoinsNamesInWords)
{
  EXPECT_EQ(list_of({}), "");
  EXPECT_EQ(list_of({"a"}), "a");
  EXPECT_EQ(list_of({"a", "b"}), "a or b");
  EXPECT_EQ(list_of({"a", "b", "c"}), "a, b or c");
}
