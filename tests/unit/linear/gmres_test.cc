// SPDX-License-Identifier: LGPL-2.1-or-later
// Generalised minimal residuals: solutions, costs and verdicts.
#include "solver/linear/gmres.h"

#include "tests/unit/linear/diagonal_operator.h"

#include <gtest/gtest.h>

#include <cmath>

using namespace miniscrew::linear;

namespace
{
constexpr unsigned int n = 400;

// Scales, and turns pairs of neighbours towards each other: its symmetric part
// is that of the scaling, its skew part as great as @p skew.
class Turning : public DiagonalOperator<double>
{
public:
  Turning(const std::function<double(unsigned int)> &scale, const double skew)
    : DiagonalOperator<double>(shared_vector<double>(n, scale)),
      skew_(skew)
  {}

  void
  vmult(Vector<double> &dst, const Vector<double> &src) const override
  {
    ++n_products;
    DiagonalOperator<double>::vmult(dst, src);
    for (unsigned int i = 0; i + 1 < src.locally_owned_size(); i += 2)
    {
      dst.local_element(i) += skew_ * src.local_element(i + 1);
      dst.local_element(i + 1) -= skew_ * src.local_element(i);
    }
  }

  mutable unsigned int n_products = 0;

private:
  double skew_;
};

double
residual(const Turning &A, const Vector<double> &x, const Vector<double> &b)
{
  Vector<double> r(b);
  A.vmult(r, x);
  r.sadd(-1., 1., b);
  return r.l2_norm();
}

const auto load = [] {
  return shared_vector<double>(n, [](unsigned int i) { return std::cos(i); });
};
} // namespace

TEST(Gmres, SolvesWhatIsNotSymmetric)
{
  const Turning        A([](unsigned int i) { return 1. + 0.1 * (i % 7); }, 3.);
  const Vector<double> b = load();
  Vector<double>       x(b);
  CgOptions            options;
  options.relative_tolerance = 1e-10;
  std::vector<double> seen;
  const Verdict       verdict =
    solve_gmres(A, x, b, Identity(), options, [&](unsigned int, double r) {
      seen.push_back(r);
    });
  ASSERT_TRUE(verdict.converged);
  EXPECT_EQ(seen.size(), verdict.iterations);
  EXPECT_LE(verdict.residual, 1e-10 * b.l2_norm());
  EXPECT_NEAR(residual(A, x, b), verdict.residual, 1e-11 * b.l2_norm());
}

TEST(Gmres, AppliesTheOperatorOnceAnIteration)
{
  const Turning        A([](unsigned int i) { return 1. + 0.1 * (i % 7); }, 3.);
  const Vector<double> b = load();
  Vector<double>       x(b);
  const Verdict        verdict = solve_gmres(A, x, b, Identity(), {});
  ASSERT_TRUE(verdict.converged);
  // Besides, for the residuals that it starts from and ends with.
  EXPECT_LE(A.n_products, verdict.iterations + 2);
}

TEST(Gmres, GoesOnBeyondWhatItKeeps)
{
  const Turning        A([](unsigned int i) { return 1. + i; }, 0.5);
  const Vector<double> b = load();
  Vector<double>       x(b);
  CgOptions            options;
  options.max_iterations = 2000;
  const Verdict verdict  = solve_gmres(A, x, b, Identity(), options);
  ASSERT_TRUE(verdict.converged);
  EXPECT_GT(verdict.iterations, 50u);
  EXPECT_NEAR(residual(A, x, b), verdict.residual, 1e-10 * b.l2_norm());
}

TEST(Gmres, SaysWhenItRanOutOfIterations)
{
  const Turning        A([](unsigned int i) { return 1. + i; }, 0.5);
  const Vector<double> b = load();
  Vector<double>       x(b);
  CgOptions            options;
  options.max_iterations = 5;
  const Verdict verdict  = solve_gmres(A, x, b, Identity(), options);
  EXPECT_FALSE(verdict.converged);
  EXPECT_EQ(verdict.iterations, 5u);
  EXPECT_NEAR(residual(A, x, b), verdict.residual, 1e-10 * b.l2_norm());
}

TEST(Gmres, HasNothingToDoWithoutALoad)
{
  const Turning  A([](unsigned int) { return 1.; }, 1.);
  Vector<double> b = load(), x(b);
  b                = 0.;
  EXPECT_TRUE(solve_gmres(A, x, b, Identity(), {}).converged);
  EXPECT_EQ(x.l2_norm(), 0.);
}
