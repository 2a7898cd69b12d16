// SPDX-License-Identifier: LGPL-2.1-or-later
// Distributions over the volume of each body.
#include "solver/model/body_statistics.h"

#include <deal.II/base/mpi.h>

#include <algorithm>
#include <cmath>

namespace miniscrew::model
{
namespace
{
Quantiles
quantiles(const fem::WeightedDistribution &values, const double sign)
{
  // Adding zero keeps a minus away from zeros.
  return {sign * values.quantile(0.99) + 0.,
          sign * values.quantile(0.999) + 0.,
          sign * values.maximum() + 0.};
}
} // namespace

const StrainStatistics &
StrainStatistics::in_all() const
{
  return total ? *total : *this;
}

PointValues &
PointValues::operator-=(const PointValues &other)
{
  for (unsigned int i = 0; i < strain.size(); ++i)
  {
    strain[i] -= other.strain[i];
    stress[i] -= other.stress[i];
  }
  energy -= other.energy;
  for (std::size_t k = 0; k < other.observables.size(); ++k)
    observables[k] -= other.observables[k];
  return *this;
}

BodyStatistics::BodyStatistics(const fem::MaterialPoints *points)
  : points_(points)
{
  const std::size_t n = points == nullptr ? 0 : points->observables().size();
  for (Body &body : bodies_)
  {
    body.distributions.resize(n);
    body.volumes.resize(n);
  }
}

void
BodyStatistics::add(const unsigned int body,
                    const PointValues &values,
                    const double       volume,
                    const bool         is_in_shell)
{
  Body &b = bodies_[body];
  energy_ += volume * values.energy;
  b.volume += volume;
  b.von_mises.add(fem::von_mises(values.stress), volume);
  for (unsigned int k = 0; k < values.observables.size(); ++k)
    if (points_->observables()[k].kind == materials::Observable::Kind::value)
      b.distributions[k].add(values.observables[k], volume);
    else
      b.volumes[k] += volume * values.observables[k];
  if (body == mesh::screw_id)
    return;
  const auto principal = fem::principal_strains(values.strain);
  b.tension.add(principal[0], volume);
  b.compression.add(-principal[2], volume);
  const double largest =
    std::max(std::abs(principal[0]), std::abs(principal[2]));
  b.windows[std::upper_bound(window_ends.begin(), window_ends.end(), largest) -
            window_ends.begin()] += volume;
  if (is_in_shell)
    shell_.add(principal[0], volume);
}

StrainStatistics
BodyStatistics::finish(const Model &model)
{
  const MPI_Comm   communicator = model.communicator();
  StrainStatistics result;
  for (unsigned int body = 0; body < mesh::n_bodies; ++body)
  {
    Body &b  = bodies_[body];
    b.volume = dealii::Utilities::MPI::sum(b.volume, communicator);
    b.von_mises.finish(communicator);
    if (b.von_mises.empty())
      continue;
    BodyNumbers numbers;
    numbers.volume    = b.volume;
    numbers.von_mises = quantiles(b.von_mises, 1.);
    add_inelastic(body, numbers, communicator);
    const double yield = model.bodies()[body].yield_stress;
    if (body != mesh::screw_id)
      add_bone(b, numbers, communicator);
    else if (yield > 0.)
      numbers.yield_ratio = b.von_mises.maximum() / yield;
    result.bodies[body] = numbers;
  }
  shell_.finish(communicator);
  if (!shell_.empty())
    result.shell = ShellNumbers{shell_.total_weight(), quantiles(shell_, 1.)};
  result.energy = dealii::Utilities::MPI::sum(energy_, communicator);
  return result;
}

void
BodyStatistics::add_bone(Body          &bone,
                         BodyNumbers   &numbers,
                         const MPI_Comm communicator)
{
  for (double &window : bone.windows)
    window = dealii::Utilities::MPI::sum(window, communicator);
  bone.tension.finish(communicator);
  bone.compression.finish(communicator);
  numbers.tension     = quantiles(bone.tension, 1.);
  numbers.compression = quantiles(bone.compression, -1.);
  numbers.windows     = bone.windows;
}

void
BodyStatistics::add_inelastic(const unsigned int body,
                              BodyNumbers       &numbers,
                              const MPI_Comm     communicator)
{
  if (points_ == nullptr || !points_->has_law(body))
    return;
  for (unsigned int k = 0; k < points_->observables().size(); ++k)
  {
    if (!points_->has_observable(body, k))
      continue;
    ObservableNumbers number{points_->observables()[k], {}, 0.};
    Body             &b = bodies_[body];
    if (number.observable.kind == materials::Observable::Kind::value)
    {
      b.distributions[k].finish(communicator);
      number.values = quantiles(b.distributions[k], 1.);
    }
    else
      number.volume = dealii::Utilities::MPI::sum(b.volumes[k], communicator);
    numbers.observables.push_back(number);
  }
}
} // namespace miniscrew::model
