// SPDX-License-Identifier: LGPL-2.1-or-later
// Values at the Gauss points of bone and screw, gathered into numbers.
#pragma once

#include "solver/fem/statistics.h"
#include "solver/fem/strain.h"
#include "solver/stages/model.h"

#include <nlohmann/json.hpp>

#include <array>

namespace miniscrew::stages
{
/// What is known at a Gauss point in one state, or how far it differs between
/// two.
struct PointValues
{
  fem::VoigtVector strain{}, stress{};   ///< engineering strain; MPa
  double           energy       = 0.;    ///< elastic, per volume, MPa
  bool             is_inelastic = false; ///< only then the following count
  double           kappa = 0., damage = 0.;
  /// Whether the point has yielded and is damaged (0 or 1), and its damage.
  std::array<double, 3> shares{};

  PointValues &operator-=(const PointValues &other);
};

/// Damage from which on a point counts as damaged: cracks that soften bone by
/// less are not seen.
constexpr double least_damage = 0.01;

/// Statistics of the points of all bodies, by body.
class BodyStatistics
{
public:
  /// Takes up a point that stands for @p volume mm^3. Not collective.
  void add(unsigned int       body,
           const PointValues &values,
           double             volume,
           bool               is_in_shell);

  /// The keys bone and screw of summary.json. Nothing may be added afterwards.
  /// Collective.
  nlohmann::json finish(const Model &model);

  /// Elastic energy of all points, N mm. Collective.
  double energy(MPI_Comm communicator) const;

private:
  static constexpr unsigned int n_windows = 5;

  struct Body
  {
    double                        volume = 0.;
    fem::WeightedDistribution     tension, compression, von_mises;
    std::array<double, n_windows> windows{};
    fem::WeightedDistribution     plastic, damage;
    std::array<double, 3>         inelastic_volumes{};
  };

  static const char  *window_names[n_windows];
  static const double window_ends[n_windows - 1];

  void add_bone(Body &bone, nlohmann::json &entry, MPI_Comm communicator);
  void add_inelastic(Body &body, nlohmann::json &entry, MPI_Comm communicator);

  std::array<Body, mesh::n_bodies> bodies_;
  fem::WeightedDistribution        shell_;
  double                           energy_ = 0.;
};
} // namespace miniscrew::stages
