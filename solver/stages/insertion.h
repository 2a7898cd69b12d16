// SPDX-License-Identifier: LGPL-2.1-or-later
// The screw is turned into the bone, and then let go.
#pragma once

#include "solver/base/log.h"
#include "solver/contact/equilibrium_problem.h"
#include "solver/stages/grip.h"
#include "solver/stages/insertion_loads.h"
#include "solver/stages/model.h"

#include <functional>

namespace miniscrew::stages
{
/// The gap between the screw and the bore that it makes, along the normal, for
/// a screw that stands at its depth (mechanics.md section 2). The model must
/// outlive the function.
std::function<double(const contact::InterfacePoint &)>
bore_gap(const Model &model);

/// Coulomb's coefficients of the layers while the screw turns.
std::array<double, mesh::n_layers> insertion_friction(const Case &parameters);

/// What a screw that stands at a depth needs to be turned on.
struct InsertionPoint
{
  double         depth = 0.; ///< mm
  InsertionLoads loads;
  TorsionCheck   torsion;
  /// Pressure: greatest, and mean over what is in contact, MPa; area in
  /// contact, mm^2.
  double max_pressure = 0., mean_pressure = 0., contact_area = 0.;
  double max_interference = 0.; ///< mm
  /// Force and moment that interface and driver lack to balance, relative.
  double        balance_error     = 0.;
  double        yielding_share    = 0.;
  double        inelastic_mm3     = 0.; ///< bone that has yielded
  unsigned int  newton_iterations = 0, linear_iterations = 0, steps = 0;
  std::uint64_t n_dofs  = 0;
  double        seconds = 0.;
};

/// Progress of a march, and lines for the log about its steps.
struct StageObserver
{
  std::function<void(const std::string &)>         progress;
  std::function<void(const contact::StepReport &)> report;
};

/// Puts the interference on while the driver holds the screw and all contact
/// slips along the helix. @p problem, of bore_gap(), is new; @p displacement is
/// zero. Afterwards the driver still holds. Throws ConvergenceError.
/// Collective.
InsertionPoint insert(const Model                 &model,
                      contact::EquilibriumProblem &problem,
                      linear::Vector<double>      &displacement,
                      const StageObserver         &observer);

/// Lets go: torque and forces of the driver fall to zero, contact sticks or
/// slips back. Throws ConvergenceError. Collective.
void seat(const Model                 &model,
          contact::EquilibriumProblem &problem,
          linear::Vector<double>      &displacement,
          const StageObserver         &observer);

/// The screw's top face, about its centre: where drivers and machines grip.
FacePatch head_patch(const Model &model);

/// A grip as stiff as the screw asks for.
Grip make_grip(const Model               &model,
               const FacePatch           &patch,
               const std::vector<Wrench> &motions);
} // namespace miniscrew::stages
