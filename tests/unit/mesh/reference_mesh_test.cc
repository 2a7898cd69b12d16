// SPDX-License-Identifier: LGPL-2.1-or-later
// Planes, faces and sizes of the mesh against what the site says.
#include "solver/base/errors.h"

#include "tests/verification/discretisation.h"

#include <gtest/gtest.h>

#include <cmath>

using namespace miniscrew;
using verification::Discretisation;
using Cell = dealii::Triangulation<3>::active_cell_iterator;

namespace
{
mesh::BoneSite
tilted_site(const double angle)
{
  mesh::BoneSite site;
  site.near_cortex     = 1.5;
  site.cancellous      = 7.;
  site.far_cortex      = 1.;
  site.width_x         = 10.;
  site.width_y         = 8.;
  site.insertion_angle = angle;
  site.insertion_depth = 6.;
  return site;
}

struct Body : Discretisation
{
  explicit Body(const mesh::BoneSite &site, const double size = 0.3)
    : Discretisation(verification::catalogue_surface("Dual Top", 1.6, 8.),
                     site,
                     verification::to_sizes(size, 2.),
                     2)
  {}

  // Calls action(cell number, cell, face) for the owned faces with an id.
  template <typename Action>
  void
  for_faces(const dealii::types::boundary_id id, const Action &action) const
  {
    for (std::size_t c = 0; c < space.cells().size(); ++c)
      for (const unsigned int f : space.cells()[c]->face_indices())
        if (space.cells()[c]->at_boundary(f) &&
            space.cells()[c]->face(f)->boundary_id() == id)
          action(c, space.cells()[c], f);
  }

  double
  area(const dealii::types::boundary_id id) const
  {
    double result = 0.;
    for_faces(id, [&](const std::size_t c, const Cell &, const unsigned int f) {
      const fem::FaceQuadrature rule(4, f);
      const fem::ShapeTable     table(2, rule.points);
      const auto                nodes = geometry.cell_nodes(c);
      for (unsigned int q = 0; q < table.n_points; ++q)
      {
        const fem::Matrix3 J = fem::Geometry::jacobian(nodes, table, q);
        const unsigned int a = rule.first_direction, b = rule.second_direction;
        double             square = 0.;
        for (unsigned int d = 0; d < 3; ++d)
        {
          const unsigned int e = (d + 1) % 3, g = (d + 2) % 3;
          square += std::pow(J[e][a] * J[g][b] - J[g][a] * J[e][b], 2);
        }
        result += rule.weights[q] * std::sqrt(square);
      }
    });
    return dealii::Utilities::MPI::sum(result, MPI_COMM_WORLD);
  }
};
} // namespace

TEST(ReferenceMesh, OuterFacesHaveTheirAreas)
{
  for (const double angle : {90., 75.})
  {
    SCOPED_TRACE(angle);
    const Body   body(tilted_site(angle));
    const double sine   = std::sin(angle * M_PI / 180.);
    const double height = 9.5 / sine;
    EXPECT_NEAR(body.area(mesh::boundary::x_lower), 8. * height, 1e-8);
    EXPECT_NEAR(body.area(mesh::boundary::x_upper), 8. * height, 1e-8);
    EXPECT_NEAR(body.area(mesh::boundary::y_lower), 10. * height, 1e-8);
    EXPECT_NEAR(body.area(mesh::boundary::y_upper), 10. * height, 1e-8);
    // Away from the screw's column the bottom may be curved a little.
    EXPECT_NEAR(body.area(mesh::boundary::bottom), 80. / sine, 0.2);
  }
}

TEST(ReferenceMesh, LayersHaveTheirVolumes)
{
  const mesh::BoneSite site = tilted_site(90.);
  const Body           body(site);
  const fem::Quality   quality = fem::measure_quality(body.geometry);
  // The screw ends above the far cortex, so that is whole.
  EXPECT_NEAR(quality.volume[2], 80. * site.far_cortex, 1e-8);
  double inserted = 0.;
  for (unsigned int layer = 0; layer < 2; ++layer)
    inserted += 80. * (layer == 0 ? site.near_cortex : site.cancellous) -
                quality.volume[layer];
  const double radius = 0.8;
  EXPECT_LT(inserted, M_PI * radius * radius * site.insertion_depth);
  EXPECT_GT(inserted, 0.5 * M_PI * radius * radius * site.insertion_depth);
}

// The total volume of bone and screw below the surface is that of the block,
// and far from the screw all planes are where the site puts them.
TEST(ReferenceMesh, PlanesOfATiltedSiteAreTrueAwayFromTheScrew)
{
  for (const double angle : {80., 60., 45.})
  {
    SCOPED_TRACE(angle);
    const mesh::BoneSite    site = tilted_site(angle);
    const Body              body(site);
    const double            slope    = std::tan((90. - angle) * M_PI / 180.);
    const mesh::LayerPlanes planes   = mesh::layer_planes(site);
    const double            below[4] = {
                 0., planes.near_cortex_end, planes.cancellous_end, planes.far_cortex_end};
    unsigned int n_nodes = 0;
    for (std::size_t c = 0; c < body.space.cells().size(); ++c)
    {
      const auto &cell  = body.space.cells()[c];
      const auto  nodes = body.geometry.cell_nodes(c);
      if (mesh::gauge(cell->center()) < body.map.patch_gauge())
        continue;
      ASSERT_LT(cell->material_id(), 3);
      for (const fem::Vector3 &x : nodes)
      {
        const double plane = x[2] - slope * x[0];
        EXPECT_LE(plane, below[cell->material_id()] + 1e-9);
        EXPECT_GE(plane, below[cell->material_id() + 1] - 1e-9);
        ++n_nodes;
      }
    }
    EXPECT_GT(dealii::Utilities::MPI::sum(n_nodes, MPI_COMM_WORLD), 1000u);
  }
}

TEST(ReferenceMesh, CellsAtTheInterfaceHaveTheSizeAskedFor)
{
  double last = 0.;
  for (const double size : {0.36, 0.18, 0.12})
  {
    SCOPED_TRACE(size);
    const Body   body(tilted_site(90.), size);
    double       longest = 0.;
    unsigned int n_faces = 0;
    for (std::size_t c = 0; c < body.space.cells().size(); ++c)
      for (const unsigned int f : body.space.cells()[c]->face_indices())
        if (body.space.cells()[c]->material_id() == mesh::screw_id &&
            mesh::at_interface(body.space.cells()[c], f))
        {
          const auto x = body.geometry.cell_nodes(c);
          // Chords between opposite vertices of the face along z.
          longest = std::max(longest, x[18][2] - x[0][2]);
          ++n_faces;
        }
    longest = dealii::Utilities::MPI::max(longest, MPI_COMM_WORLD);
    n_faces = dealii::Utilities::MPI::sum(n_faces, MPI_COMM_WORLD);
    // Refinement stops at 1.25 of the aim.
    EXPECT_LT(longest, 1.3 * size);
    EXPECT_GT(longest, 0.5 * size);
    EXPECT_GT(n_faces, last);
    last = n_faces;
  }
}

// p4est crashed here, or worse, while faces were turned against each other.
TEST(ReferenceMesh, FineMeshesAreBalanced)
{
  const auto     surface = verification::catalogue_surface("Lomas", 2.3, 7.);
  mesh::BoneSite site    = tilted_site(60.);
  site.cancellous        = 9.;
  site.far_cortex        = 0.;
  site.insertion_depth   = 7.;
  const mesh::ScrewBoneMap map(*surface, site);
  for (const double size : {0.128, 0.1})
  {
    const auto mesh = mesh::make_reference_mesh(
      map, mesh::InterfaceMesh::paired, MPI_COMM_WORLD);
    mesh::refine_to_sizes(*mesh, map, {size, 1.5});
    for (const auto &cell : mesh->active_cell_iterators())
      if (!cell->is_artificial())
        for (const unsigned int f : cell->face_indices())
          if (!cell->at_boundary(f) && cell->neighbor(f)->is_active() &&
              !cell->neighbor(f)->is_artificial())
          {
            EXPECT_LE(std::abs(cell->level() - cell->neighbor(f)->level()), 1);
          }
  }
}

// Sides that cells share have the same direction in all of them.
TEST(ReferenceMesh, CellsAreOrientedAlike)
{
  const auto surface = verification::catalogue_surface("Dual Top", 1.6, 8.);
  const mesh::ScrewBoneMap map(*surface, tilted_site(90.));
  const auto               mesh =
    mesh::make_reference_mesh(map, mesh::InterfaceMesh::shared, MPI_COMM_WORLD);
  for (const auto &cell : mesh->cell_iterators_on_level(0))
    for (const unsigned int line : cell->line_indices())
      EXPECT_TRUE(cell->line_orientation(line));
}

TEST(ReferenceMesh, ScrewThatDoesNotFitIsRefused)
{
  mesh::BoneSite site = tilted_site(90.);
  site.width_y        = 1.5;
  EXPECT_THROW(Body{site}, UserError);
  site                 = tilted_site(90.);
  site.insertion_depth = 9.5;
  EXPECT_THROW(Body{site}, UserError);
}
