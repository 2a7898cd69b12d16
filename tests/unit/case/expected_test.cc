// SPDX-License-Identifier: LGPL-2.1-or-later
// Comparison of a summary with the numbers that a case expects.
#include "solver/case/expected.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

using namespace miniscrew;

namespace
{
const nlohmann::json summary = {
  {"service",
   {{"axis_rotation_deg", 0.101}, {"reaction_force_N", {-2., 0., 1e-9}}}},
  {"screw", {{"name", "x"}}}};

Expected
expect(const std::string &key,
       const double       value,
       const double       relative,
       const double       absolute)
{
  return {key, value, relative, absolute, "a source"};
}
} // namespace

TEST(SummaryNumber, FollowsDotsAndIndices)
{
  EXPECT_EQ(summary_number(summary, "service.axis_rotation_deg").value(),
            0.101);
  EXPECT_EQ(summary_number(summary, "service.reaction_force_N.0").value(), -2.);
  EXPECT_FALSE(summary_number(summary, "service.reaction_force_N.3"));
  EXPECT_FALSE(summary_number(summary, "service.reaction_force_N"));
  EXPECT_FALSE(summary_number(summary, "screw.name"));
  EXPECT_FALSE(summary_number(summary, "nothing"));
}

TEST(MissedExpectations, AreEmptyWithinTheTolerance)
{
  EXPECT_TRUE(
    missed_expectations({expect("service.axis_rotation_deg", 0.1, 0.02, 0.),
                         expect("service.reaction_force_N.2", 0., 0., 1e-6)},
                        summary)
      .empty());
}

TEST(MissedExpectations, NameValueToleranceAndSource)
{
  const std::vector<std::string> missed =
    missed_expectations({expect("service.axis_rotation_deg", 0.1, 0.001, 0.),
                         expect("service.nothing", 1., 0.1, 0.)},
                        summary);
  ASSERT_EQ(missed.size(), 2u);
  EXPECT_EQ(missed[0],
            "service.axis_rotation_deg: got 0.101, expected 0.1 +- 0.0001 (a "
            "source)");
  EXPECT_EQ(missed[1],
            "service.nothing: not in summary.json, expected 1 +- 0.1 (a "
            "source)");
}

TEST(MissedExpectations, IncludeWhatIsNotANumber)
{
  const nlohmann::json broken = {
    {"x", std::numeric_limits<double>::quiet_NaN()}};
  EXPECT_EQ(missed_expectations({expect("x", 1., 1., 0.)}, broken).size(), 1u);
}
