// SPDX-License-Identifier: LGPL-2.1-or-later
// Values at the Gauss points of bone and screw, gathered into numbers.
#pragma once

#include "solver/fem/operator/material_points.h"
#include "solver/fem/recovery/statistics.h"
#include "solver/fem/space/strain.h"
#include "solver/model/model.h"

#include <nlohmann/json.hpp>

#include <array>
#include <vector>

namespace miniscrew::model
{
/// What is known at a Gauss point in one state, or how far it differs between
/// two.
struct PointValues
{
  fem::VoigtVector strain{}, stress{}; ///< engineering strain; MPa
  double           energy = 0.;        ///< elastic, per volume, MPa
  /// Those of MaterialPoints::observables(); empty if the body is elastic.
  std::vector<double> observables;

  PointValues &operator-=(const PointValues &other);
};

/// Statistics of the points of all bodies, by body.
class BodyStatistics
{
public:
  /// @p points, which must outlive this, tell what observables there are;
  /// nullptr if all bodies are elastic.
  explicit BodyStatistics(const fem::MaterialPoints *points);

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
    /// Of the observables: values by their distribution, shares by volume.
    std::vector<fem::WeightedDistribution> distributions;
    std::vector<double>                    volumes;
  };

  static const char  *window_names[n_windows];
  static const double window_ends[n_windows - 1];

  void add_bone(Body &bone, nlohmann::json &entry, MPI_Comm communicator);
  void add_inelastic(unsigned int    body,
                     nlohmann::json &entry,
                     MPI_Comm        communicator);

  const fem::MaterialPoints       *points_;
  std::array<Body, mesh::n_bodies> bodies_;
  fem::WeightedDistribution        shell_;
  double                           energy_ = 0.;
};
} // namespace miniscrew::model
