// SPDX-License-Identifier: LGPL-2.1-or-later
// Evaluation of the laws of inelastic bodies, cell by cell.
#include "solver/fem/operator/material_points.h"

#include "materials/law_library.h"

#include <deal.II/base/mpi.h>

#include <algorithm>

namespace miniscrew::fem
{
using materials::InelasticLaw;
using materials::StressResponse;

MaterialPoints::MaterialPoints(const NodeSpace     &space,
                               const BodyMaterials &bodies)
  : space_(&space),
    n_q_(space.n_nodes_per_cell()),
    first_(space.cells().size(), none)
{
  for (unsigned int b = 0; b < mesh::n_bodies; ++b)
    if (bodies[b].is_inelastic())
    {
      laws_[b]  = materials::make_law(bodies[b]);
      names_[b] = bodies[b].law;
      softens_  = softens_ || laws_[b]->may_soften();
    }
  for (unsigned int b = 0; b < mesh::n_bodies; ++b)
    if (laws_[b])
      add_observables(b);
  std::uint32_t n_numbers = 0;
  for (std::size_t c = 0; c < first_.size(); ++c)
    if (const auto &law = laws_[space.cells()[c]->material_id()])
    {
      first_[c] = n_numbers;
      n_numbers += law->n_state();
      n_points_ += n_q_;
    }
  accepted_.resize(std::size_t(n_numbers) * n_q_);
  current_ = accepted_;

  InternalLengths lengths{};
  for (unsigned int b = 0; b < mesh::n_bodies; ++b)
    if (laws_[b] && laws_[b]->internal_length() > 0.)
    {
      lengths[b]     = laws_[b]->internal_length();
      least_average_ = std::min(least_average_, laws_[b]->least_average());
    }
  averaged_.emplace(space, lengths);
  averages_.resize(averaged_->size(), 0.);
}

// Lists what no other body has, and how to read all that this one has.
void
MaterialPoints::add_observables(const unsigned int body)
{
  for (const materials::Observable &observable : laws_[body]->observables())
  {
    const unsigned int k =
      find_observable(observable.name).value_or(observables_.size());
    if (k == observables_.size())
      observables_.push_back(observable);
    values_[body].resize(std::max<std::size_t>(values_[body].size(), k + 1));
    values_[body][k] = observable.value;
  }
}

const InelasticLaw &
MaterialPoints::law_of(const std::size_t cell) const
{
  return *laws_[space_->cells()[cell]->material_id()];
}

std::size_t
MaterialPoints::place(const std::size_t cell, const unsigned int q) const
{
  return std::size_t(first_[cell]) * n_q_ + q * law_of(cell).n_state();
}

void
MaterialPoints::stresses(const std::size_t               cell,
                         const std::vector<VoigtVector> &strains,
                         std::vector<VoigtVector>       &stresses)
{
  const InelasticLaw &here    = law_of(cell);
  const std::size_t   first   = place(cell, 0);
  const unsigned int  n_state = here.n_state();
  const double       *old     = accepted_.data() + first;
  double             *now     = current_.data() + first;
  for (unsigned int q = 0; q < n_q_; ++q, old += n_state, now += n_state)
  {
    const StressResponse response =
      here.respond(strains[q], old, now, step_at(cell, q));
    n_inadmissible_ += !response.is_admissible;
    stresses[q] = response.stress;
  }
}

bool
MaterialPoints::tangents(const std::size_t               cell,
                         const std::vector<VoigtVector> &strains,
                         std::vector<VoigtMatrix>       &tangents)
{
  const InelasticLaw &here    = law_of(cell);
  const std::size_t   first   = place(cell, 0);
  const unsigned int  n_state = here.n_state();
  bool                changed = false;
  for (unsigned int q = 0; q < n_q_ && !changed; ++q)
    changed = !here.has_elastic_tangent(&accepted_[first + q * n_state],
                                        &current_[first + q * n_state],
                                        step_at(cell, q));
  if (!changed)
    return false;
  std::vector<double>                    now(n_state);
  std::vector<VoigtMatrix>               positive;
  std::vector<materials::AverageTangent> averages;
  for (unsigned int q = 0; q < n_q_; ++q)
  {
    const materials::PointStep step = step_at(cell, q);
    const double              *old  = &accepted_[first + q * n_state];
    here.respond(strains[q], old, now.data(), step);
    tangents[q] = positive_
                    ? here.positive_tangent(strains[q], old, now.data(), step)
                    : here.tangent(strains[q], old, now.data(), step);
    if (collected_ != nullptr)
      positive.push_back(
        here.positive_tangent(strains[q], old, now.data(), step));
    if (collected_averages_ != nullptr && step.average)
      averages.push_back(
        here.average_tangent(strains[q], old, now.data(), step));
  }
  if (collected_ != nullptr)
    collected_->add(cell, positive);
  if (!averages.empty())
    collected_averages_->add(cell, averages);
  return true;
}

// The step under way at a point.
materials::PointStep
MaterialPoints::step_at(const std::size_t cell, const unsigned int q) const
{
  materials::PointStep step = step_;
  if (averaged_->contains(cell))
    step.average = averages_[averaged_->place(cell) + q];
  return step;
}

const AveragedPoints &
MaterialPoints::averaged_points() const
{
  return *averaged_;
}

bool
MaterialPoints::has_averages() const
{
  const InternalLengths &lengths = averaged_->lengths();
  return std::any_of(lengths.begin(), lengths.end(), [](const double length) {
    return length > 0.;
  });
}

bool
MaterialPoints::needs_averages() const
{
  if (!has_averages())
    return false;
  const std::vector<double> values = averaged_values();
  const bool                exceeds =
    std::any_of(values.begin(), values.end(), [&](const double value) {
      return value > least_average_;
    });
  return dealii::Utilities::MPI::max(static_cast<int>(exceeds),
                                     space_->communicator()) > 0;
}

std::vector<double>
MaterialPoints::averaged_values() const
{
  std::vector<double> values;
  values.reserve(averaged_->size());
  for (std::size_t cell = 0; cell < first_.size(); ++cell)
    for (unsigned int q = 0; averaged_->contains(cell) && q < n_q_; ++q)
      values.push_back(law_of(cell).averaged(&current_[place(cell, q)]));
  return values;
}

void
MaterialPoints::set_averages(const std::vector<double> &averages)
{
  AssertThrow(averages.size() == averaged_->size(), dealii::ExcInternalError());
  averages_ = averages;
}

void
MaterialPoints::collect_average_tangents(AverageTangentField *field)
{
  collected_averages_ = field;
}

bool
MaterialPoints::has_symmetric_tangents() const
{
  return std::all_of(laws_.begin(), laws_.end(), [](const auto &law) {
    return !law || law->is_symmetric();
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
  step_.time_step = seconds;
}

void
MaterialPoints::set_hold(const double seconds)
{
  step_.hold = seconds;
}

bool
MaterialPoints::relaxes() const
{
  return std::any_of(laws_.begin(), laws_.end(), [](const auto &law) {
    return law && law->relaxes();
  });
}

void
MaterialPoints::set_positive(const bool positive)
{
  positive_ = positive;
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

const std::vector<double> &
MaterialPoints::states() const
{
  return accepted_;
}

void
MaterialPoints::set_states(const std::vector<double> &states)
{
  AssertThrow(states.size() == accepted_.size(), dealii::ExcInternalError());
  accepted_ = current_ = states;
}

const NodeSpace &
MaterialPoints::space() const
{
  return *space_;
}

unsigned int
MaterialPoints::n_points_per_cell() const
{
  return n_q_;
}

double
MaterialPoints::yielding_share() const
{
  std::array<double, 2> counts{{0., static_cast<double>(n_points_)}};
  for (std::size_t cell = 0; cell < first_.size(); ++cell)
    for (unsigned int q = 0; contains(cell) && q < n_q_; ++q)
    {
      const std::size_t at = place(cell, q);
      counts[0] += law_of(cell).is_yielding(&accepted_[at], &current_[at]);
    }
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
  return laws_[body] != nullptr;
}

const InelasticLaw &
MaterialPoints::law(const dealii::types::material_id body) const
{
  return *laws_[body];
}

const std::string &
MaterialPoints::law_name(const dealii::types::material_id body) const
{
  return names_[body];
}

const std::vector<materials::Observable> &
MaterialPoints::observables() const
{
  return observables_;
}

std::vector<unsigned int>
MaterialPoints::value_observables() const
{
  std::vector<unsigned int> numbers;
  for (unsigned int k = 0; k < observables_.size(); ++k)
    if (observables_[k].kind == materials::Observable::Kind::value)
      numbers.push_back(k);
  return numbers;
}

bool
MaterialPoints::has_observable(const dealii::types::material_id body,
                               const unsigned int               k) const
{
  return k < values_[body].size() && values_[body][k];
}

std::optional<unsigned int>
MaterialPoints::find_observable(const std::string &name) const
{
  for (unsigned int k = 0; k < observables_.size(); ++k)
    if (observables_[k].name == name)
      return k;
  return {};
}

bool
MaterialPoints::contains(const std::size_t cell) const
{
  return first_[cell] != none;
}

const double *
MaterialPoints::state(const std::size_t cell, const unsigned int q) const
{
  return accepted_.data() + place(cell, q);
}

double
MaterialPoints::observable(const std::size_t  cell,
                           const unsigned int q,
                           const unsigned int k) const
{
  const auto body = space_->cells()[cell]->material_id();
  return has_observable(body, k) ? values_[body][k](state(cell, q)) : 0.;
}

VoigtVector
MaterialPoints::stress(const std::size_t  cell,
                       const unsigned int q,
                       const VoigtVector &strain) const
{
  return law_of(cell).stress(strain, state(cell, q));
}

double
MaterialPoints::elastic_energy(const std::size_t  cell,
                               const unsigned int q,
                               const VoigtVector &strain) const
{
  return law_of(cell).elastic_energy(strain, state(cell, q));
}

std::size_t
MaterialPoints::memory_consumption() const
{
  return 2 * first_.size() * sizeof(std::uint32_t) +
         (accepted_.size() + current_.size() + averages_.size()) *
           sizeof(double);
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
