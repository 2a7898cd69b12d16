// SPDX-License-Identifier: LGPL-2.1-or-later
// Sums over a few directions.
#include "solver/linear/low_rank.h"

#include "solver/linear/products.h"

namespace miniscrew::linear
{
namespace
{
Eigen::VectorXd
products(const std::vector<LowRankTerm> &terms, const Vector<double> &v)
{
  return linear::products(
    terms, v, [](const LowRankTerm &term) -> const auto & {
      return *term.direction;
    });
}
} // namespace

LowRankSum::LowRankSum(const Operator<double>         &A,
                       const std::vector<LowRankTerm> &terms)
  : A_(&A),
    terms_(&terms)
{}

void
LowRankSum::vmult(Vector<double> &dst, const Vector<double> &src) const
{
  A_->vmult(dst, src);
  if (terms_->empty())
    return;
  const Eigen::VectorXd motions = products(*terms_, src);
  for (std::size_t t = 0; t < terms_->size(); ++t)
    dst.add((*terms_)[t].stiffness * motions[t], *(*terms_)[t].direction);
}

const Vector<double> &
LowRankSum::inverse_diagonal() const
{
  return A_->inverse_diagonal();
}

LowRankPreconditioner::LowRankPreconditioner(
  const Preconditioner<double>   &M,
  const std::vector<LowRankTerm> &terms)
  : M_(&M),
    terms_(&terms)
{
  const std::size_t n = terms.size();
  Eigen::MatrixXd   inner(n, n);
  for (std::size_t t = 0; t < n; ++t)
  {
    responses_.emplace_back(*terms[t].direction);
    M.vmult(responses_[t], *terms[t].direction);
    inner.col(t) = products(terms, responses_[t]);
    inner(t, t) += 1. / terms[t].stiffness;
  }
  if (n > 0)
    inner_.compute(inner);
}

void
LowRankPreconditioner::vmult(Vector<double>       &dst,
                             const Vector<double> &src) const
{
  M_->vmult(dst, src);
  if (terms_->empty())
    return;
  const Eigen::VectorXd shares = inner_.solve(products(*terms_, dst));
  for (std::size_t t = 0; t < terms_->size(); ++t)
    dst.add(-shares[t], responses_[t]);
}
} // namespace miniscrew::linear
