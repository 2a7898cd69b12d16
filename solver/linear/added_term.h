// SPDX-License-Identifier: LGPL-2.1-or-later
// Operators with a term added that they do not know.
#pragma once

#include "solver/linear/operator.h"

namespace miniscrew::linear
{
/// A linear term of a system, which need not be symmetric.
class Term
{
public:
  virtual ~Term() = default;

  /// dst += B src. Collective.
  virtual void add_product(Vector<double>       &dst,
                           const Vector<double> &src) const = 0;
};

/// A + B. Operator and term must outlive the sum; without a term it is A.
class WithTerm : public Operator<double>
{
public:
  WithTerm(const Operator<double> &A, const Term *B)
    : A_(&A),
      B_(B)
  {}

  void
  vmult(Vector<double> &dst, const Vector<double> &src) const override
  {
    A_->vmult(dst, src);
    if (B_ != nullptr)
      B_->add_product(dst, src);
  }

  /// That of A alone.
  const Vector<double> &
  inverse_diagonal() const override
  {
    return A_->inverse_diagonal();
  }

private:
  const Operator<double> *A_;
  const Term             *B_;
};
} // namespace miniscrew::linear
