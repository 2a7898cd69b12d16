// SPDX-License-Identifier: LGPL-2.1-or-later
// Torque and force of a screw that is turned into bone.
#pragma once

#include "solver/contact/contact_interface.h"
#include "solver/model/model.h"

#include <array>

namespace miniscrew::stages
{
/// What the driver exerts on a screw that turns clockwise seen from the head
/// and advances. Torques in N mm, forces in N.
struct InsertionLoads
{
  std::array<double, mesh::n_layers> friction{}; ///< torque, by bone layer
  double flanks  = 0.; ///< torque of the normal tractions
  double cutting = 0.; ///< torque
  /// Push along the axis into the bone; negative if the thread pulls the screw
  /// in.
  double axial_force = 0.;
  /// Sum of the normal forces, by bone layer.
  std::array<double, mesh::n_layers> normal_force{};

  double torque() const;
  double contact_force() const; ///< sum of the normal forces, N
};

/// Moment about and force along the axis of all tractions of the interface,
/// and what cutting takes. Collective.
InsertionLoads insertion_loads(const model::Model              &model,
                               const Insertion                 &insertion,
                               const contact::ContactInterface &interface);

/// Torque of cutting by solver/README.md: the specific cutting energy times the
/// volume that the cutting edges take in a revolution, per 2 pi; N mm. Only
/// edges that stand in bone cut.
double cutting_torque(const mesh::ScrewSurface &surface,
                      const mesh::BoneSite     &site,
                      const Insertion          &insertion);

/// Whether the shaft survives the torque.
struct TorsionCheck
{
  /// Fully plastic torque (2 pi / 3) tau r^3 of the thinnest section of the
  /// shaft above the tip, with tau the yield stress over sqrt(3), and the
  /// torque at which that section begins to yield, (pi / 2) tau r^3; N mm.
  double strength = 0., first_yield = 0.;
  /// Least ratio of a section's plastic torque to what it carries, and where
  /// that is: distance from the tip, mm. Zero if there is no torque.
  double safety_factor = 0., section = 0.;
};

/// The torque of a section is that of all tractions below it. Zero if the
/// screw's material has no yield stress. Collective.
TorsionCheck check_torsion(const model::Model              &model,
                           const contact::ContactInterface &interface,
                           double                           cutting);
} // namespace miniscrew::stages
