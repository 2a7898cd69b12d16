// SPDX-License-Identifier: LGPL-2.1-or-later
// The piece of jaw around the screw.
#pragma once

#include <string>

namespace miniscrew::mesh
{
/// Layers of the bone block, outermost first; also the order of results.
enum class Layer
{
  near_cortex,
  cancellous,
  far_cortex
};

/// A rectangular block of bone, layers on top of each other. The frame has z
/// along the screw's axis towards the head and its origin where the axis meets
/// the outer bone surface. Lengths in mm. Thicknesses are normal to the bone
/// surface; the length of the axis in a layer is thickness / sin(angle).
struct BoneSite
{
  double near_cortex = 1.5; ///< > 0
  double cancellous  = 9.0; ///< > 0
  double far_cortex  = 0.0; ///< 0: absent
  double width_x     = 10.; ///< the block is |x| <= width_x / 2
  double width_y     = 10.;
  /// Angle in degrees between the screw's axis and the bone surface, 90 is
  /// perpendicular; the surface is z = x tan(90 deg - angle).
  double insertion_angle = 90.;
  /// Depth of the tip below the origin, along the axis.
  double insertion_depth = 8.;
};

/// Where a screw is held: derived from geometry, never declared.
struct Engagement
{
  std::string kind; ///< "monocortical" or "bicortical"
  /// Axial length of the shaft in each layer, measured on the axis, mm.
  double near_cortex = 0., cancellous = 0., far_cortex = 0.;
};

/// Axial coordinate z on the screw's axis of the lower end of each layer,
/// ordered as Layer (0 is the outer surface).
struct LayerPlanes
{
  double near_cortex_end = 0., cancellous_end = 0., far_cortex_end = 0.;
};

[[nodiscard]] LayerPlanes layer_planes(const BoneSite &site);

/// Engagement of a screw whose tip is at insertion_depth, in layers that end at
/// @p planes: those of the site, or where a mesh has them.
[[nodiscard]] Engagement engagement(const BoneSite    &site,
                                    const LayerPlanes &planes);
} // namespace miniscrew::mesh
