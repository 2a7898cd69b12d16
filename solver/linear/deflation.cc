// SPDX-License-Identifier: LGPL-2.1-or-later
// Projections along a few motions.
#include "solver/linear/deflation.h"

namespace miniscrew::linear
{
namespace
{
// Products of all vectors with one. One reduction. Collective.
Eigen::VectorXd
products(const std::vector<Vector<double>> &vectors, const Vector<double> &v)
{
  Eigen::VectorXd sums = Eigen::VectorXd::Zero(vectors.size());
  for (std::size_t k = 0; k < vectors.size(); ++k)
    for (unsigned int i = 0; i < v.locally_owned_size(); ++i)
      sums[k] += vectors[k].local_element(i) * v.local_element(i);
  MPI_Allreduce(MPI_IN_PLACE,
                sums.data(),
                static_cast<int>(sums.size()),
                MPI_DOUBLE,
                MPI_SUM,
                v.get_mpi_communicator());
  return sums;
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
