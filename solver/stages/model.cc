// SPDX-License-Identifier: LGPL-2.1-or-later
// Building of the model.
#include "solver/stages/model.h"

#include "solver/base/errors.h"
#include "solver/base/log.h"

namespace miniscrew::stages
{
Model::Model(const Case &parameters, const MPI_Comm communicator)
  : parameters_(&parameters),
    communicator_(communicator),
    surface_(parameters.screw),
    map_(surface_, parameters.site),
    triangulation_(mesh::make_reference_mesh(map_,
                                             mesh::InterfaceMesh::shared,
                                             communicator)),
    bodies_{{parameters.near_cortex,
             parameters.cancellous,
             parameters.far_cortex,
             parameters.screw_material}}
{
  mesh::refine_to_sizes(*triangulation_,
                        map_,
                        {parameters.discretisation.interface_size,
                         parameters.discretisation.far_size});
  rebuild();
}

// Spaces go before the cells that they refer to change.
void
Model::refine()
{
  geometry_.reset();
  space_.reset();
  triangulation_->execute_coarsening_and_refinement();
  rebuild();
}

void
Model::rebuild()
{
  space_    = std::make_unique<fem::NodeSpace>(*triangulation_,
                                            parameters_->discretisation.degree);
  geometry_ = std::make_unique<fem::Geometry>(*space_, map_);
  quality_  = fem::measure_quality(*geometry_);
  if (!(quality_.min_scaled_jacobian > 0.))
    throw UserError(
      format("the mesh folds at x = (%.3f, %.3f, %.3f) mm (scaled Jacobian "
             "%.3f); a smaller discretisation.interface_size_mm, a gentler "
             "thread or a steeper site.insertion_angle_deg avoids it",
             quality_.worst_place[0],
             quality_.worst_place[1],
             quality_.worst_place[2],
             quality_.min_scaled_jacobian));
}

const Case &
Model::parameters() const
{
  return *parameters_;
}

const mesh::ScrewSurface &
Model::surface() const
{
  return surface_;
}

const mesh::ScrewBoneMap &
Model::map() const
{
  return map_;
}

mesh::Triangulation &
Model::triangulation()
{
  return *triangulation_;
}

fem::NodeSpace &
Model::space()
{
  return *space_;
}

const fem::NodeSpace &
Model::space() const
{
  return *space_;
}

const fem::Geometry &
Model::geometry() const
{
  return *geometry_;
}

const fem::BodyMaterials &
Model::bodies() const
{
  return bodies_;
}

const fem::Quality &
Model::quality() const
{
  return quality_;
}

MPI_Comm
Model::communicator() const
{
  return communicator_;
}
} // namespace miniscrew::stages
