// SPDX-License-Identifier: LGPL-2.1-or-later
// Calls deal.II's flexible GMRES.
#include "solver/linear/gmres.h"

#include "solver/linear/norm.h"

#include <deal.II/lac/solver_gmres.h>

#include <algorithm>
#include <cmath>

namespace miniscrew::linear
{
namespace
{
// Iterations, each with two vectors, before the method starts anew.
constexpr unsigned int most_kept = 150;
} // namespace

Verdict
solve_gmres(const Operator<double>                          &A,
            Vector<double>                                  &x,
            const Vector<double>                            &b,
            const Preconditioner<double>                    &M,
            const CgOptions                                 &options,
            const std::function<void(unsigned int, double)> &observer)
{
  Verdict verdict;
  x                        = 0.;
  verdict.initial_residual = verdict.residual = norm_of(b);
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
  using Solver = dealii::SolverFGMRES<Vector<double>>;
  Solver solver(control, Solver::AdditionalData(most_kept));
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
