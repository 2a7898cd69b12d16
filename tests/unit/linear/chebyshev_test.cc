// SPDX-License-Identifier: LGPL-2.1-or-later
// The smoother's error reduction over the whole spectrum.
#include "solver/linear/chebyshev.h"

#include "tests/unit/linear/diagonal_operator.h"

#include <gtest/gtest.h>

#include <cmath>

using namespace miniscrew::linear;

namespace
{
constexpr unsigned int n = 2000;

// Eigenvalues of all sizes up to one.
DiagonalOperator<double>
full_spectrum()
{
  return DiagonalOperator<double>(
    shared_vector<double>(n, [](unsigned int i) { return (i + 1.) / n; }));
}

class Smoother : public ::testing::TestWithParam<unsigned int>
{};
} // namespace

TEST(Chebyshev, KnowsTheLargestEigenvalue)
{
  const auto   A        = full_spectrum();
  const double estimate = Chebyshev<double>(A, 2).largest_eigenvalue();
  EXPECT_GT(estimate, 1.);
  EXPECT_LT(estimate, 1.15);
}

// A solver of A x = 0 that starts from ones shows the error polynomial p. The
// optimised weights give sup lambda p^2 / (1 - p^2), which bounds the V-cycle,
// about 1 / (4 / pi^2 (2 k + 1)^2 - 2 / 3) (Lottes 2023).
TEST_P(Smoother, ReducesTheErrorAsItsDegreePromises)
{
  const auto              A = full_spectrum();
  const Chebyshev<double> smoother(A, GetParam());
  auto       p    = shared_vector<double>(n, [](unsigned int) { return 1.; });
  const auto zero = shared_vector<double>(n, [](unsigned int) { return 0.; });
  smoother.smooth(p, zero);
  double worst = 0.;
  for (const auto i : p.locally_owned_elements())
  {
    const double lambda = (i + 1.) / n / smoother.largest_eigenvalue();
    EXPECT_LT(std::abs(p(i)), 1.);
    worst = std::max(worst, lambda * p(i) * p(i) / (1. - p(i) * p(i)));
  }
  worst           = dealii::Utilities::MPI::max(worst, MPI_COMM_WORLD);
  const double pi = std::acos(-1.), odd = 2. * GetParam() + 1.;
  const double promised = 1. / (4. / (pi * pi) * odd * odd - 2. / 3.);
  EXPECT_LT(worst, 1.02 * promised);
  EXPECT_GT(worst, 0.9 * promised);
}

TEST_P(Smoother, FromZeroIsTheSameAndGivesTheResidual)
{
  const auto              A = full_spectrum();
  const Chebyshev<double> smoother(A, GetParam());
  const auto              b =
    shared_vector<double>(n, [](unsigned int i) { return std::sin(i); });
  auto x = shared_vector<double>(n, [](unsigned int) { return 0.; });
  auto y = b, residual = b, expected = b;
  smoother.smooth(x, b);
  smoother.smooth_from_zero(y, residual, b);
  A.vmult(expected, y);
  expected.sadd(-1., 1., b);
  residual -= expected;
  EXPECT_LT(residual.l2_norm(), 1e-12 * b.l2_norm());
  y -= x;
  EXPECT_LT(y.l2_norm(), 1e-12 * x.l2_norm());
}

INSTANTIATE_TEST_SUITE_P(Degrees,
                         Smoother,
                         ::testing::Values(1u, 2u, 3u, 4u, 5u, 6u));
