// SPDX-License-Identifier: LGPL-2.1-or-later
// Screw and bone of a case as a mesh with materials.
#pragma once

#include "mesh/reference_mesh.h"
#include "mesh/screw/screw_surface.h"
#include "mesh/screw_bone_map.h"
#include "solver/case/case.h"
#include "solver/fem/elasticity_operator.h"
#include "solver/fem/geometry.h"

#include <mpi.h>

#include <memory>

namespace miniscrew::stages
{
/// Everything that is there before a load is.
class Model
{
public:
  /// Meshes @p parameters to its cell sizes, or to a smaller interface_size()
  /// where cells of the asked size would be badly shaped: on tilted sites they
  /// cross several turns of the thread. The case must outlive the model.
  /// Throws UserError, naming the place, if a cell has a Jacobian that is not
  /// positive. Collective.
  Model(const Case &parameters, MPI_Comm communicator);

  /// Refines the cells that are flagged. Collective.
  void refine();

  const Case               &parameters() const;
  const mesh::ScrewSurface &surface() const;
  const mesh::ScrewBoneMap &map() const;
  mesh::Triangulation      &triangulation();
  fem::NodeSpace           &space();
  const fem::NodeSpace     &space() const;
  const fem::Geometry      &geometry() const;
  const fem::BodyMaterials &bodies() const;
  const fem::Quality       &quality() const;
  MPI_Comm                  communicator() const;

  /// Size aimed at for cells at the interface, mm.
  double interface_size() const;

private:
  void build_space();
  void refuse_folded_cells() const;

  const Case                          *parameters_;
  MPI_Comm                             communicator_;
  mesh::ScrewSurface                   surface_;
  mesh::ScrewBoneMap                   map_;
  std::unique_ptr<mesh::Triangulation> triangulation_;
  std::unique_ptr<fem::NodeSpace>      space_;
  std::unique_ptr<fem::Geometry>       geometry_;
  fem::BodyMaterials                   bodies_;
  fem::Quality                         quality_;
  double                               interface_size_ = 0.;
};
} // namespace miniscrew::stages
