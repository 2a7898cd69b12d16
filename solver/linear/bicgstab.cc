// SPDX-License-Identifier: LGPL-2.1-or-later
// Calls deal.II's BiCGStab.
#include "solver/linear/bicgstab.h"

#include <deal.II/lac/solver_bicgstab.h>

#include <algorithm>
#include <cmath>

namespace miniscrew::linear
{
Verdict
solve_bicgstab(const Operator<double>                          &A,
               Vector<double>                                  &x,
               const Vector<double>                            &b,
               const Preconditioner<double>                    &M,
               const CgOptions                                 &options,
               const std::function<void(unsigned int, double)> &observer)
{
  Verdict verdict;
  x                        = 0.;
  verdict.initial_residual = verdict.residual = b.l2_norm();
  // An infinite residual would be below its own share.
  if (!std::isfinite(verdict.initial_residual))
    return verdict;
  const double aim =
    std::max(options.absolute_tolerance,
             options.relative_tolerance * verdict.initial_residual);
  if (verdict.residual <= aim)
  {
    verdict.converged = true;
    return verdict;
  }
  dealii::SolverControl control(options.max_iterations, aim, false, false);
  // The residual that is recurred is enough, as for conjugate gradients.
  using Solver = dealii::SolverBicgstab<Vector<double>>;
  Solver solver(control, Solver::AdditionalData(false));
  solver.connect(
    [&](const unsigned int n, const double residual, const auto &) {
      if (observer && n > 0)
        observer(n, residual);
      return dealii::SolverControl::success;
    });
  try
  {
    solver.solve(A, x, b, M);
    verdict.converged = std::isfinite(control.last_value());
  }
  catch (const dealii::SolverControl::NoConvergence &)
  {}
  verdict.iterations = control.last_step();
  verdict.residual   = control.last_value();
  return verdict;
}
} // namespace miniscrew::linear
