// SPDX-License-Identifier: LGPL-2.1-or-later
// Springs on motions of a patch.
#include "solver/stages/grip.h"

#include <cmath>
#include <memory>

namespace miniscrew::stages
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
{
  for (const Wrench &motion : motions)
  {
    auto direction =
      std::make_shared<linear::Vector<double>>(space.make_vector<double>());
    patch.add_load(*direction, motion);
    // A rotation's spring is that of a displacement at the screw's surface.
    double turn = 0.;
    for (unsigned int d = 3; d < 6; ++d)
      turn += motion[d] * motion[d];
    const double arm = turn > 0. ? radius : 1.;
    drivers_.push_back(
      {direction, stiffness_ratio * modulus * radius * arm * arm, 0.});
  }
}

const std::vector<contact::Driver> &
Grip::drivers() const
{
  return drivers_;
}

double
Grip::motion(const std::size_t i, const linear::Vector<double> &u) const
{
  return *drivers_[i].direction * u;
}
} // namespace miniscrew::stages
