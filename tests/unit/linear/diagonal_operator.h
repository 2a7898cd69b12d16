// SPDX-License-Identifier: LGPL-2.1-or-later
// Operators whose spectrum is known, to test solvers on.
#pragma once

#include "solver/linear/operator.h"

#include <deal.II/base/mpi.h>

#include <functional>

namespace miniscrew::linear
{
/// A vector of @p n entries, shared among all ranks. Collective.
template <typename Number>
Vector<Number>
shared_vector(const unsigned int                         n,
              const std::function<double(unsigned int)> &value)
{
  const auto sets =
    dealii::Utilities::MPI::create_evenly_distributed_partitioning(
      MPI_COMM_WORLD, n);
  Vector<Number> v(sets, MPI_COMM_WORLD);
  for (const auto i : sets)
    v(i) = static_cast<Number>(value(i));
  return v;
}

/// Scales the entries of a vector; its stated diagonal is one, so its
/// eigenvalues are also those of the scaled operator.
template <typename Number>
class DiagonalOperator : public Operator<Number>
{
public:
  explicit DiagonalOperator(const Vector<Number> &eigenvalues)
    : eigenvalues_(eigenvalues),
      ones_(eigenvalues)
  {
    ones_ = Number(1);
  }

  void
  vmult(Vector<Number> &dst, const Vector<Number> &src) const override
  {
    dst = src;
    dst.scale(eigenvalues_);
  }

  const Vector<Number> &
  inverse_diagonal() const override
  {
    return ones_;
  }

private:
  Vector<Number> eigenvalues_, ones_;
};

/// No preconditioner.
class Identity : public Preconditioner<double>
{
public:
  void
  vmult(Vector<double> &dst, const Vector<double> &src) const override
  {
    dst = src;
  }
};
} // namespace miniscrew::linear
