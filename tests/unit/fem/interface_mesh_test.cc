// SPDX-License-Identifier: LGPL-2.1-or-later
// Screw and bone side of a mesh with paired interface faces match.
#include "mesh/refine/reference_mesh.h"

#include "tests/verification/discretisation.h"

#include <gtest/gtest.h>

#include <cmath>

using namespace miniscrew;
using namespace miniscrew::mesh;

namespace
{
/// Level and centre (in reference coordinates, scaled to integers) of a face.
using Face  = std::array<long, 4>;
using Faces = std::vector<Face>;

// The active faces of all ranks that @p wanted selects, sorted. Collective.
Faces
faces(const Triangulation                     &triangulation,
      const std::function<bool(const Triangulation::cell_iterator &,
                               unsigned int)> &wanted)
{
  Faces here;
  for (const auto &cell : triangulation.active_cell_iterators())
    if (cell->is_locally_owned())
      for (const unsigned int f : cell->face_indices())
        if (wanted(cell, f))
        {
          const auto centre = cell->face(f)->center();
          const auto whole  = [](const double x) {
            return std::lround(x * 4096.);
          };
          here.push_back({{cell->level(),
                           whole(centre[0]),
                           whole(centre[1]),
                           whole(centre[2])}});
        }
  Faces all;
  for (const Faces &part :
       dealii::Utilities::MPI::all_gather(MPI_COMM_WORLD, here))
    all.insert(all.end(), part.begin(), part.end());
  std::sort(all.begin(), all.end());
  return all;
}

auto
on_boundary(const dealii::types::boundary_id id)
{
  return [id](const Triangulation::cell_iterator &cell, const unsigned int f) {
    return cell->at_boundary(f) && cell->face(f)->boundary_id() == id;
  };
}

struct Screw
{
  Screw()
    : surface(verification::catalogue_surface("Dual Top", 1.6, 8.)),
      map(*surface, verification::site(1.5, 9., 8., 8.))
  {}

  std::unique_ptr<Triangulation>
  mesh(const InterfaceMesh kind, const double size) const
  {
    auto result = make_reference_mesh(map, kind, MPI_COMM_WORLD);
    refine_to_sizes(*result, map, {size, 3.});
    return result;
  }

  verification::Surface surface;
  ScrewBoneMap          map;
};
} // namespace

TEST(InterfaceMesh, PairedFacesMatchInNumberPlaceAndLevel)
{
  const Screw screw;
  for (const double size : {1., 0.36, 0.18})
  {
    const auto  mesh     = screw.mesh(mesh::InterfaceMesh::paired, size);
    const Faces on_screw = faces(*mesh, on_boundary(boundary::interface_screw)),
                on_bone  = faces(*mesh, on_boundary(boundary::interface_bone));
    EXPECT_GT(on_screw.size(), 100u);
    EXPECT_EQ(on_screw, on_bone);
  }
}

TEST(InterfaceMesh, SharedAndPairedMeshesHaveTheSameInterface)
{
  const Screw screw;
  const auto  shared = screw.mesh(mesh::InterfaceMesh::shared, 0.36),
             paired  = screw.mesh(mesh::InterfaceMesh::paired, 0.36);
  const auto side    = [](const bool in_screw) {
    return [in_screw](const Triangulation::cell_iterator &cell,
                      const unsigned int                  f) {
      return (cell->material_id() == screw_id) == in_screw &&
             at_interface(cell, f);
    };
  };
  EXPECT_EQ(shared->n_global_active_cells(), paired->n_global_active_cells());
  EXPECT_EQ(faces(*shared, side(true)), faces(*paired, side(true)));
  EXPECT_EQ(faces(*shared, side(false)), faces(*paired, side(false)));
  EXPECT_TRUE(faces(*shared, on_boundary(boundary::interface_screw)).empty());
}
