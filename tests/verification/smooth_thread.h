// SPDX-License-Identifier: LGPL-2.1-or-later
// A threaded surface without kinks.
#pragma once

#include "mesh/screw/screw_surface.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace miniscrew::verification
{
/// A thread as smooth as can be; it starts flat, so that the column of bone
/// below the tip continues it smoothly. Lengths in mm.
class SmoothThread : public mesh::RadialSurface
{
public:
  double
  radius(const double theta, const double s) const override
  {
    const double s_inside = std::clamp(s, 0., height());
    const double rise     = 1. - std::exp(-s_inside * s_inside / 0.64);
    return 0.7 + 0.06 * rise * rise *
                   std::cos(theta - 2. * std::acos(-1.) * s_inside / 1.4);
  }
  double
  mean_radius(double) const override
  {
    return 0.7;
  }
  double
  height() const override
  {
    return 1.8;
  }
  std::vector<double>
  stations() const override
  {
    return {};
  }
};
} // namespace miniscrew::verification
