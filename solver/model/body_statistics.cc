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
using Json = nlohmann::json;

constexpr const char *body_names[mesh::n_bodies] = {"near_cortex",
                                                    "cancellous",
                                                    "far_cortex",
                                                    "screw"};

Json
quantiles(const fem::WeightedDistribution &values, const double sign)
{
  // Adding zero keeps a minus away from zeros.
  return {{"p99", sign * values.quantile(0.99) + 0.},
          {"p99_9", sign * values.quantile(0.999) + 0.},
          {"max_singular", sign * values.maximum() + 0.}};
}
} // namespace

// Windows of the mechanostat (Frost), in strain.
const char  *BodyStatistics::window_names[n_windows]    = {"disuse",
                                                           "adapted",
                                                           "mild_overload",
                                                           "overload",
                                                           "pathologic"};
const double BodyStatistics::window_ends[n_windows - 1] = {1e-4,
                                                           1.5e-3,
                                                           3e-3,
                                                           4e-3};

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
  b.windows[std::upper_bound(
              window_ends, window_ends + n_windows - 1, largest) -
            window_ends] += volume;
  if (is_in_shell)
    shell_.add(principal[0], volume);
}

Json
BodyStatistics::finish(const Model &model)
{
  const MPI_Comm communicator = model.communicator();
  Json           result;
  for (unsigned int body = 0; body < mesh::n_bodies; ++body)
  {
    Body &b  = bodies_[body];
    b.volume = dealii::Utilities::MPI::sum(b.volume, communicator);
    b.von_mises.finish(communicator);
    if (b.von_mises.empty())
      continue;
    Json &entry                   = body == mesh::screw_id ? result["screw"]
                                                           : result["bone"][body_names[body]];
    entry["volume_mm3"]           = b.volume;
    entry["von_mises_stress_MPa"] = quantiles(b.von_mises, 1.);
    add_inelastic(body, entry, communicator);
    if (body != mesh::screw_id)
    {
      add_bone(b, entry, communicator);
      continue;
    }
    entry["max_von_mises_MPa"] = b.von_mises.maximum();
    const double yield         = model.bodies()[body].yield_stress;
    if (yield > 0.)
      entry["yield_ratio"] = b.von_mises.maximum() / yield;
  }
  shell_.finish(communicator);
  if (!shell_.empty())
  {
    result["bone"]["shell"]["volume_mm3"]           = shell_.total_weight();
    result["bone"]["shell"]["max_principal_strain"] = quantiles(shell_, 1.);
  }
  return result;
}

double
BodyStatistics::energy(const MPI_Comm communicator) const
{
  return dealii::Utilities::MPI::sum(energy_, communicator);
}

void
BodyStatistics::add_bone(Body &bone, Json &entry, const MPI_Comm communicator)
{
  for (double &window : bone.windows)
    window = dealii::Utilities::MPI::sum(window, communicator);
  bone.tension.finish(communicator);
  bone.compression.finish(communicator);
  entry["max_principal_strain"] = quantiles(bone.tension, 1.);
  entry["min_principal_strain"] = quantiles(bone.compression, -1.);
  for (unsigned int w = 0; w < n_windows; ++w)
    entry["mechanostat_mm3"][window_names[w]] = bone.windows[w];
}

void
BodyStatistics::add_inelastic(const unsigned int body,
                              Json              &entry,
                              const MPI_Comm     communicator)
{
  if (points_ == nullptr || !points_->has_law(body))
    return;
  Json &result = entry["inelastic"];
  for (unsigned int k = 0; k < points_->observables().size(); ++k)
  {
    if (!points_->has_observable(body, k))
      continue;
    const materials::Observable &observable = points_->observables()[k];
    Json                        &number     = result[observable.key()];
    if (observable.kind == materials::Observable::Kind::value)
    {
      bodies_[body].distributions[k].finish(communicator);
      number = quantiles(bodies_[body].distributions[k], 1.);
    }
    else
      number =
        dealii::Utilities::MPI::sum(bodies_[body].volumes[k], communicator);
  }
}
} // namespace miniscrew::model
