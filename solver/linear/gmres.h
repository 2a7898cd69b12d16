// SPDX-License-Identifier: LGPL-2.1-or-later
// Generalised minimal residuals with a verdict.
#pragma once

#include "solver/linear/conjugate_gradients.h"

namespace miniscrew::linear
{
/// Solves A x = b from x = 0 for an operator that need not be symmetric nor
/// definite. The method is the flexible one (Saad 1993, SIAM J. Sci. Comput.
/// 14:461), preconditioned from the right: neither a cycle in single precision
/// nor averages that are known to a tolerance disturb it. An iteration applies
/// A and M once; up to fifty are kept, two vectors each, before it starts anew.
/// @p observer, if given, sees each iteration's number and residual.
/// Collective.
Verdict
solve_gmres(const Operator<double>                          &A,
            Vector<double>                                  &x,
            const Vector<double>                            &b,
            const Preconditioner<double>                    &M,
            const CgOptions                                 &options,
            const std::function<void(unsigned int, double)> &observer = {});
} // namespace miniscrew::linear
