// SPDX-License-Identifier: LGPL-2.1-or-later
// What solvers ask of operators, preconditioners and transfers.
#pragma once

#include <deal.II/lac/la_parallel_vector.h>

namespace miniscrew::linear
{
template <typename Number>
using Vector = dealii::LinearAlgebra::distributed::Vector<Number>;

/// A symmetric positive definite operator on the free unknowns; constrained
/// entries of all vectors are zero. All functions are collective.
template <typename Number>
class Operator
{
public:
  virtual ~Operator() = default;

  /// dst = A src
  virtual void vmult(Vector<Number> &dst, const Vector<Number> &src) const = 0;

  /// Inverse of the diagonal; zero at constrained entries.
  virtual const Vector<Number> &inverse_diagonal() const = 0;
};

/// An approximate inverse, fixed and symmetric. Collective.
template <typename Number>
class Preconditioner
{
public:
  virtual ~Preconditioner() = default;

  /// dst = M^-1 src
  virtual void vmult(Vector<Number> &dst, const Vector<Number> &src) const = 0;
};

/// Between the vectors of a finer and a coarser space. Collective.
template <typename Number>
class Transfer
{
public:
  virtual ~Transfer() = default;

  /// fine += P coarse
  virtual void prolongate_and_add(Vector<Number>       &fine,
                                  const Vector<Number> &coarse) const = 0;

  /// coarse = P^T fine
  virtual void restrict_to(Vector<Number>       &coarse,
                           const Vector<Number> &fine) const = 0;
};
} // namespace miniscrew::linear
