// SPDX-License-Identifier: LGPL-2.1-or-later
// Building of the model.
#include "solver/stages/model.h"

#include "mesh/interface_refinement.h"

#include "solver/base/errors.h"
#include "solver/base/log.h"

#include <algorithm>

namespace miniscrew::stages
{
namespace
{
// Worse cells slow the solver down; smaller ones follow the thread better. At
// least this share of the asked size is tried, and each time this share of the
// last.
constexpr double smallest_scaled_jacobian = 0.05, smallest_share = 0.4,
                 next_share = 0.8;
} // namespace

Model::Model(const Case &parameters, const MPI_Comm communicator)
  : parameters_(&parameters),
    communicator_(communicator),
    surface_(parameters.screw),
    map_(surface_, parameters.site),
    triangulation_(mesh::make_reference_mesh(map_,
                                             parameters.interface.is_contact()
                                               ? mesh::InterfaceMesh::paired
                                               : mesh::InterfaceMesh::shared,
                                             communicator)),
    bodies_{{parameters.near_cortex,
             parameters.cancellous,
             parameters.far_cortex,
             parameters.screw_material}}
{
  const Discretisation &wanted = parameters.discretisation;
  interface_size_              = wanted.interface_size;
  for (;;)
  {
    mesh::refine_to_sizes(
      *triangulation_,
      map_,
      {interface_size_, std::max(wanted.far_size, interface_size_)});
    build_space();
    const double next = next_share * interface_size_;
    if (quality_.min_scaled_jacobian >= smallest_scaled_jacobian ||
        next < smallest_share * wanted.interface_size)
      break;
    interface_size_ = next;
    geometry_.reset();
    space_.reset();
  }
  refuse_folded_cells();
}

// Spaces go before the cells that they refer to change.
void
Model::refine()
{
  geometry_.reset();
  space_.reset();
  triangulation_->execute_coarsening_and_refinement();
  mesh::refine_for_matching(*triangulation_);
  build_space();
  refuse_folded_cells();
}

void
Model::build_space()
{
  space_    = std::make_unique<fem::NodeSpace>(*triangulation_,
                                            parameters_->discretisation.degree,
                                            parameters_->interface.is_contact()
                                                 ? fem::InterfaceNodes::separate
                                                 : fem::InterfaceNodes::bonded);
  geometry_ = std::make_unique<fem::Geometry>(*space_, map_);
  quality_  = fem::measure_quality(*geometry_);
}

void
Model::refuse_folded_cells() const
{
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

double
Model::interface_size() const
{
  return interface_size_;
}

MPI_Comm
Model::communicator() const
{
  return communicator_;
}
} // namespace miniscrew::stages
