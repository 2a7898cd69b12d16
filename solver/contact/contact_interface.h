// SPDX-License-Identifier: LGPL-2.1-or-later
// The interface between screw and bone as pairs of nodes in contact.
#pragma once

#include "solver/contact/contact_law.h"
#include "solver/fem/operator/elasticity_operator.h"
#include "solver/fem/operator/pair_coupling.h"
#include "solver/fem/space/interface_areas.h"

#include <array>
#include <functional>
#include <vector>

namespace miniscrew::contact
{
/// A pair of nodes on the interface.
struct InterfacePoint
{
  Vector3                            position{}; ///< mm
  Vector3                            normal{};   ///< from screw into bone
  std::array<double, mesh::n_layers> layers{};   ///< share of its area in each
};

/// What the interface is made of.
struct InterfaceParameters
{
  double friction = 0.3; ///< Coulomb's coefficient, in all layers
  /// Penalty per Young's modulus of the bone and cell size there.
  double penalty_factor = 5.;
  /// Tangential springs that hold a screw without friction, per penalty.
  double regularisation_factor = 0.;
  /// Gap in mm between screw and bone before any load, along the normal;
  /// negative is interference (press fit).
  std::function<double(const InterfacePoint &)> initial_gap;
  /// The exact surface of the screw, with the motion in which pressure shall do
  /// exactly that surface's work. Area vectors of the cells' faces are off by a
  /// few degrees where a thread has few cells, and pressure then turns or
  /// pushes a screw that slides along its helix.
  fem::ExactSurface exact_surface;
  fem::Motion       motion;
};

/// Extrema with the place where they are.
struct Extremum
{
  double  value = 0.;
  Vector3 place{};
};

/// The interface in numbers, over all ranks.
struct InterfaceMeasures
{
  double   open_area = 0., stick_area = 0., slip_area = 0.; ///< mm^2
  Extremum penetration;     ///< overlap or gap of points in contact, mm, >= 0
  Extremum pressure;        ///< MPa
  Extremum stick_violation; ///< mm
  /// Tangential jump since the reference state, in um; mean by area.
  Extremum micromotion;
  double   mean_micromotion = 0.;
  Vector3  force{};                 ///< on the screw, N
  double   normal_force       = 0.; ///< sum of magnitudes, N
  double   regularising_force = 0.; ///< sum of magnitudes, N
  double   contact_force      = 0.; ///< sum of magnitudes, N
  /// Frictional work of the slip since the last accepted step, N mm, >= 0.
  double        dissipation = 0.;
  std::uint64_t n_changes   = 0; ///< points whose status changed

  /// All of the interface, mm^2.
  double
  area() const
  {
    return open_area + stick_area + slip_area;
  }
};

/// Contact between matching nodes. Each pair of nodes has an area vector (the
/// integral of its shape function times the normal), a gap and a jump; the
/// traction of the law times the size of that vector is the force between the
/// two, so a constant pressure is transmitted exactly, and there are as many
/// conditions as nodes. Around a crest the area vectors of the flanks balance
/// in part, while friction acts on all of the area: its bound is greater by the
/// ratio of the two. Pairs belong to the rank that owns the screw's node.
class ContactInterface
{
public:
  /// @p space's bodies must be separate; it and @p geometry must outlive the
  /// interface. Collective.
  ContactInterface(const fem::NodeSpace      &space,
                   const fem::Geometry       &geometry,
                   const fem::BodyMaterials  &bodies,
                   const InterfaceParameters &parameters);

  /// Share of the initial gap's interference that is in force, 0 to 1. Gaps
  /// that are open are always in force.
  void set_interference_share(double share);

  /// Gap of each pair before any jump, mm, in place of the initial one.
  void set_gaps(const std::vector<double> &gaps);

  /// Those in force: the interference is of the share that was set.
  std::vector<double> gaps() const;

  /// Changes Coulomb's coefficient, by layer of the bone, and the greatest
  /// traction of friction there, MPa.
  void set_friction(const std::array<double, mesh::n_layers> &friction);
  void set_friction_limits(const std::array<double, mesh::n_layers> &limits);

  /// Whether friction is anywhere, so that the stiffness is not symmetric.
  bool has_friction() const;

  /// Penalty times area of each pair times @p share, N/mm.
  std::vector<double> stiffnesses(double share) const;

  /// Norm of the nodal forces, in N, of a penetration by 1 mm all over.
  /// Collective.
  double stiffness_norm() const;

  /// From now on all closed points slip along the tangential part of
  /// @p velocity, that of the screw against the bone at a point. An empty
  /// function is the end of that: points stick and slip by their history.
  void set_known_slip(const std::function<Vector3(const Vector3 &)> &velocity);
  bool slips_as_known() const;

  /// All friction times @p share, which is 1 unless set.
  void set_friction_share(double share);

  /// Finds the tractions of a displacement with updated ghosts.
  void evaluate(const linear::Vector<double> &displacement);

  /// Adds the forces of the last evaluation to those on free unknowns; ghost
  /// entries of @p forces are added to their owners. Collective.
  void add_forces(linear::Vector<double> &forces) const;

  /// Stiffness at the last evaluation: its symmetric part, and the rest.
  fem::PairCoupling tangent() const;
  fem::SkewCoupling friction_tangent() const;

  /// What accept(), augment() and set_reference() change, to go back to.
  struct State
  {
    std::vector<PointHistory> histories;
    std::vector<Vector3>      reference;
    std::vector<double>       gaps; ///< before any jump, mm
  };

  /// Takes the tractions of the last evaluation as multipliers.
  void augment();

  /// Lets multipliers go on from where they are as accepted tractions went from
  /// an earlier @p before to now, times @p ratio.
  void extrapolate(const State &before, double ratio);

  /// Makes the last evaluation the converged step that friction starts from.
  void accept();

  /// The last evaluation is what everything counts from: micromotion, and the
  /// gaps of points in contact. What those lack or overlap, within the
  /// tolerance of the steps before, becomes the shape of the surfaces, so that
  /// the state meets the conditions of contact exactly.
  void set_reference();

  State state() const;
  void  restore(const State &state);

  /// Collective.
  InterfaceMeasures measures() const;

  /// Force (N) and moment about the origin (N mm) that the springs of a screw
  /// without friction exert on it since the reference state. Collective.
  std::array<double, 6> spring_wrench() const;

  /// Of the pairs: responses, sizes of area vectors (mm^2), and places.
  const std::vector<PointResponse>  &responses() const;
  const std::vector<double>         &areas() const;
  const std::vector<InterfacePoint> &points() const;
  /// Area of the surface of pair @p k, mm^2: at least areas()[k].
  double surface(std::size_t k) const;
  /// Tangential jump of pair @p k since the reference state, mm.
  Vector3 micromotion(std::size_t k) const;

private:
  void   make_penalties(const fem::BodyMaterials &bodies);
  double gap_in_force(std::size_t k) const;

  const fem::NodeSpace       *space_;
  const fem::Geometry        *geometry_;
  InterfaceParameters         parameters_;
  double                      interference_share_ = 1., friction_share_ = 1.;
  bool                        has_friction_ = false;
  std::vector<InterfacePoint> points_;
  std::vector<Vector3>        jumps_, reference_;
  bool                        is_slip_known_ = false;
  std::vector<Vector3>        slip_; ///< directions, if known
  std::vector<double> areas_, gaps_, stiffness_, friction_, friction_limits_;
  std::vector<double> surface_ratios_; ///< areas of surfaces per areas_
  std::vector<PointHistory>  histories_;
  std::vector<PointResponse> responses_;
  std::uint64_t              n_changes_ = 0;
};
} // namespace miniscrew::contact
