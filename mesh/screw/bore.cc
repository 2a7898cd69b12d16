// SPDX-License-Identifier: LGPL-2.1-or-later
// Sweeping the screw along its helix.
#include "mesh/screw/bore.h"

#include "solver/base/units.h"

#include <boost/math/quadrature/gauss_kronrod.hpp>
#include <boost/math/tools/minima.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

namespace miniscrew::mesh
{
namespace
{
/// Largest value of a function on an interval in which it has no more than a
/// few bends.
template <typename Function>
double
greatest(const Function &f, const double begin, const double end)
{
  const unsigned int n    = 32;
  const double       step = (end - begin) / n;
  unsigned int       top  = 0;
  for (unsigned int i = 1; i <= n; ++i)
    if (f(begin + i * step) > f(begin + top * step))
      top = i;
  const auto found = boost::math::tools::brent_find_minima(
    [&](const double x) { return -f(x); },
    std::max(begin, begin + (top - 1.) * step),
    std::min(end, begin + (top + 1.) * step),
    std::numeric_limits<double>::digits);
  return std::max(-found.second, f(begin + top * step));
}


/// Largest of core(s') + height fade(s') for s' in [0, s], s on the shaft.
double
greatest_on_shaft(const ScrewSurface &surface,
                  const double        height,
                  const double        s)
{
  const ScrewGeometry &screw = surface.geometry();
  const auto           at    = [&](const double section) {
    return surface.core_radius(section) + height * surface.thread_fade(section);
  };

  // (i) The core never falls towards the head, the thread only in its run-out
  //     below the collar.
  const double full = screw.length - screw.thread_runout;
  if (height == 0. || s <= full)
    return at(s);
  const double best = std::max(at(full), at(s));
  const double slope =
    (surface.core_radius(screw.length) - surface.core_radius(full)) /
    screw.thread_runout;
  if (slope == 0.)
    return best;

  // (ii) The rounded end of a long tip may reach into the run-out.
  if (surface.thread_fade(full) < 1.)
    return std::max(best, greatest(at, full, s));

  // (iii) Else the core is a line there and the fade 3 t^2 - 2 t^3 with
  //       t = (length - s') / runout. Their sum has its only peak where
  //       t (1 - t) = slope runout / (6 height), nearer to t = 1.
  const double share = slope * screw.thread_runout / (6. * height);
  if (share >= 0.25)
    return best;
  const double t    = 0.5 * (1. + std::sqrt(1. - 4. * share));
  const double peak = screw.length - t * screw.thread_runout;
  return peak < s ? std::max(best, at(peak)) : best;
}


/// displacement_rate() of the sections up to @p last alone.
double
rate_of_sections(const ScrewSurface &surface,
                 const double        last,
                 const double        depth,
                 const double        top,
                 const double        bottom,
                 const double        pilot_radius,
                 const double        pilot_depth)
{
  const auto area = [&](const double radius, const double z) {
    return displaced_area(surface, radius, std::min(z + depth, last));
  };
  const auto rate =
    [&](const double above, const double below, const double radius) {
      return above > below ? area(radius, above) - area(radius, below) : 0.;
    };
  const double pilot_end = std::clamp(-pilot_depth, bottom, top);
  return rate(top, pilot_end, pilot_radius) + rate(pilot_end, bottom, 0.);
}
} // namespace


double
swept_radius(const ScrewSurface &surface, const double theta, const double s)
{
  const ScrewGeometry &screw = surface.geometry();
  const double         phase = s / screw.pitch - theta / (2. * pi);
  const double         on_shaft =
    greatest_on_shaft(surface,
                      screw.thread_depth() * surface.thread_profile(phase),
                      std::clamp(s, 0., screw.length));
  return s > screw.length ? std::max(on_shaft, surface.radius(theta, s))
                          : on_shaft;
}


double
cut_radius(const ScrewSurface &surface, const double theta, const double s)
{
  const ScrewGeometry &screw = surface.geometry();
  if (screw.cutting_length == 0.)
    return 0.;
  const double phase = s / screw.pitch - theta / (2. * pi);
  return greatest_on_shaft(surface,
                           screw.thread_depth() * surface.thread_profile(phase),
                           std::clamp(s, 0., screw.cutting_length));
}


double
bore_radius(const double swept,
            const double pilot_radius,
            const double cut_fraction)
{
  const double pilot = pilot_radius * pilot_radius;
  return std::sqrt(pilot + cut_fraction * std::max(0., swept * swept - pilot));
}


double
displaced_area(const ScrewSurface &surface,
               const double        pilot_radius,
               const double        s)
{
  if (s < 0.)
    return 0.;

  // Around the section the phase runs through one pitch, from root to root.
  // The parts are short enough for the rule to see each crest and flank; it is
  // adaptive for the corners between them and where the pilot ends.
  using Rule = boost::math::quadrature::gauss_kronrod<double, 15>;
  const unsigned int n_parts        = 24;
  const unsigned int max_bisections = 12;
  const double       tolerance      = 1e-10;
  const double       start          = 2. * pi * s / surface.geometry().pitch;
  const auto         height_squared = [&](const double angle) {
    const double r = swept_radius(surface, start - angle, s);
    return 0.5 * std::max(0., r * r - pilot_radius * pilot_radius);
  };
  double area = 0.;
  for (unsigned int i = 0; i < n_parts; ++i)
    area += Rule::integrate(height_squared,
                            2. * pi * i / n_parts,
                            2. * pi * (i + 1) / n_parts,
                            max_bisections,
                            tolerance);
  return area;
}


double
displacement_rate(const ScrewSurface &surface,
                  const double        depth,
                  const double        top,
                  const double        bottom,
                  const double        pilot_radius,
                  const double        pilot_depth)
{
  return rate_of_sections(
    surface, surface.height(), depth, top, bottom, pilot_radius, pilot_depth);
}


double
cutting_rate(const ScrewSurface &surface,
             const double        depth,
             const double        top,
             const double        bottom,
             const double        pilot_radius,
             const double        pilot_depth)
{
  const double edges = surface.geometry().cutting_length;
  return edges == 0.
           ? 0.
           : rate_of_sections(
               surface, edges, depth, top, bottom, pilot_radius, pilot_depth);
}
} // namespace miniscrew::mesh
