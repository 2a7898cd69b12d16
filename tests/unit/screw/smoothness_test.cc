// SPDX-License-Identifier: LGPL-2.1-or-later
// R is continuously differentiable in both directions, and not too steep.
#include "mesh/screw/catalogue.h"
#include "mesh/screw/screw_surface.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>

using namespace miniscrew::mesh;

namespace
{
/// Greatest change of slope between neighbouring intervals of width @p h; at a
/// kink it does not fall with h.
double
greatest_kink(const std::function<double(double)> &f,
              const double                         begin,
              const double                         end,
              const double                         h)
{
  double before = f(begin), here = f(begin + h), kink = 0.;
  for (double x = begin + h; x < end - h; x += h)
  {
    const double after = f(x + h);
    kink   = std::max(kink, std::abs(after - 2. * here + before) / h);
    before = here;
    here   = after;
  }
  return kink;
}

const double step = 4e-6; // mm or rad

// The greatest second derivative of a 20 degree flank's fillet of 0.03 mm is
// 1 / (0.03 cos(70 deg)^3) = 833 / mm; that of everything else is far less, and
// along theta it is smaller by the square of pitch / (2 pi).
const double allowed = 900. * step;

void
expect_smooth(const ScrewGeometry &geometry)
{
  SCOPED_TRACE(geometry.name);
  const ScrewSurface surface(geometry);
  const double       pi = std::acos(-1.);
  for (const double theta : {0., 2.})
    EXPECT_LT(
      greatest_kink([&](const double s) { return surface.radius(theta, s); },
                    0.,
                    surface.height(),
                    step),
      allowed);
  EXPECT_LT(
    greatest_kink([&](const double s) { return surface.mean_radius(s); },
                  0.,
                  surface.height(),
                  step),
    50. * step);
  // Through the seam at 2 pi, in the tip, in the thread, at its end, in the
  // transition to the head and in the head.
  const double top = geometry.length + geometry.collar_height;
  for (const double s :
       {0.3, 0.5 * geometry.length, geometry.length - 0.2, top + 0.1, top + 1.})
    EXPECT_LT(greatest_kink(
                [&](const double theta) { return surface.radius(theta, s); },
                -0.1,
                2. * pi + 0.1,
                step),
              0.3 * allowed)
      << "s = " << s;
}
} // namespace

TEST(Smoothness, TheScanSeesAKink)
{
  const auto roof = [](const double x) { return 0.01 * std::abs(x - 0.5); };
  EXPECT_GT(greatest_kink(roof, 0., 1., step), 2. * allowed);
}

TEST(Smoothness, CuttingAndHexagonal)
{
  expect_smooth(catalogue_screw("Dual Top", 1.6, 8.));
}

TEST(Smoothness, BluntAndOctagonal)
{
  expect_smooth(catalogue_screw("Spider Screw", 2.0, 7.));
}

TEST(Smoothness, ConicalAndShort)
{
  expect_smooth(catalogue_screw("AbsoAnchor", 1.2, 4., "conical"));
}

TEST(Smoothness, RoundHeadWithoutCollar)
{
  ScrewGeometry geometry = catalogue_screw("Lomas", 2.3, 11.);
  geometry.collar_height = 0.;
  geometry.core_taper    = 0.1;
  expect_smooth(geometry);
}

TEST(Smoothness, LargeFilletsAreReducedUntilTheyFit)
{
  ScrewGeometry geometry;
  geometry.fillet_radius = 5.;
  expect_smooth(geometry); // limited by the crest
  geometry.crest_width = 0.3;
  expect_smooth(geometry); // by the root
  geometry.core_diameter = 1.5;
  expect_smooth(geometry); // by the flanks
}

TEST(Smoothness, NoCatalogueScrewIsSteeperThanItsTrailingFlank)
{
  // Flanks of 20 degrees have a slope of 2.75; fading adds to it.
  for (const CatalogueSystem &system : catalogue())
    for (const CatalogueSize &size : system.sizes)
      for (const std::string &shape : system.shapes)
      {
        const ScrewSurface surface(catalogue_screw(
          system.system, size.diameter, size.lengths.front(), shape));
        const double       h        = 1e-3;
        double             steepest = 0.;
        for (double s = 0.; s < surface.height() - h; s += h)
          for (const double theta : {0., 0.4, 1.3})
            steepest = std::max(steepest,
                                std::abs(surface.radius(theta, s + h) -
                                         surface.radius(theta, s)) /
                                  h);
        EXPECT_LT(steepest, 3.) << surface.geometry().name;
      }
}
