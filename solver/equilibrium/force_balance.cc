// SPDX-License-Identifier: LGPL-2.1-or-later
// Residual of nodal forces and its measure.
#include "solver/equilibrium/force_balance.h"

#include <deal.II/base/mpi.h>

#include <algorithm>
#include <cmath>

namespace miniscrew::equilibrium
{
namespace
{
// Share of the greatest forces so far that residuals are measured by at least:
// a body that is unloaded to nothing is measured by what it was loaded with.
constexpr double least_measure = 1e-3;

// Share of the reference's forces below which a residual of the usual tolerance
// would be one of rounding errors.
constexpr double rounding_share = 1e-8;

// Norm of the entries of prescribed unknowns, which are set to zero.
double
take_prescribed(const fem::NodeSpace &space, linear::Vector<double> &forces)
{
  double sum = 0.;
  fem::for_components(space, [&](const std::size_t i, const bool prescribed) {
    if (!prescribed)
      return;
    sum += forces.local_element(i) * forces.local_element(i);
    forces.local_element(i) = 0.;
  });
  return std::sqrt(dealii::Utilities::MPI::sum(sum, space.communicator()));
}
} // namespace

ForceBalance::ForceBalance(const fem::NodeSpace &space)
  : space_(&space),
    internal_(space.make_vector<double>()),
    contact_(internal_)
{}

void
ForceBalance::set_reference(const linear::Vector<double> &internal,
                            const linear::Vector<double> &contact)
{
  internal_ = internal;
  contact_  = contact;
  rounding_ =
    rounding_share * std::max(internal_.l2_norm(), contact_.l2_norm());
  last_ = greatest_ = 0.;
}

void
ForceBalance::to_residual(linear::Vector<double>       &internal,
                          const linear::Vector<double> &external,
                          const linear::Vector<double> &contact)
{
  linear::Vector<double> contact_change(contact);
  contact_change -= contact_;
  internal -= internal_;
  const double held = take_prescribed(*space_, internal);
  last_ = std::max({external.l2_norm(), contact_change.l2_norm(), held});
  internal.sadd(-1., 1., external);
  internal += contact_change;
}

void
ForceBalance::consider(const double force)
{
  last_ = std::max(last_, force);
}

double
ForceBalance::size() const
{
  return std::max({last_, least_measure * greatest_, rounding_});
}

void
ForceBalance::accept()
{
  greatest_ = std::max(greatest_, last_);
}
} // namespace miniscrew::equilibrium
