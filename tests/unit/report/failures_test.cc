// SPDX-License-Identifier: LGPL-2.1-or-later
// Stages that fail are marked, and numbers that are none.
#include "solver/base/errors.h"
#include "solver/report/insertion_summary.h"
#include "solver/report/result_warnings.h"
#include "solver/simulation/failures.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

using namespace miniscrew;
using Json = nlohmann::json;

namespace
{
/// The sentences of all warnings, one per line.
std::string
sentences(const Json &summary)
{
  std::string text;
  const auto  warnings = report::result_warnings(Case(), summary);
  for (const Warning &warning : warnings.all())
    text += warning.key + ": " + warning.sentence + "\n";
  return text;
}

void
expect_in(const std::string &part, const std::string &text)
{
  EXPECT_NE(text.find(part), std::string::npos) << text;
}
} // namespace

TEST(Failures, CostTheirStageOnly)
{
  Log                  log(MPI_COMM_WORLD, true);
  simulation::Failures failures(log);
  EXPECT_TRUE(failures.empty());
  bool done = false;
  EXPECT_TRUE(failures.attempt("removal", [&] { done = true; }));
  EXPECT_TRUE(done);
  EXPECT_FALSE(failures.attempt(
    "unloading", [] { throw ConvergenceError("unloading: no equilibrium"); }));
  EXPECT_FALSE(
    failures.attempt("pullout", [] { throw std::runtime_error("a bug"); }));
  EXPECT_FALSE(failures.empty());

  Json summary;
  summary["service"]["head_displacement_mm"] = {1., 2., 3.};
  failures.mark(summary);
  EXPECT_EQ(summary["incomplete"], (Json{"unloading", "pullout"}));
  EXPECT_EQ(summary["service"]["head_displacement_mm"][1], 2.);
  const std::string reason =
    summary["service"]["unloaded"]["stopped_because"].get<std::string>();
  expect_in("unloading: no equilibrium; more load.steps", reason);
  expect_in("a bug", summary["pullout"]["stopped_because"].get<std::string>());
  expect_in("incomplete: unloading came to no end: unloading: no equilibrium",
            sentences(summary));
}

TEST(Failures, EndTheRunIfTheDiskIsFull)
{
  Log                  log(MPI_COMM_WORLD, true);
  simulation::Failures failures(log);
  EXPECT_ANY_THROW(
    failures.attempt("pullout", [] { throw IoError("disk full"); }));
  EXPECT_TRUE(failures.empty());
}

TEST(Failures, OfDepthsMarkInsertionAndItsCurve)
{
  Log                  log(MPI_COMM_WORLD, true);
  simulation::Failures failures(log);
  failures.add(stages::DepthOutcome{3., {}, "the mesh folds"});
  failures.add(stages::DepthOutcome{1., {}, "no equilibrium"});
  Json summary;
  failures.mark(summary);
  EXPECT_EQ(summary["incomplete"], Json{"insertion"});

  stages::InsertionPoint point;
  point.depth      = 2.;
  const auto curve = report::insertion_curve({point}, failures.depths());
  ASSERT_EQ(curve.rows.size(), 3u);
  for (unsigned int i = 0; i < 3; ++i)
  {
    EXPECT_EQ(curve.rows[i].size(), curve.columns.size());
    EXPECT_EQ(curve.rows[i][0], i + 1.);
    EXPECT_EQ(std::isnan(curve.rows[i][1]), i != 1);
  }
  summary["insertion"]["failed_depths"] = {
    {{"depth_mm", 1.}, {"reason", "no equilibrium"}},
    {{"depth_mm", 3.}, {"reason", "the mesh folds"}}};
  expect_in("insertion to 1.00 mm failed: no equilibrium", sentences(summary));
  expect_in("insertion to 3.00 mm failed: the mesh folds", sentences(summary));
}

TEST(Failures, GiveAdviceOnce)
{
  EXPECT_EQ(simulation::with_advice("service", "set solver.max_iterations"),
            "set solver.max_iterations");
  expect_in("tests.pullout_steps",
            simulation::with_advice("pullout", "stopped"));
  expect_in("insertion.steps", simulation::with_advice("insertion", "stopped"));
}

TEST(NotFinite, AreFoundAnywhereAndReported)
{
  Json summary;
  summary["a"]["b"]                  = {1., std::nan(""), 3.};
  summary["c"]                       = {{{"d", 1.}}, {{"d", INFINITY}}};
  summary["e"]                       = "text";
  summary["f"]                       = nullptr;
  summary["g"]                       = 1e308;
  const std::vector<std::string> two = {"a.b.1", "c.1.d"};
  EXPECT_EQ(simulation::not_finite(summary), two);
  simulation::mark_not_finite(summary);
  EXPECT_EQ(summary["incomplete"], Json{"numbers"});
  EXPECT_EQ(summary["not_finite"], Json(two));
  expect_in("not_finite: a.b.1 is not a finite number", sentences(summary));

  Json good = {{"a", 1.}};
  simulation::mark_not_finite(good);
  EXPECT_EQ(good, (Json{{"a", 1.}}));
}
