// SPDX-License-Identifier: LGPL-2.1-or-later
// The bone's planes beside the screw, where they nearly meet its tip.
#pragma once

#include "mesh/screw/screw_surface.h"
#include "mesh/site/bone_site.h"

#include <string>
#include <vector>

namespace miniscrew::mesh
{
/// Greatest mean radius of the part of the screw that is in the bone, mm.
double shaft_radius(const RadialSurface &surface, double insertion_depth);

/// Distance on the axis (mm) below which a plane of the bone and the tip would
/// leave flat cells between them: a share of the height of the coarse cells at
/// a screw of this radius.
double least_plane_distance(double shaft_radius);

/// Least thickness of a layer, depth of the tip and height of the screw above
/// the bone (mm, along the axis) that cells can have at such a screw.
double thinnest_layer(double shaft_radius);

/// Where the mesh has the bone's planes on the axis.
struct FittedPlanes
{
  LayerPlanes planes; ///< beside the screw
  /// One sentence per plane that is not where the site puts it.
  std::vector<std::string> changes;
};

/// A plane that is nearer to the tip than least_plane_distance() goes through
/// the tip, or is put that far from it, whichever is nearer: no plane moves by
/// more than half that distance. Far from the screw planes stay where they are,
/// and the screw does not move at all.
FittedPlanes fit_planes(const RadialSurface &surface, const BoneSite &site);

/// Depth of a pilot hole (mm): through the tip or a plane of the bone if it
/// nearly ends there.
double fitted_pilot_depth(const RadialSurface &surface,
                          const BoneSite      &site,
                          double               pilot_depth);
} // namespace miniscrew::mesh
