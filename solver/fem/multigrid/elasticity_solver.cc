// SPDX-License-Identifier: LGPL-2.1-or-later
// Set-up of the multigrid and the linear solve.
#include "solver/fem/multigrid/elasticity_solver.h"

#include "mesh/refine/reference_mesh.h"

#include "solver/fem/space/body_motions.h"
#include "solver/fem/space/interface_areas.h"
#include "solver/linear/bicgstab.h"
#include "solver/linear/deflation.h"

namespace miniscrew::fem
{
namespace
{
// Stiffness between the pairs of a coarser space: that per area of the fine
// nodes, averaged with the transfer's weights, times the coarse node's area.
// Blocks stay positive semi-definite.
PairCoupling
coarsen(const PairCoupling         &coupling,
        const DegreeTransfer       &transfer,
        const NodeSpace            &fine,
        const std::vector<Vector3> &fine_areas,
        const NodeSpace            &coarse,
        const std::vector<Vector3> &coarse_areas)
{
  // Three values at a time: the diagonal, the rest, and the area.
  PairCoupling          result(coarse.pairs().size());
  linear::Vector<float> from = fine.make_vector<float>(),
                        to   = coarse.make_vector<float>(), area(to);
  const auto restrict_values = [&](linear::Vector<float> &target,
                                   const auto            &value) {
    from = 0.f;
    for (std::size_t k = 0; k < coupling.size(); ++k)
      for (unsigned int i = 0; i < 3; ++i)
        from.local_element(3 * fine.pairs()[k].screw + i) =
          static_cast<float>(value(k, i));
    transfer.restrict_densities(target, from);
  };
  restrict_values(area, [&](const std::size_t k, unsigned int) {
    return norm(fine_areas[k]);
  });
  for (const unsigned int first : {0u, 3u})
  {
    restrict_values(to, [&](const std::size_t k, const unsigned int i) {
      return coupling[k][first + i];
    });
    for (std::size_t k = 0; k < result.size(); ++k)
      for (unsigned int i = 0; i < 3; ++i)
      {
        const unsigned int entry  = 3 * coarse.pairs()[k].screw + i;
        const double       shared = area.local_element(entry);
        result[k][first + i] =
          shared > 0. ? to.local_element(entry) / shared * norm(coarse_areas[k])
                      : 0.;
      }
  }
  return result;
}
} // namespace

ElasticitySolver::ElasticitySolver(NodeSpace                     &space,
                                   const Geometry                &geometry,
                                   const BodyMaterials           &bodies,
                                   const Prescriber              &prescribe,
                                   const ElasticitySolverOptions &options)
  : space_(&space),
    geometry_(&geometry),
    bodies_(bodies),
    options_(options)
{
  prescribe(space);
  system_ = std::make_unique<ElasticityOperator<double>>(
    space, geometry, bodies, false);

  // Degrees of the levels: each half the one above, then the assembled Q1.
  // A space of degree 1 is smoothed as well: AMG alone converges slower.
  coarse_space_ = std::make_unique<NodeSpace>(
    space.triangulation(), 1, space.interface_nodes());
  prescribe(*coarse_space_);
  for (unsigned int degree = space.degree(); degree >= 1; --degree)
  {
    if (degree == 1 && !levels_.empty())
      break;
    Level level;
    if (degree != space.degree())
    {
      level.own_space = std::make_unique<NodeSpace>(
        space.triangulation(), degree, space.interface_nodes());
      prescribe(*level.own_space);
    }
    const NodeSpace &here = level.own_space ? *level.own_space : space;
    level.system =
      std::make_unique<ElasticityOperator<float>>(here, geometry, bodies, true);
    levels_.push_back(std::move(level));
  }
  for (std::size_t l = 0; l < levels_.size(); ++l)
    levels_[l].to_coarser =
      std::make_unique<DegreeTransfer>(space_of(l), space_of(l + 1));
  // Without a coupling separate bodies are not held: that comes later.
  if (space.interface_nodes() == InterfaceNodes::separate)
  {
    motions_ = body_motions(space, geometry, mesh::screw_id);
    return;
  }
  renew_preconditioner();
}

const NodeSpace &
ElasticitySolver::space_of(const std::size_t level) const
{
  if (level == levels_.size())
    return *coarse_space_;
  return levels_[level].own_space ? *levels_[level].own_space : *space_;
}

// The smoothers look at the operators' spectra.
void
ElasticitySolver::make_multigrid()
{
  std::vector<linear::Multigrid::Level> cycle;
  for (const Level &level : levels_)
    cycle.push_back(
      {level.system.get(), level.to_coarser.get(), options_.smoother_degree});
  multigrid_ = std::make_unique<linear::Multigrid>(
    cycle, *coarse_, coarse_space_->make_vector<float>());
}

void
ElasticitySolver::set_coupling(const PairCoupling        &coupling,
                               const SkewCoupling        &skew,
                               const std::vector<double> &springs)
{
  system_->set_coupling(coupling, skew);
  if (areas_.empty())
    for (std::size_t l = 0; l <= levels_.size(); ++l)
      areas_.push_back(pair_areas(space_of(l), *geometry_));
  PairCoupling here = coupling;
  for (std::size_t k = 0; k < springs.size(); ++k)
    for (unsigned int d = 0; d < 3; ++d)
      here[k][d] += springs[k];
  for (std::size_t l = 0; l < levels_.size(); ++l)
  {
    levels_[l].system->set_coupling(here);
    here = coarsen(here,
                   *levels_[l].to_coarser,
                   space_of(l),
                   areas_[l],
                   space_of(l + 1),
                   areas_[l + 1]);
  }
  coarse_coupling_ = std::move(here);
}

void
ElasticitySolver::set_low_rank(const std::vector<linear::LowRankTerm> &terms)
{
  low_rank_ = terms;
}

void
ElasticitySolver::linearise(const linear::Vector<double> &displacement,
                            PointLaw                     &law)
{
  system_->linearise(displacement, law);
}

void
ElasticitySolver::renew_preconditioner(const TangentField *tangents)
{
  if (tangents != nullptr)
    for (Level &level : levels_)
      level.system->set_tangents(*tangents);
  coarse_ = make_coarse_level(*coarse_space_,
                              *geometry_,
                              bodies_,
                              options_.petsc_options,
                              coarse_coupling_,
                              tangents);
  make_multigrid();
}

linear::Verdict
ElasticitySolver::solve_increment(
  linear::Vector<double>                          &x,
  const linear::Vector<double>                    &b,
  const linear::CgOptions                         &options,
  const bool                                       may_be_indefinite,
  const std::function<void(unsigned int, double)> &observer) const
{
  const linear::LowRankSum            A(*system_, low_rank_);
  const linear::LowRankPreconditioner sum(*multigrid_, low_rank_);
  const linear::Deflation             M(A, sum, motions_, !may_be_indefinite);
  if (may_be_indefinite)
    return linear::solve_bicgstab(A, x, b, M, options, observer);
  x = 0.;
  return linear::solve_cg(A, x, b, M, options, observer);
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
  const linear::Verdict verdict =
    solve_increment(change, residual, options_.cg, false, observer);
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
  return text + "Q1 algebraic multigrid: " +
         (coarse_ ? coarse_->description() : "not needed yet");
}
} // namespace miniscrew::fem
