// SPDX-License-Identifier: LGPL-2.1-or-later
// Chebyshev smoother of the fourth kind.
#pragma once

#include "solver/linear/operator.h"

namespace miniscrew::linear
{
/// Polynomial smoother of the fourth kind with optimised weights: needs only
/// an upper bound of the spectrum of D^-1 A and damps all of its upper part
/// (Lottes 2023, Numer. Linear Algebra Appl. 30:e2518; Phillips & Fischer
/// 2022, arXiv:2210.03179).
template <typename Number>
class Chebyshev
{
public:
  /// Number of polynomial terms, 1 to 6; each costs one operator application.
  /// Estimates the largest eigenvalue by power iteration. Collective.
  Chebyshev(const Operator<Number> &A, unsigned int degree);

  /// Starts from x = 0 and also gives the residual b - A x. Collective.
  void smooth_from_zero(Vector<Number>       &x,
                        Vector<Number>       &residual,
                        const Vector<Number> &b) const;

  /// Improves @p x. Collective.
  void smooth(Vector<Number> &x, const Vector<Number> &b) const;

  double largest_eigenvalue() const;

private:
  // One polynomial; residual holds b - A x at entry and is used up.
  void iterate(Vector<Number> &x, Vector<Number> &residual) const;

  const Operator<Number> &A_;
  unsigned int            degree_;
  double                  largest_eigenvalue_;
  mutable Vector<Number>  direction_, product_;
};
} // namespace miniscrew::linear
