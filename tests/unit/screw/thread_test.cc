// SPDX-License-Identifier: LGPL-2.1-or-later
// The thread has the dimensions it was asked for, and is right-handed.
#include "mesh/screw/screw_surface.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

using miniscrew::mesh::ScrewGeometry;
using miniscrew::mesh::ScrewSurface;
using miniscrew::mesh::TipShape;

namespace
{
const double pi     = std::acos(-1.);
const double degree = pi / 180.;

// Between these stations the default screw has its full thread.
const double full_begin = 2.5, full_end = 7.5;

/// Derivative of R by s.
double
slope(const ScrewSurface &surface, const double theta, const double s)
{
  const double h = 1e-6;
  return (surface.radius(theta, s + h) - surface.radius(theta, s - h)) /
         (2. * h);
}

/// Lowest s >= @p begin at which R passes the middle of the thread's height,
/// upwards (the leading flank) or downwards (the trailing one).
double
middle_of_flank(const ScrewSurface &surface,
                const double        theta,
                const double        begin,
                const bool          upwards)
{
  const ScrewGeometry &g        = surface.geometry();
  const double         middle   = 0.25 * (g.diameter + g.core_diameter);
  const double         step     = 1e-5;
  double               s        = begin;
  const auto           is_above = [&](const double s) {
    return surface.radius(theta, s) > middle;
  };
  while (is_above(s) == upwards)
    s += step;
  while (is_above(s) != upwards)
    s += step;
  return s;
}
} // namespace

TEST(Thread, CrestAndRootHaveTheirDiameters)
{
  const ScrewSurface surface{ScrewGeometry{}};
  double             largest = 0., smallest = 10.;
  for (double s = full_begin; s < full_end; s += 1e-4)
  {
    largest  = std::max(largest, surface.radius(0.3, s));
    smallest = std::min(smallest, surface.radius(0.3, s));
  }
  EXPECT_DOUBLE_EQ(largest, 0.8);
  EXPECT_DOUBLE_EQ(smallest, 0.6);
}

TEST(Thread, CrestHasItsWidth)
{
  // The flats of the profile are shorter by the tangent lengths of the
  // fillets, r tan(turn / 2), where flanks turn by the complement of their
  // angle.
  const ScrewSurface surface{ScrewGeometry{}};
  const double       step  = 1e-6;
  double             crest = 0., root = 0.;
  for (double phase = step / 2.; phase < 1.; phase += step)
  {
    crest += surface.thread_profile(phase) > 1. - 1e-12 ? step : 0.;
    root += surface.thread_profile(phase) < 1e-12 ? step : 0.;
  }
  const double tangents =
    0.03 * (std::tan(22.5 * degree) + std::tan(35. * degree));
  const double flanks = 0.2 * (1. + std::tan(20. * degree));
  EXPECT_NEAR(0.7 * crest, 0.1 - tangents, 1e-4);
  EXPECT_NEAR(0.7 * root, 0.7 - 0.1 - flanks - tangents, 1e-4);
}

TEST(Thread, RepeatsWithThePitchAndFollowsTheHelix)
{
  const ScrewSurface surface{ScrewGeometry{}};
  for (double s = full_begin; s < full_end - 0.7; s += 0.013)
    for (const double theta : {0., 1., 2.5, -4.})
    {
      const double r = surface.radius(theta, s);
      EXPECT_NEAR(surface.radius(theta, s + 0.7), r, 1e-12);
      EXPECT_NEAR(surface.radius(theta + 2. * pi, s), r, 1e-12);
      const double turn = 0.4;
      EXPECT_NEAR(
        surface.radius(theta + turn, s + 0.7 * turn / (2. * pi)), r, 1e-12);
    }
}

TEST(Thread, IsRightHanded)
{
  // Seen from the head (+z), going counter-clockwise the thread must rise.
  const ScrewSurface surface{ScrewGeometry{}};
  const double       at_0  = middle_of_flank(surface, 0., 4., true);
  const double       at_90 = middle_of_flank(surface, pi / 2., at_0, true);
  EXPECT_NEAR(at_90 - at_0, 0.7 / 4., 1e-4);
}

TEST(Thread, LeadingFlankFacesTheTip)
{
  ScrewGeometry geometry;
  geometry.leading_flank_angle  = 40.;
  geometry.trailing_flank_angle = 15.;
  const ScrewSurface surface(geometry);
  // Towards the head, the leading flank rises and the trailing one falls.
  const double leading  = middle_of_flank(surface, 1., 4., true);
  const double trailing = middle_of_flank(surface, 1., leading, false);
  EXPECT_NEAR(slope(surface, 1., leading), 1. / std::tan(40. * degree), 1e-6);
  EXPECT_NEAR(slope(surface, 1., trailing), -1. / std::tan(15. * degree), 1e-6);
  const double flanks = 0.2 * (std::tan(40. * degree) + std::tan(15. * degree));
  EXPECT_NEAR(trailing - leading, geometry.crest_width + flanks / 2., 1e-4);
}

TEST(Thread, FilletsAreCircularArcs)
{
  const ScrewSurface surface{ScrewGeometry{}};
  const double       pitch = 0.7, depth = 0.2, h = 1e-4;
  const auto         y = [&](const double x) {
    return depth * surface.thread_profile(x / pitch);
  };
  // Sharp corners, from the middle of the root; a quarter of the tangent
  // length before each of them the profile is on the arc.
  const double trailing_run = depth * std::tan(20. * degree);
  const double root         = pitch - 0.1 - depth - trailing_run;
  const double corners[]    = {
       root / 2., root / 2. + depth + 0.1, pitch - root / 2.};
  const double sign[] = {1., -1., 1.};
  for (unsigned int i = 0; i < 3; ++i)
  {
    const double x         = corners[i] - (i == 2 ? -1. : 1.) * 0.003;
    const double d1        = (y(x + h) - y(x - h)) / (2. * h);
    const double d2        = (y(x + h) - 2. * y(x) + y(x - h)) / (h * h);
    const double curvature = d2 / std::pow(1. + d1 * d1, 1.5);
    EXPECT_NEAR(curvature, sign[i] / 0.03, 0.01 / 0.03) << "corner " << i;
  }
}

TEST(Thread, MeanIsThatOfTheProfile)
{
  const ScrewSurface surface{ScrewGeometry{}};
  const unsigned int n   = 100000;
  double             sum = 0.;
  for (unsigned int i = 0; i < n; ++i)
    sum += surface.thread_profile((i + 0.5) / n);
  EXPECT_NEAR(sum / n, surface.mean_thread_profile(), 1e-7);
}

TEST(Thread, FadesAtTheCollarAndWithTheTip)
{
  const ScrewSurface surface{ScrewGeometry{}};
  EXPECT_EQ(surface.thread_fade(0.), 0.);
  EXPECT_NEAR(surface.thread_fade(1.), 0.5, 1e-12); // half of the cone
  EXPECT_EQ(surface.thread_fade(full_begin), 1.);
  EXPECT_EQ(surface.thread_fade(full_end), 1.);
  EXPECT_EQ(surface.thread_fade(8.), 0.);

  ScrewGeometry flat;
  flat.tip           = TipShape::flat;
  flat.thread_runout = 0.4;
  const ScrewSurface flat_ended(flat);
  EXPECT_EQ(flat_ended.thread_fade(0.), 0.);
  EXPECT_NEAR(flat_ended.thread_fade(0.2), 0.5, 1e-12);
  EXPECT_EQ(flat_ended.thread_fade(0.4), 1.);
}

TEST(Thread, KeepsItsDepthOnAConicalCore)
{
  ScrewGeometry geometry;
  geometry.core_taper = 0.15;
  const ScrewSurface surface(geometry);
  for (double s = full_begin; s < full_end - 0.7; s += 0.7)
  {
    double thread = 0.;
    for (double ds = 0.; ds < 0.7; ds += 1e-4)
      thread = std::max(
        thread, surface.radius(0., s + ds) - surface.core_radius(s + ds));
    EXPECT_NEAR(thread, 0.2, 1e-12);
  }
}
