// SPDX-License-Identifier: LGPL-2.1-or-later
// Evaluation of the laws of inelastic bodies, cell by cell.
#include "solver/fem/material_points.h"

#include <deal.II/base/mpi.h>

#include <algorithm>

namespace miniscrew::fem
{
using materials::InelasticState;
using materials::QuadricLaw;

namespace
{
// Growth of kappa that does not count.
constexpr double rounding = 1e-12;
} // namespace

MaterialPoints::MaterialPoints(const NodeSpace     &space,
                               const BodyMaterials &bodies)
  : space_(&space),
    n_q_(space.n_nodes_per_cell()),
    block_(space.cells().size(), none)
{
  for (unsigned int b = 0; b < mesh::n_bodies; ++b)
    if (bodies[b].is_inelastic())
    {
      laws_[b].emplace(bodies[b]);
      stiffness_[b] = bodies[b].stiffness();
      softens_      = softens_ || bodies[b].plasticity.saturation_ratio < 1. ||
                 bodies[b].plasticity.damage_limit > 0.;
    }
  std::uint32_t n_blocks = 0;
  for (std::size_t c = 0; c < block_.size(); ++c)
    if (laws_[space.cells()[c]->material_id()])
      block_[c] = n_blocks++;
  accepted_.resize(std::size_t(n_blocks) * n_q_);
  current_ = accepted_;
}

const QuadricLaw &
MaterialPoints::law(const std::size_t cell) const
{
  return *laws_[space_->cells()[cell]->material_id()];
}

std::size_t
MaterialPoints::first_point(const std::size_t cell) const
{
  return std::size_t(block_[cell]) * n_q_;
}

void
MaterialPoints::stresses(const std::size_t               cell,
                         const std::vector<VoigtVector> &strains,
                         std::vector<VoigtVector>       &stresses)
{
  const QuadricLaw &here  = law(cell);
  const std::size_t first = first_point(cell);
  for (unsigned int q = 0; q < n_q_; ++q)
  {
    const QuadricLaw::Response response =
      here.respond(strains[q], accepted_[first + q], time_step_);
    n_inadmissible_ += !response.is_admissible;
    stresses[q]         = response.stress;
    current_[first + q] = response.state;
  }
}

bool
MaterialPoints::tangents(const std::size_t               cell,
                         const std::vector<VoigtVector> &strains,
                         std::vector<VoigtMatrix>       &tangents)
{
  const QuadricLaw &here       = law(cell);
  const std::size_t first      = first_point(cell);
  const auto        is_elastic = [&](const std::size_t point) {
    return current_[point].kappa == accepted_[point].kappa &&
           here.damage(current_[point].kappa) == 0.;
  };
  bool changed = false;
  for (unsigned int q = 0; q < n_q_; ++q)
    changed = changed || !is_elastic(first + q);
  if (!changed)
    return false;
  std::vector<VoigtMatrix> positive;
  for (unsigned int q = 0; q < n_q_; ++q)
  {
    const InelasticState &old      = accepted_[first + q];
    QuadricLaw::Response  response = here.respond(strains[q], old, time_step_);
    response.is_plastic =
      response.is_plastic &&
      response.state.kappa - old.kappa > rounding * (1. + old.kappa);
    tangents[q] = here.tangent(strains[q], old, response, time_step_);
    if (collected_ != nullptr)
      positive.push_back(
        here.positive_tangent(strains[q], old, response, time_step_));
  }
  if (collected_ != nullptr)
    collected_->add(cell, positive);
  return true;
}

bool
MaterialPoints::has_symmetric_tangents() const
{
  return std::all_of(laws_.begin(), laws_.end(), [](const auto &law) {
    return !law || law->has_symmetric_tangent();
  });
}

bool
MaterialPoints::may_be_indefinite() const
{
  return softens_;
}

void
MaterialPoints::set_time_step(const double seconds)
{
  time_step_ = seconds;
}

void
MaterialPoints::collect_tangents(TangentField *field)
{
  collected_ = field;
}

void
MaterialPoints::begin_evaluation()
{
  n_inadmissible_ = 0;
}

bool
MaterialPoints::is_admissible() const
{
  return dealii::Utilities::MPI::max(static_cast<int>(n_inadmissible_ > 0),
                                     space_->communicator()) == 0;
}

void
MaterialPoints::accept()
{
  accepted_ = current_;
}

const std::vector<materials::InelasticState> &
MaterialPoints::states() const
{
  return accepted_;
}

void
MaterialPoints::set_states(const std::vector<materials::InelasticState> &states)
{
  AssertThrow(states.size() == accepted_.size(), dealii::ExcInternalError());
  accepted_ = current_ = states;
}

unsigned int
MaterialPoints::n_points_per_cell() const
{
  return n_q_;
}

double
MaterialPoints::yielding_share() const
{
  std::array<double, 2> counts{{0., static_cast<double>(current_.size())}};
  for (std::size_t p = 0; p < current_.size(); ++p)
    counts[0] += current_[p].kappa - accepted_[p].kappa >
                 rounding * (1. + accepted_[p].kappa);
  MPI_Allreduce(MPI_IN_PLACE,
                counts.data(),
                2,
                MPI_DOUBLE,
                MPI_SUM,
                space_->communicator());
  return counts[0] / std::max(1., counts[1]);
}

bool
MaterialPoints::has_law(const dealii::types::material_id body) const
{
  return laws_[body].has_value();
}

bool
MaterialPoints::contains(const std::size_t cell) const
{
  return block_[cell] != none;
}

const InelasticState &
MaterialPoints::state(const std::size_t cell, const unsigned int q) const
{
  return accepted_[first_point(cell) + q];
}

VoigtVector
MaterialPoints::stress(const std::size_t  cell,
                       const unsigned int q,
                       const VoigtVector &strain) const
{
  const VoigtMatrix &C       = stiffness_[space_->cells()[cell]->material_id()];
  const VoigtVector &plastic = state(cell, q).plastic_strain;
  const double       rest    = 1. - damage(cell, q);
  VoigtVector        result{};
  for (unsigned int i = 0; i < 6; ++i)
    for (unsigned int j = 0; j < 6; ++j)
      result[i] += rest * C[6 * i + j] * (strain[j] - plastic[j]);
  return result;
}

double
MaterialPoints::damage(const std::size_t cell, const unsigned int q) const
{
  return law(cell).damage(state(cell, q).kappa);
}

double
MaterialPoints::elastic_energy(const std::size_t  cell,
                               const unsigned int q,
                               const VoigtVector &strain) const
{
  return law(cell).elastic_energy(strain, state(cell, q));
}

std::size_t
MaterialPoints::memory_consumption() const
{
  return block_.size() * sizeof(std::uint32_t) +
         (accepted_.size() + current_.size()) * sizeof(InelasticState);
}

AcceptedStresses::AcceptedStresses(const MaterialPoints &points)
  : points_(&points)
{}

void
AcceptedStresses::stresses(const std::size_t               cell,
                           const std::vector<VoigtVector> &strains,
                           std::vector<VoigtVector>       &stresses)
{
  for (unsigned int q = 0; q < strains.size(); ++q)
    stresses[q] = points_->stress(cell, q, strains[q]);
}

bool
AcceptedStresses::tangents(std::size_t,
                           const std::vector<VoigtVector> &,
                           std::vector<VoigtMatrix> &)
{
  AssertThrow(false, dealii::ExcNotImplemented());
  return false;
}

bool
AcceptedStresses::has_symmetric_tangents() const
{
  return true;
}
} // namespace miniscrew::fem
