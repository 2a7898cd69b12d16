// SPDX-License-Identifier: LGPL-2.1-or-later
// One validated case: everything a run needs, in plain structs.
#pragma once

#include "materials/material.h"
#include "mesh/screw/screw_geometry.h"
#include "mesh/site/bone_site.h"

#include "solver/case/effective_case.h"

#include <array>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace miniscrew
{
struct StageKey;

/// Condition on a group of outer faces of the bone block.
enum class BoundaryCondition
{
  fixed,  ///< u = 0
  roller, ///< no displacement normal to the face
  free    ///< no traction
};

/// How bone and screw are joined.
enum class InterfaceCondition
{
  bonded,      ///< healed, or the common simplification
  frictional,  ///< unilateral contact with Coulomb friction
  frictionless ///< unilateral contact alone
};

/// The interface and how exactly its conditions are met.
struct Interface
{
  InterfaceCondition condition = InterfaceCondition::bonded;
  double             friction  = 0.3; ///< Coulomb's coefficient
  /// Overlap of screw and bone before the load (press fit), mm.
  double interference = 0.;
  /// Largest penetration, and slip of sticking points, in a converged step: per
  /// greatest displacement since seating (in a press fit, per interference),
  /// and in mm if that is less.
  double                relative_tolerance = 5e-4;
  std::optional<double> tolerance;

  bool
  is_contact() const
  {
    return condition != InterfaceCondition::bonded;
  }
};

/// The name of the technique of a screw that is not inserted, but stands there.
constexpr const char *no_technique = "none";

/// What a kind of bone does to a screw that is turned into it.
struct BoneCutting
{
  /// Residual interference of what was cut: what is too thin to be cut, or
  /// springs back behind the edge; along the normal of the surface, mm. It is
  /// assumed: low, mid and high, in ascending order.
  std::array<double, 3> residual{{0.002, 0.005, 0.008}};
  /// For experts, in place of cutting edges and residual interference: share of
  /// the displaced bone that is cut away as chips, 0 to 1; the rest is pushed
  /// aside.
  std::optional<double> cut_fraction;
  double friction = 0.3; ///< Coulomb's coefficient, from insertion on
  /// Those of the low and the high bound, if they differ from it.
  std::optional<std::array<double, 2>> friction_range;
  /// Greatest traction of friction, MPa; the shear strength unless given.
  std::optional<double> friction_limit;
  /// Work of cutting per volume, N mm / mm^3 = MPa.
  double cutting_energy = 100.;

  /// Whether low, mid and high bound are not the same.
  [[nodiscard]] bool
  has_band() const
  {
    return friction_range.has_value() ||
           (!cut_fraction && residual.front() < residual.back());
  }
};

/// The way in.
struct Insertion
{
  std::string technique      = no_technique; ///< of technique_library()
  double      pilot_diameter = 0.;           ///< mm; 0 without a pilot hole
  double      pilot_depth    = 0.; ///< mm along the axis from the origin
  BoneCutting cortex;
  BoneCutting cancellous{{{0.002, 0.005, 0.008}}, {}, 0.3, {}, {}, 10.};
  /// Force along the axis into the bone, N: the screw advances as its thread
  /// leads it.
  double driver_force = 10.;
  /// Evenly spaced depths of the torque curve, the last is the full depth, and
  /// how many more are put where the curve bends most.
  unsigned int depths = 8, extra_depths = 2;
  /// Steps in which the interference is put on at a depth.
  unsigned int steps = 4;
  /// Largest penetration of a converged step, per greatest interference.
  double relative_tolerance = 0.02;
  /// Time that passes after seating, in which bone relaxes, s.
  double after = 600.;

  [[nodiscard]] bool
  has_band() const
  {
    return cortex.has_band() || cancellous.has_band();
  }
};

/// What is done to the screw after insertion: stages, each from the state that
/// insertion left.
struct Tests
{
  std::vector<std::string>      run{"service"}; ///< names of StageEntry
  std::map<std::string, double> values; ///< of those keys that are given
};

/// The orthodontic load on the screw.
struct Load
{
  std::array<double, 3> force{{2., 0., 0.}};  ///< N
  std::array<double, 3> moment{{0., 0., 0.}}; ///< N mm, about the point of load
  /// Height of the point of load on the axis above the origin, mm. Without a
  /// value the load is a traction on the screw's top face, at its centre.
  std::optional<double> height;
  /// Steps that the load is put on in, where contact or materials are
  /// nonlinear; they are cut back where needed.
  unsigned int steps = 2;
  /// After the full load: take it off again in as many steps, and report what
  /// remains.
  bool   unload   = false;
  double duration = 1.; ///< s, in which the load is put on; for viscous laws
};

struct Boundary
{
  BoundaryCondition lateral = BoundaryCondition::fixed;
  BoundaryCondition bottom  = BoundaryCondition::fixed;
};

struct Discretisation
{
  unsigned int degree          = 2;    ///< of the elements, 1 to 3
  double       interface_size  = 0.18; ///< cell size at the interface, mm
  double       far_size        = 1.5;  ///< cell size far from the screw, mm
  unsigned int adaptive_cycles = 0;    ///< refinements by the error estimator
  double adaptive_fraction     = 0.3;  ///< share of the error to refine, (0, 1)
};

struct SolverOptions
{
  double       relative_tolerance = 1e-8;
  unsigned int max_iterations     = 200;
  std::string  petsc_options; ///< e.g. "-coarse_pc_gamg_threshold 0.02"
};

struct OutputOptions
{
  bool vtu         = true;
  bool hdf5_fields = true;
};

/// One number that a case must reproduce.
struct Expected
{
  std::string key; ///< path in summary.json, e.g. "service.axis_rotation_deg"
  double      value              = 0.;
  double      relative_tolerance = 0.; ///< one of the two is > 0
  double      absolute_tolerance = 0.;
  std::string source;
};

/// A case of which all values are known and valid.
struct Case
{
  std::string name;    ///< of the case file, or of the folder of case.toml
  std::string variant; ///< empty if the file has no variants
  std::string title;

  mesh::ScrewGeometry   screw;
  mesh::BoneSite        site;
  materials::Material   screw_material, near_cortex, cancellous, far_cortex;
  Interface             interface;
  Insertion             insertion;
  Tests                 tests;
  Load                  load;
  Boundary              boundary;
  Discretisation        discretisation;
  SolverOptions         solver;
  OutputOptions         output;
  std::vector<Expected> expected;
  /// Numbers of the file's [expected] that do not count, as settings of the
  /// command line have made another case of it.
  std::size_t unchecked = 0;

  /// Whether the screw is turned into the bone; else it stands there.
  bool
  is_inserted() const
  {
    return insertion.technique != no_technique;
  }

  /// True if the stage of this name is to be run.
  [[nodiscard]] bool asks_for(const std::string &stage) const;

  /// The value of a key of a stage: the given one, or its default.
  [[nodiscard]] double value(const StageKey &key) const;

  /// The same of a key that is a count. Precondition: it is one.
  [[nodiscard]] unsigned int count(const StageKey &key) const;

  /// Every key with the value in force, which gives this case again.
  EffectiveCase effective;
};
} // namespace miniscrew
