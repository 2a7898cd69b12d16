// SPDX-License-Identifier: LGPL-2.1-or-later
// Patches, motions and reactions.
#include "solver/stages/orthodontic_load.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace miniscrew::stages
{
namespace
{
// Half the width of the band of the screw's surface that a wire or spring at a
// given height acts on, mm.
constexpr double band_half_width = 0.3;

// Faces of the screw's tip: those of screw cells that look down on bone.
bool
is_tip(const fem::NodeSpace::CellIterator &cell,
       const unsigned int                  face,
       const unsigned int                  tip_layer)
{
  return face == 4 && cell->material_id() == mesh::screw_id &&
         std::abs(cell->face(face)->center()[2] - tip_layer) < 1e-9;
}

fem::Vector3
tip_displacement(const model::Model &model, const linear::Vector<double> &moved)
{
  const model::FacePatch tip(
    model.geometry(),
    [&](const auto &cell, const unsigned int face) {
      return is_tip(cell, face, model.map().tip_layer());
    },
    [](const fem::Vector3 &) { return 1.; },
    {{0., 0., -model.site().insertion_depth}});
  return tip.mean(moved);
}

} // namespace

fem::Vector3
OrthodonticLoad::moment_about_origin() const
{
  fem::Vector3 moment;
  for (unsigned int d = 0; d < 3; ++d)
    moment[d] = wrench[3 + d] + point[(d + 1) % 3] * wrench[(d + 2) % 3] -
                point[(d + 2) % 3] * wrench[(d + 1) % 3];
  return moment;
}

OrthodonticLoad
load_of(const model::Model &model, const Case &input)
{
  OrthodonticLoad load;
  load.on_top = !input.load.height;
  load.point  = {{0.,
                  0.,
                  input.load.height.value_or(model.surface().height() -
                                            model.site().insertion_depth)}};
  for (unsigned int d = 0; d < 3; ++d)
  {
    load.wrench[d]     = input.load.force[d];
    load.wrench[3 + d] = input.load.moment[d];
  }
  return load;
}

model::FacePatch
load_patch(const model::Model &model, const OrthodonticLoad &load)
{
  const auto id =
    load.on_top ? mesh::boundary::screw_top : mesh::boundary::screw_side;
  return model::FacePatch(
    model.geometry(),
    [id](const auto &cell, const unsigned int face) {
      return cell->at_boundary(face) && cell->face(face)->boundary_id() == id;
    },
    [&](const fem::Vector3 &x) {
      return load.on_top
               ? 1.
               : std::max(
                   0., 1. - std::abs(x[2] - load.point[2]) / band_half_width);
    },
    load.point);
}

ScrewMotion
motion_of(const model::Model           &model,
          const model::FacePatch       &load_patch,
          const linear::Vector<double> &displacement)
{
  return {load_patch.motion(displacement),
          tip_displacement(model, displacement)};
}

linear::Vector<double>
moved_since(const model::Model           &model,
            const fem::BodyState         *reference,
            const linear::Vector<double> &displacement)
{
  linear::Vector<double> moved(displacement);
  if (reference != nullptr)
  {
    moved.zero_out_ghost_values();
    for (unsigned int i = 0; i < moved.locally_owned_size(); ++i)
      moved.local_element(i) -= reference->displacement->local_element(i);
  }
  moved.update_ghost_values();
  model.space().distribute(moved);
  return moved;
}

model::Wrench
sum_of_reactions(const model::Model                    &model,
                 const fem::ElasticityOperator<double> &system,
                 const linear::Vector<double>          &displacement,
                 fem::PointLaw                         *law)
{
  linear::Vector<double> u(displacement),
    forces = model.space().make_vector<double>();
  u.zero_out_ghost_values();
  system.reactions(forces, u, law);
  model::Wrench sum{};
  for (unsigned int node = 0; node < model.space().n_owned_nodes(); ++node)
  {
    const auto prescribed = model.space().constraints().prescribed[node];
    if (prescribed == 0)
      continue;
    const fem::Vector3 x = model.geometry().node(node);
    fem::Vector3       f{};
    for (unsigned int d = 0; d < 3; ++d)
      if ((prescribed >> d) & 1)
        f[d] = forces.local_element(3 * node + d);
    for (unsigned int d = 0; d < 3; ++d)
    {
      sum[d] += f[d];
      sum[3 + d] +=
        x[(d + 1) % 3] * f[(d + 2) % 3] - x[(d + 2) % 3] * f[(d + 1) % 3];
    }
  }
  for (double &s : sum)
    s = dealii::Utilities::MPI::sum(s, model.communicator());
  return sum;
}

model::Wrench
sum_of_reactions(const model::Model                    &model,
                 const equilibrium::EquilibriumProblem &problem,
                 const linear::Vector<double>          &displacement)
{
  std::optional<fem::AcceptedStresses> law;
  if (problem.points() != nullptr)
    law.emplace(*problem.points());
  return sum_of_reactions(
    model, problem.solver().system(), displacement, law ? &*law : nullptr);
}
} // namespace miniscrew::stages
