// SPDX-License-Identifier: LGPL-2.1-or-later
// Screw and bone as separate bodies.
#pragma once

#include "solver/equilibrium/equilibrium_problem.h"

#include "tests/verification/discretisation.h"

namespace miniscrew::verification
{
/// Map, paired mesh, space with separate bodies, and geometry.
struct ContactBlock
{
  ContactBlock(const Surface        &surface_,
               const mesh::BoneSite &site,
               const Refine         &refine,
               const unsigned int    degree = 2)
    : surface(surface_),
      map(*surface, site),
      triangulation(mesh::make_reference_mesh(map,
                                              mesh::InterfaceMesh::paired,
                                              MPI_COMM_WORLD)),
      space(refined(refine), degree, fem::InterfaceNodes::separate),
      geometry(space, map)
  {}

  Surface                              surface;
  mesh::ScrewBoneMap                   map;
  std::unique_ptr<mesh::Triangulation> triangulation;
  fem::NodeSpace                       space;
  fem::Geometry                        geometry;

private:
  const mesh::Triangulation &
  refined(const Refine &refine)
  {
    refine(*triangulation, map);
    return *triangulation;
  }
};
} // namespace miniscrew::verification
