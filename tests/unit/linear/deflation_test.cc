// SPDX-License-Identifier: LGPL-2.1-or-later
// Motions that a preconditioner knows exactly.
#include "solver/linear/deflation.h"

#include "solver/linear/conjugate_gradients.h"
#include "solver/linear/gmres.h"

#include "tests/unit/linear/diagonal_operator.h"

#include <gtest/gtest.h>

#include <cmath>

using namespace miniscrew::linear;

namespace
{
constexpr unsigned int n = 60;

// Three motions that hardly anything resists.
double
eigenvalue(const unsigned int i)
{
  return i < 3 ? 1e-9 : 1. + 0.1 * i;
}

// An inverse that is wrong by many orders, and of any sign, for soft motions,
// as is one in single precision; the others it finds within a third.
class RoughInverse : public Preconditioner<double>
{
public:
  void
  vmult(Vector<double> &dst, const Vector<double> &src) const override
  {
    dst = src;
    dst.scale(shared_vector<double>(n, [](const unsigned int i) {
      return i < 3 ? (i - 1.) * 1e6
                   : (1. + std::sin(double(i)) / 3.) / eigenvalue(i);
    }));
  }
};

// The soft motions, mixed with each other.
std::vector<Vector<double>>
soft_motions()
{
  std::vector<Vector<double>> result;
  for (unsigned int k = 0; k < 3; ++k)
    result.push_back(shared_vector<double>(n, [=](const unsigned int i) {
      return i < 3 ? (i == k ? 1. : 0.3 * k) : 0.;
    }));
  return result;
}

Vector<double>
some_load()
{
  return shared_vector<double>(n, [](const unsigned int i) {
    return std::cos(7. * i) * (i < 3 ? 1e-9 : 1.);
  });
}

double
error_of(const Vector<double> &x)
{
  Vector<double> exact = some_load();
  exact.scale(shared_vector<double>(
    n, [](const unsigned int i) { return 1. / eigenvalue(i); }));
  exact -= x;
  return exact.linfty_norm();
}
} // namespace

TEST(Deflation, SolvesExactlyForItsMotions)
{
  const DiagonalOperator<double> A(shared_vector<double>(n, eigenvalue));
  const RoughInverse             M;
  const auto                     motions = soft_motions();
  for (const bool is_symmetric : {true, false})
  {
    const Deflation deflated(A, M, motions, is_symmetric);
    for (const Vector<double> &w : motions)
    {
      Vector<double> force(w), found(w);
      A.vmult(force, w);
      deflated.vmult(found, force);
      found -= w;
      EXPECT_LT(found.linfty_norm(), 1e-9);
    }
  }
}

TEST(Deflation, IsSymmetricIfAskedFor)
{
  const DiagonalOperator<double> A(shared_vector<double>(n, eigenvalue));
  const RoughInverse             M;
  const auto                     motions = soft_motions();
  const Deflation                deflated(A, M, motions, true);
  const auto                     x = some_load();
  const auto                     y = shared_vector<double>(
    n, [](const unsigned int i) { return std::sin(3. * i) + 0.2; });
  Vector<double> Mx(x), My(y);
  deflated.vmult(Mx, x);
  deflated.vmult(My, y);
  EXPECT_NEAR(Mx * y, My * x, 1e-9 * std::abs(Mx * y));
}

// Without it the iterations go astray.
TEST(Deflation, LetsIterationsFindWhatIsHardlyHeld)
{
  const DiagonalOperator<double> A(shared_vector<double>(n, eigenvalue));
  const RoughInverse             M;
  const auto                     motions = soft_motions();
  const auto                     b       = some_load();
  CgOptions                      options;
  options.relative_tolerance = 1e-12;
  options.max_iterations     = 40;
  Vector<double> x(b);
  x = 0.;
  solve_cg(A, x, b, M, options);
  EXPECT_GT(error_of(x), 1e-3);

  x = 0.;
  EXPECT_TRUE(
    solve_cg(A, x, b, Deflation(A, M, motions, true), options).converged);
  EXPECT_LT(error_of(x), 1e-6);
  EXPECT_TRUE(
    solve_gmres(A, x, b, Deflation(A, M, motions, false), options).converged);
  EXPECT_LT(error_of(x), 1e-6);
}

TEST(Deflation, WithoutMotionsIsThePreconditioner)
{
  const DiagonalOperator<double>    A(shared_vector<double>(n, eigenvalue));
  const RoughInverse                M;
  const std::vector<Vector<double>> none;
  const auto                        x = some_load();
  Vector<double>                    y(x), z(x);
  M.vmult(y, x);
  Deflation(A, M, none, true).vmult(z, x);
  z -= y;
  EXPECT_EQ(z.linfty_norm(), 0.);
}
