// SPDX-License-Identifier: LGPL-2.1-or-later
// Distributions over the volume of each body.
#include "solver/stages/body_statistics.h"

#include <deal.II/base/mpi.h>

#include <algorithm>
#include <cmath>

namespace miniscrew::stages
{
namespace
{
using Json = nlohmann::json;

constexpr const char *body_names[mesh::n_bodies] = {"near_cortex",
                                                    "cancellous",
                                                    "far_cortex",
                                                    "screw"};

// In the order of PointValues::shares.
constexpr const char *volume_names[3] = {"yielded_mm3",
                                         "damaged_mm3",
                                         "lost_mm3"};

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
  kappa -= other.kappa;
  damage -= other.damage;
  for (unsigned int k = 0; k < shares.size(); ++k)
    shares[k] -= other.shares[k];
  return *this;
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
  if (values.is_inelastic)
  {
    b.plastic.add(values.kappa, volume);
    b.damage.add(values.damage, volume);
    for (unsigned int k = 0; k < values.shares.size(); ++k)
      b.inelastic_volumes[k] += volume * values.shares[k];
  }
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
    add_inelastic(b, entry, communicator);
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
BodyStatistics::add_inelastic(Body          &body,
                              Json          &entry,
                              const MPI_Comm communicator)
{
  body.plastic.finish(communicator);
  body.damage.finish(communicator);
  if (body.plastic.empty())
    return;
  Json &result = entry["inelastic"];
  for (unsigned int k = 0; k < 3; ++k)
    result[volume_names[k]] =
      dealii::Utilities::MPI::sum(body.inelastic_volumes[k], communicator);
  result["cumulated_plastic_strain"] = quantiles(body.plastic, 1.);
  result["damage"]                   = quantiles(body.damage, 1.);
}
} // namespace miniscrew::stages
