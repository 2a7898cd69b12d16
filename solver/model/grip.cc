// SPDX-License-Identifier: LGPL-2.1-or-later
// Springs on motions of a patch.
#include "solver/model/grip.h"

#include <cmath>
#include <memory>

namespace miniscrew::model
{
namespace
{
// Stiffness of the grip per modulus and radius of the screw: its shaft, a few
// radii long, is softer by two orders.
constexpr double stiffness_ratio = 20.;
} // namespace

Grip::Grip(const fem::NodeSpace      &space,
           const FacePatch           &patch,
           const std::vector<Wrench> &motions,
           const double               modulus,
           const double               radius)
  : space_(&space),
    patch_(patch)
{
  for (const Wrench &motion : motions)
  {
    // A rotation's spring is that of a displacement at the screw's surface.
    double turn = 0.;
    for (unsigned int d = 3; d < 6; ++d)
      turn += motion[d] * motion[d];
    const double arm = turn > 0. ? radius : 1.;
    add_spring(motion, stiffness_ratio * modulus * radius * arm * arm);
  }
}

void
Grip::add_spring(const Wrench &motion, const double stiffness)
{
  auto direction =
    std::make_shared<linear::Vector<double>>(space_->make_vector<double>());
  patch_.add_load(*direction, motion);
  drivers_.push_back({direction, stiffness, 0.});
}

const std::vector<equilibrium::Driver> &
Grip::drivers() const
{
  return drivers_;
}

double
Grip::motion(const std::size_t i, const linear::Vector<double> &u) const
{
  return *drivers_[i].direction * u;
}

FacePatch
head_patch(const Model &model)
{
  const double top = model.surface().height() - model.site().insertion_depth;
  return FacePatch(
    model.geometry(),
    [](const auto &cell, const unsigned int face) {
      return cell->at_boundary(face) &&
             cell->face(face)->boundary_id() == mesh::boundary::screw_top;
    },
    [](const fem::Vector3 &) { return 1.; },
    {{0., 0., top}});
}

Grip
make_grip(const Model               &model,
          const FacePatch           &patch,
          const std::vector<Wrench> &motions)
{
  const auto C = model.bodies()[mesh::screw_id].stiffness();
  return Grip(model.space(),
              patch,
              motions,
              C[0],
              0.5 * model.surface().geometry().diameter);
}
} // namespace miniscrew::model
