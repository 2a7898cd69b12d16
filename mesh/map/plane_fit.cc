// SPDX-License-Identifier: LGPL-2.1-or-later
// Planes that nearly meet the tip.
#include "mesh/map/plane_fit.h"

#include "solver/base/log.h"

#include <algorithm>
#include <cmath>

namespace miniscrew::mesh
{
namespace
{
// Least distance of two planes per radius of the screw: from there on the
// aspect ratio is less than 1.5 times that without planes near the tip. Coarse
// cells are 0.3 to 0.85 radii high.
constexpr double least_distance_per_radius = 0.15;

// Layers and depths below this share of the radius cannot be meshed: cells
// would be 40 times as wide as high.
constexpr double thinnest_per_radius = 0.02;

// Planes that differ by no more than this are the same; no word about it (mm).
constexpr double rounding = 1e-9;

/// Where a plane at @p z between two others goes beside a tip at @p tip: to the
/// nearest place that leaves the distances, or nowhere if there is none.
double
fit(const double z,
    const double tip,
    const double above,
    const double below,
    const double least)
{
  if (std::abs(z - tip) >= least)
    return z;
  const double side      = std::copysign(least, z - tip);
  const bool   is_nearer = std::abs(z - tip) < 0.5 * least;
  for (const double place :
       {is_nearer ? tip : tip + side, is_nearer ? tip + side : tip})
    if (above - place >= 0.5 * least && place - below >= 0.5 * least)
      return place;
  return z;
}
} // namespace

double
shaft_radius(const RadialSurface &surface, const double insertion_depth)
{
  const unsigned int n      = 100;
  double             radius = 0.;
  for (unsigned int i = 0; i <= n; ++i)
    radius = std::max(radius, surface.mean_radius(insertion_depth * i / n));
  return radius;
}

double
least_plane_distance(const double shaft_radius)
{
  return least_distance_per_radius * shaft_radius;
}

double
thinnest_layer(const double shaft_radius)
{
  return thinnest_per_radius * shaft_radius;
}

FittedPlanes
fit_planes(const RadialSurface &surface, const BoneSite &site)
{
  const double least =
    least_plane_distance(shaft_radius(surface, site.insertion_depth));
  FittedPlanes result;
  result.planes     = layer_planes(site);
  const double tip  = -site.insertion_depth;
  const auto   move = [&](const char  *layer,
                        double      &plane,
                        const double above,
                        const double below) {
    const double fitted = fit(plane, tip, above, below, least);
    if (std::abs(fitted - plane) > rounding)
      result.changes.push_back(
        format("the lower end of the %s, at a depth of %.7g mm, is put at %.7g "
                 "mm beside the screw (moved by %.2g mm): cells between it and "
                 "the tip, %.7g mm deep, would be flatter than %.2g mm",
               layer,
               -plane,
               -fitted,
               std::abs(fitted - plane),
               -tip,
               least));
    plane = fitted;
  };
  // Without a far cortex the cancellous bone ends at the bottom of the block.
  const bool   has_far_cortex = site.far_cortex > 0.;
  LayerPlanes &planes         = result.planes;
  move("near cortex", planes.near_cortex_end, 0., planes.cancellous_end);
  if (has_far_cortex)
    move("cancellous bone",
         planes.cancellous_end,
         planes.near_cortex_end,
         planes.far_cortex_end);
  return result;
}

double
fitted_pilot_depth(const RadialSurface &surface,
                   const BoneSite      &site,
                   const double         pilot_depth)
{
  const LayerPlanes true_planes = layer_planes(site);
  const LayerPlanes fitted      = fit_planes(surface, site).planes;
  const double      close =
    0.5 * least_plane_distance(shaft_radius(surface, site.insertion_depth));
  const auto is_at = [&](const double z) {
    return std::abs(-pilot_depth - z) < close;
  };
  if (is_at(-site.insertion_depth))
    return site.insertion_depth;
  if (is_at(true_planes.near_cortex_end))
    return -fitted.near_cortex_end;
  if (is_at(true_planes.cancellous_end))
    return -fitted.cancellous_end;
  return pilot_depth;
}
} // namespace miniscrew::mesh
