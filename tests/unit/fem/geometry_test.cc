// SPDX-License-Identifier: LGPL-2.1-or-later
// Volumes of the isoparametric bodies, and smoothness of the map in its cells.
#include "solver/fem/space/geometry.h"

#include "tests/unit/fem/small_block.h"

#include <gtest/gtest.h>

#include <limits>

using namespace miniscrew;
using namespace miniscrew::fem;
using namespace miniscrew::verification;

namespace
{
constexpr double pi = 3.14159265358979323846;
}

TEST(Volume, OfLayersAroundAPinIsAnalytic)
{
  const double   radius = 0.7, width = 4., depth = 2.2;
  const double   disc = pi * radius * radius, square = width * width;
  const double   near = 0.8, cancellous = 1.2, far = 0.6;
  mesh::BoneSite block        = site(near, cancellous, width, depth);
  block.far_cortex            = far;
  const double         in_far = depth - near - cancellous;
  const Discretisation pin(
    std::make_shared<Pin>(radius, 3.), block, globally(1), 2);
  const Quality quality                  = measure_quality(pin.geometry);
  const double  expected[mesh::n_bodies] = {near * (square - disc),
                                            cancellous * (square - disc),
                                            far * square - in_far * disc,
                                            3. * disc};
  for (unsigned int body = 0; body < mesh::n_bodies; ++body)
    EXPECT_NEAR(quality.volume[body], expected[body], 1e-4 * expected[body])
      << body;
  EXPECT_GT(quality.min_scaled_jacobian, 0.3);
}

TEST(Volume, OfAScrewConvergesToThatOfItsSurface)
{
  const double        width = 8., block = width * width * 10.5;
  std::vector<double> errors;
  for (const double size : {0.5, 0.18, 0.09})
  {
    const Discretisation screw(catalogue_surface("Dual Top", 1.6, 8.),
                               site(1.5, 9., width, 8.),
                               to_sizes(size, 3.),
                               2);
    const Quality        quality = measure_quality(screw.geometry);
    const double         exact   = screw.surface->volume();
    errors.push_back(std::abs(quality.volume[mesh::screw_id] / exact - 1.));
    // What the screw displaces is missing in the bone.
    const double bone =
      quality.volume[0] + quality.volume[1] + quality.volume[2];
    EXPECT_LT(bone, block);
    EXPECT_GT(bone, block - exact);
    if (dealii::Utilities::MPI::this_mpi_process(MPI_COMM_WORLD) == 0)
      std::printf("size %.2f mm: error of the screw's volume %.1e\n",
                  size,
                  errors.back());
  }
  EXPECT_LT(errors[0], 0.02);
  EXPECT_LT(errors[1], 0.5 * errors[0]);
  EXPECT_LT(errors[2], 0.5 * errors[1]);
  EXPECT_LT(errors[2], 2e-4);
}

// A Jacobian that is no number counted as that of a good cell.
TEST(Quality, CellsWithoutShapeAreTheWorst)
{
  std::vector<Vector3> cube;
  for (unsigned int v = 0; v < 8; ++v)
    cube.push_back({{v & 1 ? 1. : 0., v & 2 ? 1. : 0., v & 4 ? 1. : 0.}});
  const CellGauge gauge(1);
  EXPECT_NEAR(gauge.measure(cube).scaled_jacobian, 1., 1e-12);
  EXPECT_NEAR(gauge.measure(cube).aspect_ratio, 1., 1e-12);

  std::vector<Vector3> nowhere = cube;
  nowhere[5][1]                = std::numeric_limits<double>::quiet_NaN();
  EXPECT_FALSE(gauge.measure(nowhere).scaled_jacobian > 0.);
  EXPECT_GT(gauge.measure(nowhere).aspect_ratio, 1e300);

  const std::vector<Vector3> point(8, Vector3{{1., 2., 3.}});
  EXPECT_FALSE(gauge.measure(point).scaled_jacobian > 0.);
  EXPECT_GT(gauge.measure(point).aspect_ratio, 1e300);
}

// The diagonals of the screw's square core cross its cells.
TEST(Map, IsSmoothAcrossTheCoresDiagonals)
{
  const auto         surface = std::make_shared<Pin>(0.7, 2.5);
  mesh::ScrewBoneMap map(*surface, site(0.8, 1.2, 4., 1.4));
  const double       step = 1e-4, Z = 0.5 * map.n_layers();
  for (const double on_diagonal : {0.3, 0.6, 0.9})
  {
    const auto at = [&](const double along_x) {
      return map.position({{on_diagonal + along_x, on_diagonal, Z}});
    };
    const auto below = at(-step), here = at(0.), above = at(step);
    for (unsigned int d = 0; d < 3; ++d)
    {
      const double jump =
        (above[d] - here[d]) / step - (here[d] - below[d]) / step;
      EXPECT_LT(std::abs(jump), 1e-3) << on_diagonal << ", " << d;
    }
  }
}
