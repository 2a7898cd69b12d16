// SPDX-License-Identifier: LGPL-2.1-or-later
// Comparison of a summary with the numbers that a case expects.
#include "solver/case/expected.h"

#include "tests/unit/case/case_text.h"

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

// A user who tries another screw with --set must not be told that the run has
// missed what the file expects of its own screw.
TEST(Expected, CountsForTheCaseAsItIsWritten)
{
  const std::string text =
    std::string(test::catalogue_screw_text) +
    "[expected]\n"
    "a.b = { value = 1, relative_tolerance = 0.1, source = 's' }\n"
    "c = { value = 2, relative_tolerance = 0.1, source = 's' }\n";
  const auto read = [&](const std::vector<std::string> &settings) {
    return test::read_text_as_case(text, settings).at(0);
  };
  EXPECT_EQ(read({}).expected.size(), 2u);
  EXPECT_EQ(read({}).unchecked, 0u);
  const Case same = read({"output.vtu=false", "solver.max_iterations=9"});
  EXPECT_EQ(same.expected.size(), 2u);
  EXPECT_EQ(same.unchecked, 0u);
  const Case other = read({"site.near_cortex_mm=2"});
  EXPECT_TRUE(other.expected.empty());
  EXPECT_EQ(other.unchecked, 2u);
  const Case own = read({"site.near_cortex_mm=2", "expected.a.b.value=3"});
  ASSERT_EQ(own.expected.size(), 1u);
  EXPECT_EQ(own.expected[0].value, 3.);
  EXPECT_EQ(own.unchecked, 1u);
  // What does not count must be right all the same.
  EXPECT_NE(test::complaint_about(text + "d = { value = 1 }\n",
                                  {"site.near_cortex_mm=2"})
              .find("expected.d: needs a source"),
            std::string::npos);
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
