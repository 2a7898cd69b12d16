// SPDX-License-Identifier: LGPL-2.1-or-later
// The dimensions of a mini-implant, as a manufacturer's drawing gives them.
#pragma once

#include <string>
#include <vector>

namespace miniscrew::mesh
{
/// How the screw ends in the bone.
enum class TipShape
{
  cutting, ///< cone to a small flat end of radius tip_radius
  blunt,   ///< short cone to a flat end of radius tip_radius
  flat     ///< no cone: the shaft ends with a plane (a pin)
};

/// Outline of the head; slots and holes are not modelled.
enum class HeadShape
{
  none,
  round,
  hexagonal,
  octagonal
};

/// All lengths in mm, angles in degrees. Axial coordinate s runs from the tip
/// (s = 0) to the top of the head; the shaft is s in [0, length], then the
/// collar, then the head.
struct ScrewGeometry
{
  std::string name = "screw"; ///< as printed, e.g. "Dual Top 1.6 x 8 mm"

  double diameter      = 1.6; ///< outer diameter of the thread
  double core_diameter = 1.2; ///< at the head end of the shaft
  /// Share by which the core is thinner at the tip end of the shaft than at
  /// its head end (conical screws), in [0, 1). The thread depth stays.
  double core_taper = 0.;
  double length     = 8.; ///< shaft, from the tip to the collar

  double pitch                = 0.7;
  double crest_width          = 0.1;
  double leading_flank_angle  = 45.; ///< towards the tip, from the radial plane
  double trailing_flank_angle = 20.; ///< towards the head
  double fillet_radius        = 0.03;
  /// Axial length over which the thread fades at the collar, and at a flat
  /// tip; on the cone of another tip it fades in proportion to the cone.
  double thread_runout = 0.5;

  TipShape tip        = TipShape::cutting;
  double   tip_length = 2.0;
  double   tip_radius = 0.15; ///< radius of the flat end
  /// Length from the tip that has cutting edges (cutting tip, flutes): bone in
  /// the way of its sections is removed, in the way of later ones displaced. 0
  /// if the screw has none and forms its thread.
  double cutting_length = 2.5;

  double    collar_height   = 1.0;
  double    collar_diameter = 1.6;
  HeadShape head            = HeadShape::hexagonal;
  double    head_height     = 1.5;
  double    head_width      = 2.2; ///< across flats, or the diameter if round

  /// Names of the fields above that are assumptions, not a published value.
  std::vector<std::string> assumed;

  /// Radial height of the thread.
  double
  thread_depth() const
  {
    return 0.5 * (diameter - core_diameter);
  }

  /// From the tip to the top of the head.
  double
  total_length() const
  {
    return length + collar_height +
           (head == HeadShape::none ? 0. : head_height);
  }
};
} // namespace miniscrew::mesh
