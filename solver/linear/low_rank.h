// SPDX-License-Identifier: LGPL-2.1-or-later
// Operators and preconditioners with stiffness of low rank added.
#pragma once

#include "solver/linear/operator.h"

#include <Eigen/Dense>

#include <memory>
#include <vector>

namespace miniscrew::linear
{
/// Stiffness k w w^T: a spring of stiffness k (N/mm) on the motion w . u.
struct LowRankTerm
{
  std::shared_ptr<const Vector<double>> direction; ///< w; free entries only
  double                                stiffness = 0.; ///< > 0
};

/// A + sum k w w^T. One reduction for all terms. Operator and terms must
/// outlive the sum.
class LowRankSum : public Operator<double>
{
public:
  LowRankSum(const Operator<double> &A, const std::vector<LowRankTerm> &terms);

  void vmult(Vector<double> &dst, const Vector<double> &src) const override;

  /// That of A alone.
  const Vector<double> &inverse_diagonal() const override;

private:
  const Operator<double>         *A_;
  const std::vector<LowRankTerm> *terms_;
};

/// From a preconditioner M of A that of A + sum k w w^T, exactly so (Sherman,
/// Morrison & Woodbury): M^-1 - M^-1 W (K^-1 + W^T M^-1 W)^-1 W^T M^-1. Without
/// it, a motion that only the springs hold would be far too soft to M. M and
/// terms must outlive it, and M must not change meanwhile.
class LowRankPreconditioner : public Preconditioner<double>
{
public:
  /// Applies M once for each term. Collective.
  LowRankPreconditioner(const Preconditioner<double>   &M,
                        const std::vector<LowRankTerm> &terms);

  void vmult(Vector<double> &dst, const Vector<double> &src) const override;

private:
  const Preconditioner<double>        *M_;
  const std::vector<LowRankTerm>      *terms_;
  std::vector<Vector<double>>          responses_; ///< M^-1 w
  Eigen::PartialPivLU<Eigen::MatrixXd> inner_;
};
} // namespace miniscrew::linear
