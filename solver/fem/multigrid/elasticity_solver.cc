// SPDX-License-Identifier: LGPL-2.1-or-later
// Set-up of the multigrid and the linear solve.
#include "solver/fem/multigrid/elasticity_solver.h"

#include "mesh/refine/reference_mesh.h"

#include "solver/fem/space/body_motions.h"
#include "solver/fem/space/interface_areas.h"
#include "solver/linear/deflation.h"
#include "solver/linear/gmres.h"

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

ElasticitySolver::ElasticitySolver(NodeSpace                 &space,
                                   const Geometry            &geometry,
                                   const Stiffness           &stiffness,
                                   const Prescriber          &prescribe,
                                   const DegreeSolverOptions &options)
  : space_(&space),
    geometry_(&geometry),
    stiffness_(stiffness),
    options_(options)
{
  prescribe(space);
  system_ = std::make_unique<ElasticityOperator<double>>(
    space, geometry, stiffness, false);
  hierarchy_ = std::make_unique<Hierarchy>(
    space, prescribe, 3, options.smoother_degree, [&](const NodeSpace &level) {
      return std::make_unique<ElasticityOperator<float>>(
        level, geometry, stiffness, true);
    });
  // Without a coupling separate bodies are not held: that comes later.
  if (space.interface_nodes() == InterfaceNodes::separate)
  {
    motions_ = body_motions(space, geometry, mesh::screw_id);
    return;
  }
  renew_preconditioner();
}

ElasticitySolver::ElasticitySolver(NodeSpace                 &space,
                                   const Geometry            &geometry,
                                   const BodyMaterials       &bodies,
                                   const Prescriber          &prescribe,
                                   const DegreeSolverOptions &options)
  : ElasticitySolver(space,
                     geometry,
                     std::make_shared<StiffnessField>(bodies),
                     prescribe,
                     options)
{}

void
ElasticitySolver::set_coupling(const PairCoupling        &coupling,
                               const SkewCoupling        &skew,
                               const std::vector<double> &springs)
{
  system_->set_coupling(coupling, skew);
  if (areas_.empty())
    for (std::size_t l = 0; l <= hierarchy_->n_levels(); ++l)
      areas_.push_back(pair_areas(hierarchy_->space(l), *geometry_));
  PairCoupling here = coupling;
  for (std::size_t k = 0; k < springs.size(); ++k)
    for (unsigned int d = 0; d < 3; ++d)
      here[k][d] += springs[k];
  for (std::size_t l = 0; l < hierarchy_->n_levels(); ++l)
  {
    hierarchy_->system(l).set_coupling(here);
    here = coarsen(here,
                   hierarchy_->to_coarser(l),
                   hierarchy_->space(l),
                   areas_[l],
                   hierarchy_->space(l + 1),
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
ElasticitySolver::set_term(std::unique_ptr<const linear::Term> term)
{
  term_ = std::move(term);
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
    for (std::size_t l = 0; l < hierarchy_->n_levels(); ++l)
      hierarchy_->system(l).set_tangents(*tangents);
  hierarchy_->set_coarse_solver(
    make_coarse_level<Elasticity>(hierarchy_->space(hierarchy_->n_levels()),
                                  *geometry_,
                                  *stiffness_,
                                  options_.petsc_options,
                                  coarse_coupling_,
                                  tangents));
}

linear::Verdict
ElasticitySolver::solve_increment(
  linear::Vector<double>                          &x,
  const linear::Vector<double>                    &b,
  const linear::CgOptions                         &options,
  const bool                                       may_be_indefinite,
  const std::function<void(unsigned int, double)> &observer) const
{
  const linear::WithTerm              with_term(*system_, term_.get());
  const linear::LowRankSum            A(with_term, low_rank_);
  const linear::LowRankPreconditioner sum(hierarchy_->cycle(), low_rank_);
  const linear::Deflation             M(A, sum, motions_, !may_be_indefinite);
  if (may_be_indefinite)
    return linear::solve_gmres(A, x, b, M, options, observer);
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
  return hierarchy_->description();
}
} // namespace miniscrew::fem
