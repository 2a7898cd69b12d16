// SPDX-License-Identifier: LGPL-2.1-or-later
// Springs of low rank in operator and preconditioner.
#include "solver/linear/low_rank.h"

#include "tests/unit/linear/diagonal_operator.h"

#include <gtest/gtest.h>

#include <cmath>

using namespace miniscrew::linear;

namespace
{
constexpr unsigned int n = 40;

double
eigenvalue(const unsigned int i)
{
  return 1. + 0.5 * i;
}

// The exact inverse of the diagonal operator.
class Inverse : public Preconditioner<double>
{
public:
  void
  vmult(Vector<double> &dst, const Vector<double> &src) const override
  {
    dst = src;
    dst.scale(shared_vector<double>(
      n, [](const unsigned int i) { return 1. / eigenvalue(i); }));
  }
};

std::vector<LowRankTerm>
springs()
{
  std::vector<LowRankTerm> terms;
  for (const double stiffness : {1e5, 3.})
    terms.push_back(
      {std::make_shared<Vector<double>>(shared_vector<double>(
         n,
         [=](const unsigned int i) { return std::sin(i * stiffness + 1.); })),
       stiffness});
  return terms;
}
} // namespace

TEST(LowRank, SumAddsTheSprings)
{
  const DiagonalOperator<double> A(shared_vector<double>(n, eigenvalue));
  const auto                     terms = springs();
  const LowRankSum               sum(A, terms);
  const auto                     x =
    shared_vector<double>(n, [](const unsigned int i) { return std::cos(i); });
  Vector<double> y(x), expected(x);
  sum.vmult(y, x);
  A.vmult(expected, x);
  for (const LowRankTerm &term : terms)
    expected.add(term.stiffness * (*term.direction * x), *term.direction);
  y -= expected;
  EXPECT_LT(y.l2_norm(), 1e-12 * expected.l2_norm());
}

TEST(LowRank, PreconditionerOfTheExactInverseIsTheExactInverse)
{
  const DiagonalOperator<double> A(shared_vector<double>(n, eigenvalue));
  const Inverse                  M;
  const auto                     x =
    shared_vector<double>(n, [](const unsigned int i) { return std::cos(i); });
  for (const auto &terms : {springs(), std::vector<LowRankTerm>()})
  {
    Vector<double> y(x), z(x);
    LowRankSum(A, terms).vmult(y, x);
    LowRankPreconditioner(M, terms).vmult(z, y);
    z -= x;
    EXPECT_LT(z.l2_norm(), 1e-10 * x.l2_norm());
  }
}
