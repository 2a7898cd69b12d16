// SPDX-License-Identifier: LGPL-2.1-or-later
// Screw and bone of a case as a mesh with materials.
#pragma once

#include "mesh/map/screw_bone_map.h"
#include "mesh/refine/reference_mesh.h"
#include "mesh/screw/screw_surface.h"
#include "solver/case/case.h"
#include "solver/fem/operator/elasticity_operator.h"
#include "solver/fem/space/geometry.h"
#include "solver/model/mesh_cost.h"

#include <mpi.h>

#include <memory>
#include <string>
#include <vector>

namespace miniscrew::model
{
/// Everything that is there before a load is.
class Model
{
public:
  /// Meshes @p input to its cell sizes, or to a smaller interface_size()
  /// where cells of the asked size would be badly shaped: on tilted sites they
  /// cross several turns of the thread. Of the sizes tried the best is taken,
  /// and two rings of cells around the screw if all fold with one. The case
  /// must outlive the model. Throws UserError if the mesh would be too large
  /// for the memory there is (see refuse_too_large()), before it is made, and
  /// if a cell has a Jacobian that is not positive, naming depth and place.
  /// Collective.
  Model(const Case &input,
        MPI_Comm    communicator,
        Purpose     purpose = Purpose::run);

  /// The map refers to the surface beside it.
  Model(const Model &)            = delete;
  Model &operator=(const Model &) = delete;

  /// Refines the cells that are flagged. Collective.
  void refine();

  const mesh::BoneSite     &site() const;
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

  /// Sentences about what the mesh does not have where the case puts it.
  const std::vector<std::string> &adjustments() const;

private:
  /// The mesh with cells of this size at the interface.
  struct Attempt
  {
    double scaled_jacobian = -2., interface_size = 0.;
  };

  /// Meshes with smaller and smaller cells until they are in shape; the best.
  Attempt try_sizes(Purpose purpose);
  void    refine_to(double interface_size);
  void    discard_mesh();
  void    build_space();
  void    refuse_folded_cells() const;

  const Case                          *input_;
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
} // namespace miniscrew::model
