// SPDX-License-Identifier: LGPL-2.1-or-later
// What a mesh and a solution on it would take, before either is there.
#pragma once

#include "mesh/map/screw_bone_map.h"
#include "solver/case/case.h"

#include <mpi.h>

#include <string>

namespace miniscrew::model
{
/// What a mesh is made for.
enum class Purpose
{
  mesh, ///< to be looked at
  run   ///< to be solved on
};

/// Cells and displacement components of a mesh.
struct MeshSize
{
  double n_cells = 0., n_dofs = 0.;
};

/// How the map of a case is made.
mesh::MapOptions map_options(const Case &parameters);

/// Size of the mesh with cells of @p interface_size mm at the interface, within
/// a third. Takes milliseconds. Not collective.
MeshSize estimate_size(const mesh::ScrewBoneMap &map,
                       const Case               &parameters,
                       double                    interface_size,
                       unsigned int              n_samples = 1500);

/// Memory in MB that all ranks together take for a mesh of this size, roughly;
/// more where bodies are inelastic or in contact.
double estimate_memory(const Case     &parameters,
                       const MeshSize &size,
                       Purpose         purpose,
                       int             n_ranks);

/// Seconds that a run takes on @p n_ranks idle cores, from the mesh to the
/// results, roughly: Newton iterations are guessed.
double
estimate_seconds(const Case &parameters, const MeshSize &size, int n_ranks);

/// Throws UserError, saying what was estimated, what there is and what to
/// change, if the size exceeds the indices of the libraries or the memory.
/// Collective.
void refuse_too_large(const Case     &parameters,
                      const MeshSize &size,
                      Purpose         purpose,
                      MPI_Comm        communicator);

/// The same for the mesh that the case asks for, estimated. Collective.
void refuse_too_large(const Case &parameters,
                      Purpose     purpose,
                      MPI_Comm    communicator);
} // namespace miniscrew::model
