// SPDX-License-Identifier: LGPL-2.1-or-later
// One linear solution.
#include "solver/stages/bonded_solve.h"

#include "solver/base/errors.h"
#include "solver/base/stopwatch.h"
#include "solver/fem/multigrid/elasticity_solver.h"
#include "solver/model/problem.h"

#include <cmath>

namespace miniscrew::stages
{
namespace
{
linear::Verdict
solve(const fem::ElasticitySolver  &solver,
      linear::Vector<double>       &displacement,
      const linear::Vector<double> &forces,
      const SolverOptions          &options,
      Log                          &log)
{
  const linear::Verdict verdict = solver.solve(
    displacement, forces, [&](const unsigned int n, const double residual) {
      log.progress(
        format("  service: CG iteration %u, residual %.2e", n, residual));
    });
  if (!std::isfinite(verdict.residual))
    throw ConvergenceError(
      format("service: conjugate gradients met a residual that is not finite "
             "after %u iterations; forces and stiffnesses must stay within "
             "what numbers of the computer can hold (load.force_N, "
             "load.moment_N_mm, young_modulus_MPa)",
             verdict.iterations));
  if (!verdict.converged)
    throw ConvergenceError(format(
      "service: conjugate gradients stopped after %u iterations at a residual "
      "of %.2e of the initial one (solver.relative_tolerance is %.1e, "
      "solver.max_iterations %u)",
      verdict.iterations,
      verdict.residual / verdict.initial_residual,
      options.relative_tolerance,
      options.max_iterations));
  return verdict;
}

} // namespace

model::Wrench
solve_bonded(StageContext          &context,
             const OrthodonticLoad &load,
             StageResult           &result)
{
  model::Model               &model = context.model;
  const Case                 &input = context.input;
  const Stopwatch             set_up;
  const fem::ElasticitySolver solver(model.space(),
                                     model.geometry(),
                                     model.bodies(),
                                     model::prescriber(input),
                                     model::solver_options(input));
  result.preconditioner = solver.description();
  result.setup_seconds  = set_up.seconds();
  context.log.line(format("  set-up %.1f s: %s",
                          result.setup_seconds,
                          result.preconditioner.c_str()));
  linear::Vector<double> forces = model.space().make_vector<double>();
  linear::Vector<double> displacement(forces);
  load_patch(model, load).add_load(forces, load.wrench);

  const Stopwatch       solution;
  const linear::Verdict verdict =
    solve(solver, displacement, forces, input.solver, context.log);
  result.solve_seconds = solution.seconds();
  result.effort        = {0,
                          verdict.iterations,
                   verdict.initial_residual > 0.
                            ? verdict.residual / verdict.initial_residual
                            : 0.};
  context.log.line(
    format("  solved %llu DoF in %u CG iterations, %.1f s",
           static_cast<unsigned long long>(model.space().n_dofs()),
           verdict.iterations,
           result.solve_seconds));
  const model::Wrench reactions =
    sum_of_reactions(model, solver.system(), displacement);
  displacement.update_ghost_values();
  model.space().distribute(displacement);
  result.end.displacement = displacement;
  return reactions;
}
} // namespace miniscrew::stages
