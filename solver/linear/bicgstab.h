// SPDX-License-Identifier: LGPL-2.1-or-later
// Stabilised biconjugate gradients with a verdict.
#pragma once

#include "solver/linear/conjugate_gradients.h"

namespace miniscrew::linear
{
/// Solves A x = b from x = 0 for an operator that need not be symmetric nor
/// definite, preconditioned from the right. An iteration applies A and M twice.
/// @p observer, if given, sees each iteration's number and residual.
/// Collective.
Verdict
solve_bicgstab(const Operator<double>                          &A,
               Vector<double>                                  &x,
               const Vector<double>                            &b,
               const Preconditioner<double>                    &M,
               const CgOptions                                 &options,
               const std::function<void(unsigned int, double)> &observer = {});
} // namespace miniscrew::linear
