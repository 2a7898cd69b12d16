// SPDX-License-Identifier: LGPL-2.1-or-later
// Sizes of meshes that are estimated, and cells far from the screw.
#include "mesh/refine/cell_count.h"

#include "solver/base/errors.h"

#include "tests/unit/mesh/assertions.h"
#include "tests/verification/discretisation.h"

#include <gtest/gtest.h>

#include <chrono>
#include <cmath>

using namespace miniscrew;

namespace
{
mesh::BoneSite
wide_site(const double width, const double angle = 90.)
{
  mesh::BoneSite site;
  site.cancellous      = 8.;
  site.insertion_angle = angle;
  site.insertion_depth = 6.;
  site.width_x = site.width_y = width;
  return site;
}

mesh::MapOptions
with_far_size(const double far_size)
{
  mesh::MapOptions options;
  options.far_size = far_size;
  return options;
}

double
true_cells(const mesh::ScrewBoneMap &map, const mesh::MeshSizes &sizes)
{
  const auto mesh =
    mesh::make_reference_mesh(map, mesh::InterfaceMesh::shared, MPI_COMM_WORLD);
  mesh::refine_to_sizes(*mesh, map, sizes);
  return static_cast<double>(mesh->n_global_active_cells());
}
} // namespace

TEST(CellCount, IsWithinAThird)
{
  for (const auto &[system, diameter, length] :
       {std::tuple("Dual Top", 1.6, 8.),
        std::tuple("Lomas", 2.3, 7.),
        std::tuple("AbsoAnchor", 1.2, 6.)})
    for (const double angle : {90., 60.})
      for (const mesh::MeshSizes &sizes : {mesh::MeshSizes{0.8, 4.},
                                           mesh::MeshSizes{0.4, 1.5},
                                           mesh::MeshSizes{0.2, 2.},
                                           mesh::MeshSizes{0.12, 1.5},
                                           mesh::MeshSizes{0.3, 0.5}})
      {
        if (verification::has_assertions && sizes.interface_size < 0.2)
          continue;
        SCOPED_TRACE(std::string(system) + " at " + std::to_string(angle) +
                     " degrees, " + std::to_string(sizes.interface_size) +
                     " mm");
        const auto surface =
          verification::catalogue_surface(system, diameter, length);
        const mesh::ScrewBoneMap map(
          *surface, wide_site(10., angle), with_far_size(sizes.far_size));
        const double cells = true_cells(map, sizes);
        EXPECT_NEAR(mesh::estimate_cells(map, sizes) / cells, 1., 0.33);
        EXPECT_NEAR(mesh::estimate_cells(map, sizes, 300) / cells, 1., 0.33);
      }
}

TEST(CellCount, TakesNoTimeForHugeMeshes)
{
  const auto surface = verification::catalogue_surface("Dual Top", 1.6, 8.);
  for (const mesh::MeshSizes &sizes :
       {mesh::MeshSizes{0.01, 1.5}, mesh::MeshSizes{0.01, 0.02}})
  {
    const auto               start = std::chrono::steady_clock::now();
    const mesh::ScrewBoneMap map(
      *surface, wide_site(100.), with_far_size(sizes.far_size));
    EXPECT_GT(mesh::estimate_cells(map, sizes), 1e6);
    const std::chrono::duration<double> seconds =
      std::chrono::steady_clock::now() - start;
    EXPECT_LT(seconds.count(), 1.);
  }
}

TEST(CellCount, ScrewTooThinForItsBlockIsRefused)
{
  mesh::ScrewGeometry pin;
  pin.diameter = pin.core_diameter = 1e-4;
  pin.length = pin.cutting_length = 2.;
  pin.tip                         = mesh::TipShape::flat;
  pin.collar_height = pin.collar_diameter = 0.1;
  const mesh::ScrewSurface surface(pin);
  mesh::BoneSite           site = wide_site(100.);
  site.insertion_depth          = 2.;
  EXPECT_THROW(mesh::ScrewBoneMap(surface, site), UserError);
}

// Sizes above 1.5 mm had no effect.
TEST(FarSize, GovernsTheCellsFarAway)
{
  const auto surface = verification::catalogue_surface("Dual Top", 1.6, 8.);
  const mesh::BoneSite site = wide_site(60.);
  double               last = 1e300;
  for (const double far_size : {1.5, 2.5, 5., 12.})
  {
    SCOPED_TRACE(far_size);
    const mesh::ScrewBoneMap map(*surface, site, with_far_size(far_size));
    const auto               mesh = mesh::make_reference_mesh(
      map, mesh::InterfaceMesh::shared, MPI_COMM_WORLD);
    mesh::refine_to_sizes(*mesh, map, {0.6, far_size});
    const auto n_cells = static_cast<double>(mesh->n_global_active_cells());
    EXPECT_LT(n_cells, (far_size > 1.5 ? 0.7 : 1.) * last);
    last = n_cells;

    double widest = 0.;
    for (const auto &cell : mesh->active_cell_iterators())
      if (cell->is_locally_owned())
      {
        const auto a = cell->vertex(0), b = cell->vertex(7);
        const auto low  = map.position({{a[0], a[1], a[2]}}),
                   high = map.position({{b[0], b[1], b[2]}});
        for (unsigned int d = 0; d < 2; ++d)
          widest = std::max(widest, std::abs(high[d] - low[d]));
      }
    widest = dealii::Utilities::MPI::max(widest, MPI_COMM_WORLD);
    EXPECT_LT(widest, 1.3 * std::max(far_size, map.patch_half_width()));
    EXPECT_GT(widest, 0.6 * far_size);
  }
}

TEST(FarSize, GovernsTheLayersFarBelow)
{
  const auto     surface = verification::catalogue_surface("Dual Top", 1.6, 8.);
  mesh::BoneSite site    = wide_site(10.);
  site.cancellous        = 150.;
  const mesh::ScrewBoneMap fine(*surface, site, with_far_size(1.5)),
    coarse(*surface, site, with_far_size(10.));
  EXPECT_LT(coarse.n_layers(), 0.7 * fine.n_layers());
  for (unsigned int layer = 0; layer < coarse.n_layers(); ++layer)
    EXPECT_LT(coarse.layer_height(layer), 10.);
}
