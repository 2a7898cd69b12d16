// SPDX-License-Identifier: LGPL-2.1-or-later
// Building of the model.
#include "solver/model/model.h"

#include "mesh/refine/interface_refinement.h"

#include "solver/base/errors.h"
#include "solver/base/log.h"

#include <algorithm>

namespace miniscrew::model
{
namespace
{
// Worse cells slow the solver down; smaller ones follow the thread better. At
// least this share of the asked size is tried, and each time this share of the
// last.
constexpr double smallest_scaled_jacobian = 0.05, smallest_share = 0.4,
                 next_share = 0.8;

// What helps against cells that fold.
std::string
remedies(const Case &input)
{
  std::vector<std::string> all{
    format("a smaller discretisation.interface_size_mm (now %.3g)",
           input.discretisation.interface_size)};
  if (input.screw.thread_depth() > 0.)
    all.push_back("larger flank angles of the thread");
  if (input.site.insertion_angle < 90.)
    all.push_back(format("a steeper site.insertion_angle_deg (now %.3g)",
                         input.site.insertion_angle));
  return list_of(all);
}
} // namespace

Model::Model(const Case    &input,
             const MPI_Comm communicator,
             const Purpose  purpose)
  : input_(&input),
    communicator_(communicator),
    surface_(input.screw),
    map_(surface_, input.site, map_options(input)),
    bodies_{{input.near_cortex,
             input.cancellous,
             input.far_cortex,
             input.screw_material}}
{
  Attempt best = try_sizes(purpose);
  if (!(best.scaled_jacobian > 0.))
  {
    // Two rings of cells between screw and patch bend less than one.
    mesh::MapOptions options = map_options(input);
    options.largest_growth   = 1.;
    discard_mesh();
    map_ = mesh::ScrewBoneMap(surface_, input.site, options);
    best = try_sizes(purpose);
  }
  if (best.scaled_jacobian > quality_.min_scaled_jacobian)
  {
    discard_mesh();
    refine_to(best.interface_size);
  }
  refuse_folded_cells();
}

Model::Attempt
Model::try_sizes(const Purpose purpose)
{
  const double wanted = input_->discretisation.interface_size;
  Attempt      best;
  for (double size = wanted;; size *= next_share)
  {
    try
    {
      refuse_too_large(
        *input_, estimate_size(map_, *input_, size), purpose, communicator_);
    }
    catch (const UserError &)
    {
      if (best.scaled_jacobian > 0.)
        return best;
      throw;
    }
    refine_to(size);
    if (!(quality_.min_scaled_jacobian <= best.scaled_jacobian))
      best = {quality_.min_scaled_jacobian, size};
    if (quality_.min_scaled_jacobian >= smallest_scaled_jacobian ||
        next_share * size < smallest_share * wanted)
      return best;
  }
}

void
Model::refine_to(const double interface_size)
{
  geometry_.reset();
  space_.reset();
  if (!triangulation_)
    triangulation_ = mesh::make_reference_mesh(map_,
                                               input_->interface.is_contact()
                                                 ? mesh::InterfaceMesh::paired
                                                 : mesh::InterfaceMesh::shared,
                                               communicator_);
  interface_size_ = interface_size;
  mesh::refine_to_sizes(
    *triangulation_,
    map_,
    {interface_size,
     std::max(input_->discretisation.far_size, interface_size)});
  build_space();
}

// Spaces go before the cells that they refer to change.
void
Model::discard_mesh()
{
  geometry_.reset();
  space_.reset();
  triangulation_.reset();
}

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
                                            input_->discretisation.degree,
                                            input_->interface.is_contact()
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
             "%.3f) while the tip is %.4g mm deep; try %s",
             quality_.worst_place[0],
             quality_.worst_place[1],
             quality_.worst_place[2],
             quality_.min_scaled_jacobian,
             input_->site.insertion_depth,
             remedies(*input_).c_str()));
}

const std::vector<std::string> &
Model::adjustments() const
{
  return map_.planes().changes;
}

const mesh::BoneSite &
Model::site() const
{
  return input_->site;
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
} // namespace miniscrew::model
