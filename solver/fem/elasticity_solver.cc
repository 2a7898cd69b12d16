// SPDX-License-Identifier: LGPL-2.1-or-later
// Set-up of the multigrid and the linear solve.
#include "solver/fem/elasticity_solver.h"

namespace miniscrew::fem
{
ElasticitySolver::ElasticitySolver(NodeSpace                     &space,
                                   const Geometry                &geometry,
                                   const BodyMaterials           &bodies,
                                   const Prescriber              &prescribe,
                                   const ElasticitySolverOptions &options)
  : space_(&space),
    options_(options)
{
  prescribe(space);
  system_ = std::make_unique<ElasticityOperator<double>>(
    space, geometry, bodies, false);

  // Degrees of the levels: each half the one above, then the assembled Q1.
  // A space of degree 1 is smoothed as well: AMG alone converges slower.
  coarse_space_ = std::make_unique<NodeSpace>(space.triangulation(), 1);
  prescribe(*coarse_space_);
  for (unsigned int degree = space.degree(); degree >= 1; --degree)
  {
    if (degree == 1 && !levels_.empty())
      break;
    Level level;
    if (degree != space.degree())
    {
      level.own_space =
        std::make_unique<NodeSpace>(space.triangulation(), degree);
      prescribe(*level.own_space);
    }
    const NodeSpace &here = level.own_space ? *level.own_space : space;
    level.system =
      std::make_unique<ElasticityOperator<float>>(here, geometry, bodies, true);
    levels_.push_back(std::move(level));
  }
  std::vector<linear::Multigrid::Level> cycle;
  for (std::size_t l = 0; l < levels_.size(); ++l)
  {
    const NodeSpace &here =
      levels_[l].own_space ? *levels_[l].own_space : space;
    const NodeSpace &coarser =
      l + 1 < levels_.size() ? *levels_[l + 1].own_space : *coarse_space_;
    levels_[l].to_coarser = std::make_unique<DegreeTransfer>(here, coarser);
    cycle.push_back({levels_[l].system.get(),
                     levels_[l].to_coarser.get(),
                     options.smoother_degree});
  }
  coarse_ =
    make_coarse_level(*coarse_space_, geometry, bodies, options.petsc_options);
  multigrid_ = std::make_unique<linear::Multigrid>(
    cycle, *coarse_, coarse_space_->make_vector<float>());
}

linear::Verdict
ElasticitySolver::solve(
  linear::Vector<double>                          &displacement,
  const linear::Vector<double>                    &forces,
  const std::function<void(unsigned int, double)> &observer) const
{
  linear::Vector<double> residual(forces), change(forces);
  displacement.update_ghost_values();
  space_->distribute(displacement);
  displacement.zero_out_ghost_values();
  system_->internal_forces(residual, displacement);
  residual.sadd(-1., 1., forces);
  change                        = 0.;
  const linear::Verdict verdict = linear::solve_cg(
    *system_, change, residual, *multigrid_, options_.cg, observer);
  displacement += change;
  displacement.update_ghost_values();
  space_->distribute(displacement);
  return verdict;
}

const ElasticityOperator<double> &
ElasticitySolver::system() const
{
  return *system_;
}

std::string
ElasticitySolver::description() const
{
  std::string text;
  for (const Level &level : levels_)
    text += "Q" +
            std::to_string(level.own_space ? level.own_space->degree()
                                           : space_->degree()) +
            " Chebyshev(" + std::to_string(options_.smoother_degree) + "), ";
  return text + "Q1 algebraic multigrid: " + coarse_->description();
}
} // namespace miniscrew::fem
