// SPDX-License-Identifier: LGPL-2.1-or-later
// Tip, collar, head, the mean radius, and the smooth pin.
#include "mesh/screw/screw_surface.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

using namespace miniscrew::mesh;

namespace
{
const double pi = std::acos(-1.);

/// A smooth pin with a flat end, without collar and head.
ScrewGeometry
pin(const double radius, const double length)
{
  ScrewGeometry geometry;
  geometry.diameter = geometry.core_diameter = 2. * radius;
  geometry.length                            = length;
  geometry.tip                               = TipShape::flat;
  geometry.collar_height                     = 0.;
  geometry.head                              = HeadShape::none;
  return geometry;
}
} // namespace

TEST(Pin, HasTheSameRadiusEverywhere)
{
  const ScrewSurface surface(pin(0.6, 10.));
  EXPECT_EQ(surface.height(), 10.);
  EXPECT_TRUE(surface.stations().empty());
  for (const double s : {-1., 0., 0.1, 3., 9.99, 10., 11.})
  {
    EXPECT_EQ(surface.mean_radius(s), 0.6);
    for (const double theta : {0., 1., 4.})
      EXPECT_EQ(surface.radius(theta, s), 0.6);
  }
}

TEST(Tip, EndsWithItsRadius)
{
  for (const TipShape tip : {TipShape::cutting, TipShape::blunt})
  {
    ScrewGeometry geometry;
    geometry.tip        = tip;
    geometry.tip_length = tip == TipShape::blunt ? 0.8 : 2.0;
    geometry.tip_radius = tip == TipShape::blunt ? 0.36 : 0.15;
    const ScrewSurface surface(geometry);
    for (double theta = 0.; theta < 6.; theta += 0.1)
      EXPECT_NEAR(surface.radius(theta, 0.), geometry.tip_radius, 1e-14);
    EXPECT_EQ(surface.radius(1., -5.), surface.radius(1., 0.));
    // A straight cone below the rounded corner.
    EXPECT_NEAR(surface.core_radius(0.5 * geometry.tip_length),
                0.5 * (geometry.tip_radius + 0.6),
                1e-14);
    EXPECT_NEAR(surface.core_radius(1.25 * geometry.tip_length), 0.6, 1e-14);
  }
}

TEST(Tip, CoreOfAConicalScrewTapers)
{
  ScrewGeometry geometry;
  geometry.core_taper = 0.2;
  const ScrewSurface surface(geometry);
  EXPECT_NEAR(surface.core_radius(geometry.length), 0.6, 1e-14);
  EXPECT_NEAR(surface.core_radius(5.), 0.5 * (0.6 + 0.48), 1e-14);
  EXPECT_LT(surface.core_radius(2.), 0.48); // rounded corner
}

TEST(Head, HasItsWidthAcrossFlats)
{
  for (const unsigned int n_sides : {6u, 8u})
  {
    ScrewGeometry geometry;
    geometry.head = n_sides == 6 ? HeadShape::hexagonal : HeadShape::octagonal;
    const ScrewSurface surface(geometry);
    const double       s      = surface.height();
    const double       sector = 2. * pi / n_sides;
    for (unsigned int side = 0; side < n_sides; ++side)
    {
      const double middle = side * sector;
      EXPECT_NEAR(surface.radius(middle, s), 1.1, 1e-13);
      const double angle = 0.2 * sector; // still on the flat
      EXPECT_NEAR(
        surface.radius(middle + angle, s) * std::cos(angle), 1.1, 1e-13);
      // The arc of radius 0.22 cuts r (1/cos - 1) off the corner.
      const double cosine = std::cos(sector / 2.);
      EXPECT_NEAR(surface.radius(middle + sector / 2., s),
                  1.1 / cosine - 0.22 * (1. / cosine - 1.),
                  1e-13);
    }
  }
}

TEST(Head, CollarAndRoundHeadAreCylinders)
{
  ScrewGeometry geometry;
  geometry.head            = HeadShape::round;
  geometry.collar_diameter = 1.7;
  const ScrewSurface surface(geometry);
  for (const double theta : {0., 1., 2.})
  {
    EXPECT_DOUBLE_EQ(surface.radius(theta, 8.), 0.6);
    EXPECT_DOUBLE_EQ(surface.radius(theta, 8.5), 0.85);
    EXPECT_DOUBLE_EQ(surface.radius(theta, 9.), 0.85);
    EXPECT_DOUBLE_EQ(surface.radius(theta, 10.), 1.1);
  }
  EXPECT_EQ(surface.stations(), (std::vector<double>{2., 8., 9.}));
  EXPECT_EQ(surface.height(), 10.5);
}

TEST(MeanRadius, IsTheAzimuthalMean)
{
  ScrewGeometry geometry;
  geometry.core_taper = 0.15;
  const ScrewSurface surface(geometry);
  const unsigned int n = 20000;
  for (const double s : {0., 0.7, 1.9, 2.2, 4., 7.7, 8.1, 8.7, 9.1, 10.})
  {
    double sum = 0.;
    for (unsigned int i = 0; i < n; ++i)
      sum += surface.radius(2. * pi * (i + 0.5) / n, s);
    EXPECT_NEAR(sum / n, surface.mean_radius(s), 1e-6) << "s = " << s;
  }
}
