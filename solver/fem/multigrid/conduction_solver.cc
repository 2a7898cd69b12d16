// SPDX-License-Identifier: LGPL-2.1-or-later
// Set-up and solve of conduction.
#include "solver/fem/multigrid/conduction_solver.h"

#include "solver/fem/multigrid/coarse_level.h"

namespace miniscrew::fem
{
namespace
{
bool
has_reaction(const MaterialField &field)
{
  for (unsigned int b = 0; b < mesh::n_bodies; ++b)
    if (field.layout(b) == MaterialLayout::conductivity_and_reaction)
      return true;
  return false;
}
} // namespace

ConductionSolver::ConductionSolver(NodeSpace                 &space,
                                   const Geometry            &geometry,
                                   const ConductionProblem   &problem,
                                   const DegreeSolverOptions &options)
  : space_(&space),
    geometry_(&geometry),
    problem_(problem),
    options_(options)
{
  AssertThrow(!problem.values.empty() || has_reaction(*problem.field),
              dealii::ExcMessage("conduction without a value at any boundary "
                                 "and without a reaction has no unique "
                                 "solution"));
  const auto prescribe = [&problem](NodeSpace &level) {
    level.prescribe([&](const dealii::types::boundary_id id) {
      return problem.values.count(id) > 0 ? 1 : 0;
    });
  };
  prescribe(space);
  system_ = std::make_unique<ConductionOperator<double>>(
    space, geometry, problem.field, false);
  hierarchy_ = std::make_unique<Hierarchy>(
    space, prescribe, 1, options.smoother_degree, [&](const NodeSpace &level) {
      return std::make_unique<ConductionOperator<float>>(
        level, geometry, problem.field, true);
    });
  hierarchy_->set_coarse_solver(
    make_coarse_level<Conduction>(hierarchy_->space(hierarchy_->n_levels()),
                                  geometry,
                                  *problem.field,
                                  options.petsc_options));

  loads_ = space.make_vector<double>(1);
  if (problem.source)
    add_source(geometry, problem.source, loads_);
  for (const auto &[id, inflow] : problem.inflow)
    add_inflow(geometry, id, inflow, loads_);
  loads_.compress(dealii::VectorOperation::add);
}

// (i) boundary values, (ii) what the values at hand leave unbalanced, (iii) the
// change that balances it.
linear::Verdict
ConductionSolver::solve(
  linear::Vector<double>                          &u,
  const std::function<void(unsigned int, double)> &observer) const
{
  u.zero_out_ghost_values();
  set_boundary_values(*geometry_, problem_.values, u);
  u.update_ghost_values();
  space_->distribute(u, 1);
  u.zero_out_ghost_values();

  linear::Vector<double> residual = space_->make_vector<double>(1),
                         change(residual);
  system_->internal_loads(residual, u);
  residual.sadd(-1., 1., loads_);
  const linear::Verdict verdict = linear::solve_cg(
    *system_, change, residual, hierarchy_->cycle(), options_.cg, observer);
  u += change;
  u.update_ghost_values();
  space_->distribute(u, 1);
  return verdict;
}

const ConductionOperator<double> &
ConductionSolver::system() const
{
  return *system_;
}

std::string
ConductionSolver::description() const
{
  return hierarchy_->description();
}
} // namespace miniscrew::fem
