// SPDX-License-Identifier: LGPL-2.1-or-later
// What holds the screw while it is turned, pulled or pushed.
#pragma once

#include "solver/equilibrium/equilibrium_problem.h"
#include "solver/model/model.h"
#include "solver/model/surface_patch.h"

#include <vector>

namespace miniscrew::model
{
/// Springs on motions of a patch of the screw, far stiffer than the screw: what
/// the driver or the testing machine prescribes. Motions that are not named
/// stay free.
class Grip
{
public:
  /// @p motions are unit wrenches: each names a motion of the patch (a
  /// displacement, or a rotation about its centre). @p modulus (MPa) of the
  /// screw and its @p radius (mm) set the stiffness. Collective.
  Grip(const fem::NodeSpace      &space,
       const FacePatch           &patch,
       const std::vector<Wrench> &motions,
       double                     modulus,
       double                     radius);

  /// Holds another motion of the patch, softly: @p stiffness in N/mm, or in
  /// N mm per rad. Collective.
  void add_spring(const Wrench &motion, double stiffness);

  /// For EquilibriumProblem::set_drivers(), with zero targets.
  const std::vector<equilibrium::Driver> &drivers() const;

  /// Motion @p i of a displacement whose owned entries are set, mm or rad.
  /// Collective.
  double motion(std::size_t i, const linear::Vector<double> &u) const;

private:
  const fem::NodeSpace            *space_;
  FacePatch                        patch_;
  std::vector<equilibrium::Driver> drivers_;
};

/// The screw's top face, about its centre: where drivers and machines grip.
FacePatch head_patch(const Model &model);

/// A grip as stiff as the screw asks for.
Grip make_grip(const Model               &model,
               const FacePatch           &patch,
               const std::vector<Wrench> &motions);
} // namespace miniscrew::model
