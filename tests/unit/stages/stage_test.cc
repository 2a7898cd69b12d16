// SPDX-License-Identifier: LGPL-2.1-or-later
// Stages that do not come to their end, and what is left of them.
#include "solver/stages/stage.h"

#include "solver/base/errors.h"
#include "solver/stages/insertion.h"
#include "solver/stages/insertion_record.h"
#include "solver/stages/pull_out.h"
#include "solver/stages/service.h"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <stdexcept>

using namespace miniscrew;

namespace
{
/// Does what it is told.
class Told : public stages::Stage
{
public:
  explicit Told(const std::function<void(stages::StageResult &)> &work)
    : work_(work)
  {}

  std::string
  name() const override
  {
    return "told";
  }

  bool
  is_asked_for(const Case &) const override
  {
    return true;
  }

  std::string
  advice() const override
  {
    return "more patience may help";
  }

private:
  void
  advance(stages::StageContext &, stages::StageResult &result) const override
  {
    work_(result);
  }

  std::function<void(stages::StageResult &)> work_;
};

const report::Quantity length{"told", "length_mm", "mm", "length", "A length"};

Case
a_small_pin()
{
  Case c;
  c.screw.diameter                = 1.6;
  c.screw.core_diameter           = 1.6;
  c.screw.length                  = 5.;
  c.screw.tip                     = mesh::TipShape::flat;
  c.screw.collar_height           = 0.;
  c.screw.head                    = mesh::HeadShape::round;
  c.screw.head_width              = 1.6;
  c.screw.head_height             = 2.;
  c.site.cancellous               = 8.;
  c.site.insertion_depth          = 5.;
  c.discretisation.interface_size = 1.;
  c.discretisation.far_size       = 3.;
  c.discretisation.degree         = 1;
  return c;
}

stages::StageResult
result_of(const std::function<void(stages::StageResult &)> &work)
{
  const Case           input = a_small_pin();
  Log                  log(MPI_COMM_WORLD, true);
  model::Model         model(input, MPI_COMM_WORLD);
  stages::StageContext context{input, model, nullptr, log};
  stages::StageResult  result;
  Told(work).run(context, result);
  return result;
}
} // namespace

TEST(Stage, ThatDoesNotConvergeHasAStatusAdviceAndWhatItFound)
{
  const auto result = result_of([](stages::StageResult &partial) {
    partial.numbers.set(length, 3.);
    throw ConvergenceError("told: no equilibrium");
  });
  EXPECT_EQ(result.status, stages::Status::failed);
  EXPECT_FALSE(result.is_complete());
  EXPECT_EQ(result.reason, "told: no equilibrium; more patience may help");
  EXPECT_EQ(result.numbers.number(length), 3.);
}

TEST(Stage, ThatEndsIsComplete)
{
  EXPECT_TRUE(result_of([](stages::StageResult &) {}).is_complete());
}

TEST(Stage, PassesOnWhatIsNoLackOfConvergence)
{
  const auto fails = [](const auto &error) {
    return [error](stages::StageResult &) { throw error; };
  };
  EXPECT_THROW(result_of(fails(IoError("disk full"))), IoError);
  EXPECT_THROW(result_of(fails(std::runtime_error("a bug"))),
               std::runtime_error);
}

TEST(Stage, GivesAdviceOnce)
{
  const stages::PullOut pull_out;
  EXPECT_NE(pull_out.with_advice("stopped").find("tests.pullout_steps"),
            std::string::npos);
  EXPECT_NE(
    stages::InsertionStage().with_advice("stopped").find("insertion.steps"),
    std::string::npos);
  const std::string advised = "set solver.max_iterations";
  EXPECT_EQ(stages::Service().with_advice(advised), advised);
}

TEST(Effort, AddsIterationsAndKeepsTheLastResidual)
{
  stages::Effort sum{2, 10, 1e-3};
  sum += {3, 20, -1.};
  EXPECT_EQ(sum.newton_iterations, 5u);
  EXPECT_EQ(sum.linear_iterations, 30u);
  EXPECT_EQ(sum.residual, 1e-3);
  sum += {1, 1, 1e-5};
  EXPECT_EQ(sum.residual, 1e-5);
}

TEST(InsertionCurve, HasDepthsThatFailedWithoutNumbers)
{
  stages::InsertionPoint point;
  point.depth = 2.;
  const std::vector<stages::DepthOutcome> failed{{3., {}, "the mesh folds"},
                                                 {1., {}, "no equilibrium"}};
  const auto curve = stages::insertion_curve({point}, failed);
  ASSERT_EQ(curve.rows.size(), 3u);
  for (unsigned int i = 0; i < 3; ++i)
  {
    EXPECT_EQ(curve.rows[i].size(), curve.columns.size());
    EXPECT_EQ(curve.rows[i][0], i + 1.);
    EXPECT_EQ(std::isnan(curve.rows[i][1]), i != 1);
  }
}

TEST(InsertionPoint, SurvivesACheckpointWithAllDigits)
{
  stages::InsertionPoint point;
  point.depth                 = 1. / 3.;
  point.loads.friction        = {{1e-300, -0.1, 1e300}};
  point.torsion.safety_factor = std::nan("");
  point.max_pressure          = INFINITY;
  point.n_dofs                = 1ull << 60;
  point.steps                 = 7;
  point.low.torque            = 1. / 7.;
  point.high.safety_factor    = 3. / 7.;
  point.is_led                = true;
  const auto back = stages::insertion_point_from(stages::record_of(point));
  EXPECT_EQ(back.depth, point.depth);
  EXPECT_EQ(back.loads.friction, point.loads.friction);
  EXPECT_TRUE(std::isnan(back.torsion.safety_factor));
  EXPECT_EQ(back.max_pressure, point.max_pressure);
  EXPECT_EQ(back.n_dofs, point.n_dofs);
  EXPECT_EQ(back.steps, point.steps);
  EXPECT_EQ(back.low.torque, point.low.torque);
  EXPECT_EQ(back.high.safety_factor, point.high.safety_factor);
  EXPECT_TRUE(back.is_led);

  report::Record lacks = stages::record_of(point), has_more = lacks;
  lacks.erase("depth_mm");
  has_more.set_value("colour", std::string("red"));
  EXPECT_THROW(stages::insertion_point_from(lacks), IoError);
  EXPECT_THROW(stages::insertion_point_from(has_more), IoError);
}
