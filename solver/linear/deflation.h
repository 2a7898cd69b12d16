// SPDX-License-Identifier: LGPL-2.1-or-later
// Preconditioners that know a few soft motions exactly.
#pragma once

#include "solver/linear/operator.h"

#include <Eigen/Dense>

#include <vector>

namespace miniscrew::linear
{
/// From a preconditioner M of A one that solves exactly for a few motions W:
/// with Q = W (W^T A W)^-1 W^T it is Q + (I - Q A) M (I - A Q), which is
/// symmetric, or, if A is not, Q + M (I - A Q), which has the same spectrum
/// (Tang, Nabben, Vuik & Erlangga 2009, J. Sci. Comput. 39:340). M never sees
/// forces that add up to one along a motion. It needs this where A hardly
/// resists the motions, as M works in single precision. A, M and W must
/// outlive it.
class Deflation : public Preconditioner<double>
{
public:
  /// @p motions are linearly independent. Applies A once for each. Collective.
  Deflation(const Operator<double>            &A,
            const Preconditioner<double>      &M,
            const std::vector<Vector<double>> &motions,
            bool                               is_symmetric);

  void vmult(Vector<double> &dst, const Vector<double> &src) const override;

private:
  const Preconditioner<double>                           *M_;
  const std::vector<Vector<double>>                      *motions_;
  std::vector<Vector<double>>                             forces_; ///< A W
  bool                                                    is_symmetric_;
  Eigen::CompleteOrthogonalDecomposition<Eigen::MatrixXd> inner_;
};
} // namespace miniscrew::linear
