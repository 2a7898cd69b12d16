// SPDX-License-Identifier: LGPL-2.1-or-later
// Preconditioned conjugate gradients with a verdict.
#pragma once

#include "solver/linear/operator.h"

#include <functional>

namespace miniscrew::linear
{
/// How a linear solve ended. What is not finite has not converged.
struct Verdict
{
  bool         converged        = false;
  unsigned int iterations       = 0;
  double       initial_residual = 0.; ///< Euclidean norm of b - A x_0
  double       residual         = 0.; ///< norm of the recursive residual
};

struct CgOptions
{
  double       relative_tolerance = 1e-8; ///< of the initial residual
  double       absolute_tolerance = 1e-300;
  unsigned int max_iterations     = 200;
};

/// Solves A x = b from the given x. The flexible (Polak-Ribiere) direction
/// update tolerates a preconditioner in single precision, whose rounding makes
/// it slightly nonsymmetric (Golub & Ye 1999, SIAM J. Sci. Comput. 21:1305).
/// @p observer, if given, sees each iteration's number and residual.
/// Collective.
Verdict
solve_cg(const Operator<double>                          &A,
         Vector<double>                                  &x,
         const Vector<double>                            &b,
         const Preconditioner<double>                    &M,
         const CgOptions                                 &options,
         const std::function<void(unsigned int, double)> &observer = {});
} // namespace miniscrew::linear
