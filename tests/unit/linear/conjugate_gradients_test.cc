// SPDX-License-Identifier: LGPL-2.1-or-later
// Conjugate gradients: solutions and verdicts.
#include "solver/linear/conjugate_gradients.h"
#include "solver/linear/gmres.h"

#include "tests/unit/linear/diagonal_operator.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

using namespace miniscrew::linear;

namespace
{
constexpr unsigned int n = 100;

class ConjugateGradients : public ::testing::Test
{
protected:
  Verdict
  solve(const CgOptions &options)
  {
    return solve_cg(
      A, x, b, Identity(), options, [this](unsigned int, double r) {
        residuals.push_back(r);
      });
  }

  DiagonalOperator<double> A{
    shared_vector<double>(n, [](unsigned int i) { return 1. + i; })};
  Vector<double> b =
    shared_vector<double>(n, [](unsigned int i) { return std::cos(i); });
  Vector<double> x = shared_vector<double>(n, [](unsigned int) { return 0.; });
  std::vector<double> residuals;
};
} // namespace

TEST_F(ConjugateGradients, FindsTheSolution)
{
  CgOptions options;
  options.relative_tolerance = 1e-10;
  const Verdict verdict      = solve(options);
  EXPECT_TRUE(verdict.converged);
  EXPECT_LE(verdict.iterations, n);
  EXPECT_EQ(residuals.size(), verdict.iterations);
  EXPECT_EQ(residuals.back(), verdict.residual);
  EXPECT_NEAR(verdict.initial_residual, b.l2_norm(), 1e-14);
  EXPECT_LE(verdict.residual, 1e-10 * verdict.initial_residual);
  const auto exact = shared_vector<double>(
    n, [](unsigned int i) { return std::cos(i) / (1. + i); });
  x -= exact;
  EXPECT_LT(x.l2_norm(), 1e-9);
}

TEST_F(ConjugateGradients, DoNotTakeOverflowForConverged)
{
  // The norm of these entries is infinite, and so would be a share of it.
  for (const double size :
       {1e308, std::numeric_limits<double>::infinity(), std::nan("")})
  {
    b                          = size;
    x                          = 0.;
    const Verdict by_gradients = solve({});
    EXPECT_FALSE(by_gradients.converged) << size;
    EXPECT_FALSE(std::isfinite(by_gradients.residual)) << size;
    EXPECT_EQ(by_gradients.iterations, 0u);
    EXPECT_FALSE(solve_gmres(A, x, b, Identity(), {}).converged) << size;
  }
}

TEST_F(ConjugateGradients, SaysWhenItRanOutOfIterations)
{
  CgOptions options;
  options.max_iterations = 3;
  const Verdict verdict  = solve(options);
  EXPECT_FALSE(verdict.converged);
  EXPECT_EQ(verdict.iterations, 3u);
  EXPECT_EQ(residuals.size(), 3u);
  EXPECT_GT(verdict.residual, 1e-8 * verdict.initial_residual);
  // x is the iterate that the residual belongs to.
  auto r = b;
  A.vmult(r, x);
  r.sadd(-1., 1., b);
  EXPECT_NEAR(r.l2_norm(), verdict.residual, 1e-12);
}

TEST_F(ConjugateGradients, StartsFromTheGivenVector)
{
  ASSERT_TRUE(solve({}).converged);
  const Verdict verdict = solve({1e-4, 1e-6, 100});
  EXPECT_TRUE(verdict.converged);
  EXPECT_EQ(verdict.iterations, 0u);
}

TEST_F(ConjugateGradients, HasNothingToDoWithoutALoad)
{
  b                     = 0.;
  const Verdict verdict = solve({});
  EXPECT_TRUE(verdict.converged);
  EXPECT_EQ(verdict.iterations, 0u);
  EXPECT_EQ(x.l2_norm(), 0.);
}

TEST_F(ConjugateGradients, GivesUpOnNumbersThatAreNone)
{
  b = std::numeric_limits<double>::quiet_NaN();
  EXPECT_FALSE(solve({}).converged);
  EXPECT_LE(residuals.size(), 1u);
}
