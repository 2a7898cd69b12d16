// SPDX-License-Identifier: LGPL-2.1-or-later
// Projections along a few motions.
#include "solver/linear/deflation.h"

#include "solver/linear/products.h"

namespace miniscrew::linear
{
namespace
{
Eigen::VectorXd
products(const std::vector<Vector<double>> &vectors, const Vector<double> &v)
{
  return linear::products(
    vectors, v, [](const auto &w) -> const auto & { return w; });
}

void
subtract(Vector<double>                    &v,
         const Eigen::VectorXd             &shares,
         const std::vector<Vector<double>> &vectors)
{
  for (std::size_t k = 0; k < vectors.size(); ++k)
    v.add(-shares[k], vectors[k]);
}
} // namespace

Deflation::Deflation(const Operator<double>            &A,
                     const Preconditioner<double>      &M,
                     const std::vector<Vector<double>> &motions,
                     const bool                         is_symmetric)
  : M_(&M),
    motions_(&motions),
    is_symmetric_(is_symmetric)
{
  Eigen::MatrixXd inner(motions.size(), motions.size());
  for (std::size_t k = 0; k < motions.size(); ++k)
  {
    forces_.emplace_back(motions[k]);
    A.vmult(forces_[k], motions[k]);
    inner.col(k) = products(motions, forces_[k]);
  }
  if (!motions.empty())
    inner_.compute(inner);
}

void
Deflation::vmult(Vector<double> &dst, const Vector<double> &src) const
{
  if (motions_->empty())
  {
    M_->vmult(dst, src);
    return;
  }
  const Eigen::VectorXd shares = inner_.solve(products(*motions_, src));
  Vector<double>        rest(src);
  subtract(rest, shares, forces_);
  M_->vmult(dst, rest);
  if (is_symmetric_)
    subtract(dst, inner_.solve(products(forces_, dst)), *motions_);
  subtract(dst, -shares, *motions_);
}
} // namespace miniscrew::linear
