// SPDX-License-Identifier: LGPL-2.1-or-later
// What nodal forces lack to balance each other, and what that is measured by.
#pragma once

#include "solver/fem/space/node_space.h"

namespace miniscrew::equilibrium
{
/// Sums nodal forces and measures what they lack to balance, both counted from
/// a reference state: what the reference itself lacks, which is the tolerance
/// of the stage that led there, does no work on what comes after it, so a load
/// of zero leaves everything where it is, however small loads are.
class ForceBalance
{
public:
  /// @p space must outlive the balance.
  explicit ForceBalance(const fem::NodeSpace &space);

  /// Counts from a state with these internal forces (of all unknowns) and
  /// forces of the interface. Collective.
  void set_reference(const linear::Vector<double> &internal,
                     const linear::Vector<double> &contact);

  /// Turns internal forces (of all unknowns) into what the free unknowns lack
  /// under @p external and @p contact forces. Collective.
  void to_residual(linear::Vector<double>       &internal,
                   const linear::Vector<double> &external,
                   const linear::Vector<double> &contact);

  /// The greatest of the last forces may be one that to_residual() does not
  /// know; N.
  void consider(double force);

  /// Norm in N that the last residual is to be measured by: the greatest of
  /// the external forces, the changes of those of the interface and of those
  /// that hold prescribed unknowns; at least a share of the greatest of an
  /// accepted state, and what rounding leaves.
  double size() const;

  /// The last state is a converged one.
  void accept();

private:
  const fem::NodeSpace  *space_;
  linear::Vector<double> internal_, contact_; ///< of the reference
  double                 last_ = 0., greatest_ = 0., rounding_ = 0.;
};
} // namespace miniscrew::equilibrium
