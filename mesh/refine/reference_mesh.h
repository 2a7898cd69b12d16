// SPDX-License-Identifier: LGPL-2.1-or-later
// The coarse hexahedral mesh in reference coordinates, and its refinement.
#pragma once

#include "mesh/map/screw_bone_map.h"

#include <deal.II/distributed/tria.h>

#include <mpi.h>

#include <memory>

namespace miniscrew::mesh
{
using Triangulation = dealii::parallel::distributed::Triangulation<3>;

/// Material ids: the bone layers as numbered in Layer, then the screw.
constexpr dealii::types::material_id screw_id = 3;
constexpr unsigned int               n_layers = 3;
constexpr unsigned int               n_bodies = 4;

/// Boundary ids of the reference mesh.
namespace boundary
{
constexpr dealii::types::boundary_id x_lower = 1, x_upper = 2, y_lower = 3,
                                     y_upper = 4, bottom = 5, bone_surface = 6,
                                     screw_side = 7, screw_top = 8;
/// Screw and bone side of the interface of a mesh with paired faces.
constexpr dealii::types::boundary_id interface_screw = 10, interface_bone = 11;
} // namespace boundary

/// How screw and bone cells meet.
enum class InterfaceMesh
{
  shared, ///< one vertex for both bodies
  paired  ///< duplicated vertices, faces tied by a periodicity of zero offset
};

/// Cell sizes in mm that the refinement aims at.
struct MeshSizes
{
  double interface_size = 0.18;
  double far_size       = 1.5;
};

/// Builds the coarse mesh of @p map: positions are reference coordinates,
/// material and boundary ids are set. The coarse mesh is the only part of the
/// mesh that every rank holds. Collective.
std::unique_ptr<Triangulation> make_reference_mesh(const ScrewBoneMap &map,
                                                   InterfaceMesh interface_mesh,
                                                   MPI_Comm      communicator);

/// Refines towards the screw's surface in the bone (and, one level coarser,
/// above it) until cells have about the given sizes. Collective.
void refine_to_sizes(Triangulation      &triangulation,
                     const ScrewBoneMap &map,
                     const MeshSizes    &sizes);

/// Whether @p face of @p cell lies between screw and bone.
bool at_interface(const Triangulation::cell_iterator &cell, unsigned int face);

/// Centre of @p cell in reference coordinates: gauge of the cross-section
/// (2 is the screw's surface) and layer coordinate.
double gauge(const dealii::Point<3> &reference);
} // namespace miniscrew::mesh
