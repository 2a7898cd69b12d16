// SPDX-License-Identifier: LGPL-2.1-or-later
// The reference state of an equilibrium, and what is measured from it.
#include "solver/equilibrium/equilibrium_problem.h"

#include <deal.II/base/mpi.h>

#include <algorithm>
#include <cmath>

namespace miniscrew::equilibrium
{
namespace
{
// A penetration that is nothing beside the rounding of places, mm.
constexpr double rounding = 1e-12;

} // namespace

void
EquilibriumProblem::set_reference(const linear::Vector<double> &displacement)
{
  linear::Vector<double> u(displacement), internal(forces_);
  u.zero_out_ghost_values();
  std::optional<fem::AcceptedStresses> law;
  if (points_)
    law.emplace(*points_);
  solver_.system().reactions(internal, u, law ? &*law : nullptr);
  contact_forces_ = 0.;
  if (interface_)
  {
    interface_->set_reference();
    interface_->add_forces(contact_forces_);
  }
  balance_.set_reference(internal, contact_forces_);
  reference_       = u;
  greatest_motion_ = 0.;
}

// The greatest change of an entry since the reference, so far or now, mm.
double
EquilibriumProblem::motion(const linear::Vector<double> &u) const
{
  double greatest = 0.;
  for (unsigned int i = 0; i < u.locally_owned_size(); ++i)
    greatest = std::max(
      greatest, std::abs(u.local_element(i) - reference_.local_element(i)));
  return std::max(
    greatest_motion_,
    dealii::Utilities::MPI::max(greatest, space_->communicator()));
}

// Penetration, and slip of points that stick, that is allowed at u, mm.
double
EquilibriumProblem::allowed_gap(const linear::Vector<double> &u) const
{
  const ContactTolerance &t = options_.tolerance;
  return std::max(
    rounding, std::min(t.limit, t.share * std::max(t.interference, motion(u))));
}
} // namespace miniscrew::equilibrium
