// SPDX-License-Identifier: LGPL-2.1-or-later
// Values at the Gauss points of bone and screw, gathered into numbers.
#pragma once

#include "solver/fem/operator/material_points.h"
#include "solver/fem/recovery/statistics.h"
#include "solver/fem/space/strain.h"
#include "solver/model/model.h"

#include <array>
#include <memory>
#include <optional>
#include <string>
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

/// What shares of a volume do not exceed, in size; the largest value of all
/// grows with every refinement where the exact solution is unbounded.
struct Quantiles
{
  double p99 = 0., p99_9 = 0., maximum = 0.;
};

/// An observable of a law over a body: quantiles of a value, the volume of a
/// share.
struct ObservableNumbers
{
  materials::Observable    observable;
  std::optional<Quantiles> values;
  double                   volume = 0.; ///< mm^3
};

/// Windows of the mechanostat (Frost), by ascending strain.
constexpr unsigned int                        n_windows = 5;
constexpr std::array<const char *, n_windows> window_names{
  {"disuse", "adapted", "mild_overload", "overload", "pathologic"}};
constexpr std::array<double, n_windows - 1> window_ends{
  {1e-4, 1.5e-3, 3e-3, 4e-3}};

/// Names of the bodies in results, by material id.
constexpr std::array<const char *, mesh::n_bodies> body_names{
  {"near_cortex", "cancellous", "far_cortex", "screw"}};

/// A body's numbers: stresses in MPa, volumes in mm^3.
struct BodyNumbers
{
  double    volume = 0.;
  Quantiles von_mises;
  /// Of layers of bone: principal strains, and the volume in each window by
  /// that which is largest in size. Compression is negative.
  Quantiles                     tension, compression;
  std::array<double, n_windows> windows{};
  /// Of the screw, if its material has a yield stress.
  std::optional<double>          yield_ratio;
  std::vector<ObservableNumbers> observables; ///< of inelastic bodies
};

/// The bone at some distance around the screw.
struct ShellNumbers
{
  double    volume = 0.; ///< mm^3
  Quantiles tension;     ///< maximum principal strain
};

/// Strain and stress of bone and screw in numbers.
struct StrainStatistics
{
  /// Bodies that the site does not have are left out.
  std::array<std::optional<BodyNumbers>, mesh::n_bodies> bodies;
  std::optional<ShellNumbers>                            shell;
  /// Elastic energy, N mm: of an increment its change.
  double energy = 0.;
  /// Of the rigid motion that fits that of the screw best, rad.
  fem::Vector3 screw_rotation{};
  /// The state as it is, if these are the numbers of an increment.
  std::shared_ptr<const StrainStatistics> total;

  /// Those of the state as it is, not of an increment.
  const StrainStatistics &in_all() const;
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

  /// Bodies, shell and energy. Nothing may be added afterwards. Collective.
  StrainStatistics finish(const Model &model);

private:
  struct Body
  {
    double                        volume = 0.;
    fem::WeightedDistribution     tension, compression, von_mises;
    std::array<double, n_windows> windows{};
    /// Of the observables: values by their distribution, shares by volume.
    std::vector<fem::WeightedDistribution> distributions;
    std::vector<double>                    volumes;
  };

  void add_bone(Body &bone, BodyNumbers &numbers, MPI_Comm communicator);
  void
  add_inelastic(unsigned int body, BodyNumbers &numbers, MPI_Comm communicator);

  const fem::MaterialPoints       *points_;
  std::array<Body, mesh::n_bodies> bodies_;
  fem::WeightedDistribution        shell_;
  double                           energy_ = 0.;
};
} // namespace miniscrew::model
