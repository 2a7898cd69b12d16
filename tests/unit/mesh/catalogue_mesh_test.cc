// SPDX-License-Identifier: LGPL-2.1-or-later
// Every screw of the catalogue makes a valid mesh at the default resolution.
#include "tests/unit/mesh/assertions.h"
#include "tests/verification/discretisation.h"

#include <gtest/gtest.h>

#include <cmath>

using namespace miniscrew;

namespace
{
// Volume between two stations of a graph r = R(theta, s): the midpoint rule in
// both directions, far finer than any mesh here.
double
volume_of_graph(const mesh::RadialSurface &surface,
                const double               from,
                const double               to)
{
  const unsigned int n_theta = 64, n_s = 1500;
  double             sum = 0.;
  for (unsigned int i = 0; i < n_s; ++i)
    for (unsigned int k = 0; k < n_theta; ++k)
    {
      const double r = surface.radius(2. * M_PI * (k + .5) / n_theta,
                                      from + (to - from) * (i + .5) / n_s);
      sum += r * r;
    }
  return sum * M_PI * (to - from) / (n_s * n_theta);
}

void
expect_valid_mesh(const mesh::ScrewGeometry &screw, const double length)
{
  const auto surface = std::make_shared<mesh::ScrewSurface>(screw);
  const auto site    = verification::site(1.5, length + 1., 10., length);
  const verification::Discretisation body(
    surface, site, verification::to_sizes(0.18, 1.5), 2);
  const fem::Quality quality = fem::measure_quality(body.geometry);
  EXPECT_GT(quality.min_scaled_jacobian, 0.15);
  EXPECT_LT(quality.max_aspect_ratio, 12.);

  const double inserted = volume_of_graph(*surface, 0., length);
  const double whole    = volume_of_graph(*surface, 0., surface->height());
  const double block    = 100. * (1.5 + length + 1.);
  // Quadratic cells of 0.18 mm follow a thread to about 0.2 % of the volume.
  EXPECT_NEAR(
    quality.volume[0] + quality.volume[1], block - inserted, 3e-3 * inserted);
  EXPECT_NEAR(quality.volume[mesh::screw_id], whole, 3e-3 * whole);
  EXPECT_EQ(quality.volume[2], 0.);
}
} // namespace

TEST(CatalogueMesh, EveryScrewIsValidAndHasItsVolume)
{
  constexpr unsigned int stride   = verification::has_assertions ? 10 : 1;
  unsigned int           n_screws = 0;
  for (const auto &row : mesh::catalogue())
    for (const auto &shape : row.shapes)
      for (const auto &size : row.sizes)
        for (const double length : size.lengths)
        {
          const auto screw =
            mesh::catalogue_screw(row.system, size.diameter, length, shape);
          SCOPED_TRACE(screw.name + " " + shape);
          if (n_screws++ % stride == 0)
            expect_valid_mesh(screw, length);
        }
  EXPECT_GE(n_screws, 163u);
}
