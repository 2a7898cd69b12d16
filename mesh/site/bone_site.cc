// SPDX-License-Identifier: LGPL-2.1-or-later
// Layers along the screw's axis and the engagement of the shaft in them.
#include "mesh/site/bone_site.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace miniscrew::mesh
{
LayerPlanes
layer_planes(const BoneSite &site)
{
  assert(site.insertion_angle > 0. && site.insertion_angle <= 90.);
  // Thicknesses are normal to the bone surface, the axis crosses obliquely.
  const double sine = std::sin(site.insertion_angle * std::acos(-1.) / 180.);
  LayerPlanes  planes;
  planes.near_cortex_end = -site.near_cortex / sine;
  planes.cancellous_end  = planes.near_cortex_end - site.cancellous / sine;
  planes.far_cortex_end  = planes.cancellous_end - site.far_cortex / sine;
  return planes;
}


Engagement
engagement(const BoneSite &site, const LayerPlanes &planes)
{
  // Shorter contact than this is rounding, not bone (mm).
  const double smallest_length = 1e-9;
  const auto   length_between  = [&](const double top, const double bottom) {
    const double length = top - std::max(bottom, -site.insertion_depth);
    return length > smallest_length ? length : 0.;
  };

  Engagement result;
  result.near_cortex = length_between(0., planes.near_cortex_end);
  result.cancellous =
    length_between(planes.near_cortex_end, planes.cancellous_end);
  result.far_cortex =
    length_between(planes.cancellous_end, planes.far_cortex_end);
  result.kind = result.far_cortex > 0. ? "bicortical" : "monocortical";
  return result;
}
} // namespace miniscrew::mesh
