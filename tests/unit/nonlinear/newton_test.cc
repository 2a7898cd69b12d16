// SPDX-License-Identifier: LGPL-2.1-or-later
// Newton's method and load steps on problems of one unknown for each rank.
#include "solver/nonlinear/load_steps.h"
#include "solver/nonlinear/newton.h"

#include <deal.II/base/mpi.h>

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

using namespace miniscrew;
using namespace miniscrew::nonlinear;

namespace
{
/// A system whose unknowns are free.
class FreeSystem : public System
{
public:
  void
  advance(linear::Vector<double>       &u,
          const linear::Vector<double> &du,
          const double                  factor) override
  {
    u.add(factor, du);
  }
};

/// u + u^3 = f in every entry, with exact linear solves.
class Cubic : public FreeSystem
{
public:
  explicit Cubic(const double f)
    : f_(f)
  {}

  double
  residual(linear::Vector<double> &r, const linear::Vector<double> &u) override
  {
    for (unsigned int i = 0; i < u.locally_owned_size(); ++i)
    {
      const double x     = u.local_element(i);
      slope_             = 1. + 3. * x * x;
      r.local_element(i) = f_ - x - x * x * x;
    }
    return f_ * std::sqrt(static_cast<double>(u.size()));
  }

  linear::Verdict
  solve(linear::Vector<double>       &du,
        const linear::Vector<double> &r,
        double,
        Jacobian) override
  {
    du.equ(1. / slope_, r);
    linear::Verdict verdict;
    verdict.converged  = true;
    verdict.iterations = 1;
    return verdict;
  }

private:
  double f_, slope_ = 1.;
};

/// -|u| - 1 has no root, and grows whatever is done.
class Rootless : public FreeSystem
{
public:
  explicit Rootless(const bool can_relax)
    : can_relax_(can_relax)
  {}

  double
  residual(linear::Vector<double> &r, const linear::Vector<double> &u) override
  {
    for (unsigned int i = 0; i < u.locally_owned_size(); ++i)
      r.local_element(i) = -1. - std::abs(u.local_element(i));
    return 1.;
  }

  linear::Verdict
  solve(linear::Vector<double>       &du,
        const linear::Vector<double> &r,
        double,
        Jacobian) override
  {
    du = r;
    return {true, 1, 0.};
  }

  bool
  can_relax() const override
  {
    return can_relax_;
  }

private:
  bool can_relax_;
};

linear::Vector<double>
one_entry_per_rank()
{
  const unsigned int n =
    dealii::Utilities::MPI::n_mpi_processes(MPI_COMM_WORLD);
  const unsigned int rank =
    dealii::Utilities::MPI::this_mpi_process(MPI_COMM_WORLD);
  dealii::IndexSet owned(n);
  owned.add_index(rank);
  return linear::Vector<double>(owned, MPI_COMM_WORLD);
}
} // namespace

TEST(Newton, ConvergesQuadratically)
{
  Cubic               system(10.);
  auto                u = one_entry_per_rank();
  std::vector<double> residuals;
  NewtonOptions       options;
  options.tolerance = 1e-13;
  const NewtonVerdict verdict =
    newton(system,
           u,
           options,
           [&](unsigned int, double residual, double, unsigned int) {
             residuals.push_back(residual);
           });
  EXPECT_TRUE(verdict.converged);
  EXPECT_NEAR(u.local_element(0), 2., 1e-12);
  EXPECT_EQ(verdict.iterations, residuals.size());
  for (std::size_t i = 1; i < residuals.size(); ++i)
    if (residuals[i - 1] < 1e-2 && residuals[i] > 1e-13)
    {
      EXPECT_LT(residuals[i], 10. * residuals[i - 1] * residuals[i - 1]);
    }
}

TEST(Newton, SaysWhyItStopped)
{
  Cubic         system(1e6);
  auto          u = one_entry_per_rank();
  NewtonOptions options;
  options.max_iterations      = 2;
  const NewtonVerdict verdict = newton(system, u, options);
  EXPECT_FALSE(verdict.converged);
  EXPECT_EQ(verdict.iterations, 2u);
  EXPECT_EQ(verdict.reason, "the residual did not settle");
}

TEST(Newton, DoesNotTakeWhatIsNoNumberForConverged)
{
  Cubic                  system(2.);
  linear::Vector<double> u(4);
  u                  = std::numeric_limits<double>::quiet_NaN();
  const auto verdict = newton(system, u, {});
  EXPECT_FALSE(verdict.converged);
  EXPECT_EQ(verdict.iterations, 0u);
  EXPECT_EQ(verdict.reason, "the residual is not a number");
}

TEST(Newton, DoesNotMeasureByAnInfiniteSize)
{
  // The size of its residual is infinite, so that any residual would be none.
  class Overflowing : public Cubic
  {
  public:
    using Cubic::Cubic;

    double
    residual(linear::Vector<double>       &r,
             const linear::Vector<double> &u) override
    {
      Cubic::residual(r, u);
      return std::numeric_limits<double>::infinity();
    }
  };
  Overflowing            system(2.);
  linear::Vector<double> u   = one_entry_per_rank();
  const auto             end = newton(system, u, {});
  EXPECT_FALSE(end.converged);
  EXPECT_EQ(end.reason, "the residual is not a number");
}

TEST(LoadSteps, ReachTheLoadExactly)
{
  std::vector<double> shares;
  const auto          verdict = march({0.3, 0.01}, [&](const double share) {
    shares.push_back(share);
    return StepOutcome::easy;
  });
  EXPECT_TRUE(verdict.converged);
  EXPECT_EQ(shares.back(), 1.);
  EXPECT_EQ(verdict.n_steps, 4u);
}

TEST(LoadSteps, AreCutBackWhereTheyFail)
{
  // Steps of more than 0.2 fail from the last good one on.
  double     last    = 0.;
  const auto verdict = march({1., 0.01}, [&](const double share) {
    if (share - last > 0.2)
      return StepOutcome::failed;
    last = share;
    return StepOutcome::easy;
  });
  EXPECT_TRUE(verdict.converged);
  EXPECT_GE(verdict.n_cutbacks, 3u);
  EXPECT_EQ(last, 1.);
}

TEST(LoadSteps, GiveUpAtTheLoadThatCannotBeCarried)
{
  const auto verdict = march({1., 1e-3}, [](const double share) {
    return share <= 0.6 ? StepOutcome::easy : StepOutcome::failed;
  });
  EXPECT_FALSE(verdict.converged);
  EXPECT_NEAR(verdict.reached, 0.6, 2e-3);
  EXPECT_GT(verdict.tried, 0.6);
}

TEST(LoadSteps, GrowAndLeaveNoSliver)
{
  LoadStepOptions options;
  options.first     = 1. / 16.;
  options.largest   = 1.;
  options.successes = 1;
  std::vector<double> shares;
  const auto          verdict = march(options, [&](const double share) {
    shares.push_back(share);
    return StepOutcome::easy;
  });
  EXPECT_TRUE(verdict.converged);
  ASSERT_EQ(shares.size(), 5u);
  EXPECT_DOUBLE_EQ(shares[1], 3. / 16.);
  EXPECT_DOUBLE_EQ(shares[2], 7. / 16.);
  EXPECT_DOUBLE_EQ(shares[4], 1.);
  // 9/16 remain; a step of 1/2 and a rest of 1/16 would be a sliver.
  EXPECT_DOUBLE_EQ(shares[4] - shares[3], shares[3] - shares[2]);
}

TEST(LoadSteps, EndAtTheirStops)
{
  LoadStepOptions options;
  options.first   = 0.2;
  options.largest = 0.5;
  options.stops   = {0.25, 0.625};
  std::vector<double> shares;
  bool                has_failed = false;
  const auto          verdict    = march(options, [&](const double share) {
    // One failure between stops does not lose the next one.
    if (share > 0.4 && !has_failed)
    {
      has_failed = true;
      return StepOutcome::failed;
    }
    shares.push_back(share);
    return StepOutcome::easy;
  });
  EXPECT_TRUE(verdict.converged);
  EXPECT_EQ(verdict.n_cutbacks, 1u);
  for (const double stop : {0.25, 0.625, 1.})
    EXPECT_EQ(std::count(shares.begin(), shares.end(), stop), 1) << stop;
  EXPECT_TRUE(std::is_sorted(shares.begin(), shares.end()));
  EXPECT_LE(shares.size(), 8u);
}

TEST(LoadSteps, ShortenAfterHardOnesAndGrowAfterEasyOnes)
{
  LoadStepOptions options;
  options.first     = 0.125;
  options.largest   = 1.;
  options.successes = 1;
  std::vector<double> shares;
  const auto          verdict = march(options, [&](const double share) {
    shares.push_back(share);
    return shares.size() == 1   ? StepOutcome::fair
                    : shares.size() == 2 ? StepOutcome::hard
                                         : StepOutcome::easy;
  });
  EXPECT_TRUE(verdict.converged);
  EXPECT_EQ(verdict.n_cutbacks, 0u);
  ASSERT_GE(shares.size(), 6u);
  // No growth after a fair step; half of it after a hard one, thrice.
  EXPECT_DOUBLE_EQ(shares[1] - shares[0], 0.125);
  for (unsigned int i = 2; i < 5; ++i)
    EXPECT_DOUBLE_EQ(shares[i] - shares[i - 1], 0.0625) << i;
  EXPECT_DOUBLE_EQ(shares[5] - shares[4], 0.125);
}

TEST(Newton, GivesUpEarlyWhereTheResidualStays)
{
  Rootless      system(false);
  auto          u = one_entry_per_rank();
  NewtonOptions options;
  const auto    verdict = newton(system, u, options);
  EXPECT_FALSE(verdict.converged);
  EXPECT_EQ(verdict.iterations, options.patience);
  EXPECT_EQ(verdict.reason, "the residual did not settle");
}

// Patience is for what may settle by itself, as contact does.
TEST(Newton, LeavesAWayThatLeadsAstray)
{
  Rootless   system(true);
  auto       u       = one_entry_per_rank();
  const auto verdict = newton(system, u, {});
  EXPECT_FALSE(verdict.converged);
  EXPECT_EQ(verdict.iterations, 4u);
  EXPECT_EQ(verdict.reason, "the residual did not settle");
}

namespace
{
/// A spring that fails: the force grows to 1 at u = 1, falls to 0.1 within
/// @p width, and grows again. In series with a spring of stiffness 1 under f.
class Failing : public FreeSystem
{
public:
  Failing(const double f, const double width, const bool can_relax)
    : f_(f),
      width_(width),
      can_relax_(can_relax)
  {}

  double
  residual(linear::Vector<double> &r, const linear::Vector<double> &u) override
  {
    for (unsigned int i = 0; i < u.locally_owned_size(); ++i)
    {
      const double x     = u.local_element(i);
      const double end   = 1. + width_;
      slope_             = x <= 1. ? 1. : x < end ? -0.9 / width_ : 1.;
      const double force = x <= 1.   ? x
                           : x < end ? 1. - 0.9 * (x - 1.) / width_
                                     : 0.1 + x - end;
      r.local_element(i) = f_ - force;
    }
    return std::sqrt(static_cast<double>(u.size()));
  }

  linear::Verdict
  solve(linear::Vector<double>       &du,
        const linear::Vector<double> &r,
        double,
        const Jacobian jacobian) override
  {
    EXPECT_TRUE(can_relax_ || jacobian == Jacobian::consistent);
    du.equ(jacobian == Jacobian::positive ? 1. : 1. / slope_, r);
    return {true, 1, 0.};
  }

  bool
  can_relax() const override
  {
    return can_relax_;
  }

private:
  double f_, width_, slope_ = 1.;
  bool   can_relax_;
};
} // namespace

TEST(Newton, RelaxesToTheNextBranchAfterAJump)
{
  // Beyond 1 there is no equilibrium before 0.9 + width + f.
  for (const double width : {0.05, 0.2, 0.8})
    for (const double f : {1.001, 1.01})
    {
      Failing    system(f, width, true);
      auto       u       = one_entry_per_rank();
      const auto verdict = newton(system, u, NewtonOptions());
      EXPECT_TRUE(verdict.converged) << width << ' ' << f;
      EXPECT_GT(verdict.relaxations, 0u) << width << ' ' << f;
      EXPECT_LT(verdict.relaxations, verdict.iterations);
      for (unsigned int i = 0; i < u.locally_owned_size(); ++i)
        EXPECT_NEAR(u.local_element(i), 0.9 + width + f, 1e-5)
          << width << ' ' << f;
    }
}

TEST(Newton, GoesToAndFroAtAJumpThatItMayNotRelaxAfter)
{
  Failing    system(1.001, 0.2, false);
  auto       u       = one_entry_per_rank();
  const auto verdict = newton(system, u, NewtonOptions());
  EXPECT_FALSE(verdict.converged);
  EXPECT_EQ(verdict.relaxations, 0u);
}
