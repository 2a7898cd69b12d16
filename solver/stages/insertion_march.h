// SPDX-License-Identifier: LGPL-2.1-or-later
// The screw is turned into the bone to a depth, and then let go.
#pragma once

#include "solver/base/log.h"
#include "solver/equilibrium/equilibrium_problem.h"
#include "solver/model/grip.h"
#include "solver/model/model.h"
#include "solver/stages/insertion_loads.h"

#include <functional>

namespace miniscrew::stages
{
/// The bounds of the band of an assumed residual interference.
enum class Bound
{
  low,
  mid,
  high
};

/// The word of it in results and messages.
std::string name_of(Bound bound);

/// What is told of a low or high bound. Torque in N mm, force in N, pressure in
/// MPa.
struct BoundLoads
{
  double torque = 0., contact_force = 0., mean_pressure = 0.,
         safety_factor = 0.;
};

/// What a screw that stands at a depth needs to be turned on, at the mid of the
/// band.
struct InsertionPoint
{
  double         depth = 0.; ///< mm
  InsertionLoads loads;
  TorsionCheck   torsion;
  /// The bounds of the band; both are the mid if there is none.
  BoundLoads low, high;
  /// True if the driver had to lead the screw along its helix, since no thread
  /// carried it.
  bool is_led = false;
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

  BoundLoads mid() const;
};

/// Progress of a march, and lines for the log about its steps.
struct StageObserver
{
  std::function<void(const std::string &)>             progress;
  std::function<void(const equilibrium::StepReport &)> report;
};

/// Puts the interference on while the driver turns and pushes the screw and all
/// contact slips along the helix. Along the axis the screw goes where its
/// thread leads it; where that does not carry it, the driver leads. Low, mid
/// and high bound are states of one march. @p problem is new; @p displacement
/// is zero. Afterwards the driver still holds, and the problem is at the mid of
/// the band. Throws ConvergenceError. Collective.
InsertionPoint insert(const model::Model              &model,
                      const Case                      &input,
                      equilibrium::EquilibriumProblem &problem,
                      linear::Vector<double>          &displacement,
                      const StageObserver             &observer);

/// The same, but no further than to a bound of the band, where it stays.
/// Nothing is measured. The driver leads at once if @p is_led.
void insert_to_bound(const model::Model              &model,
                     const Case                      &input,
                     Bound                            bound,
                     bool                             is_led,
                     equilibrium::EquilibriumProblem &problem,
                     linear::Vector<double>          &displacement,
                     const StageObserver             &observer);

/// Lets go of a screw that the drivers of @p problem hold: its contact closes,
/// then torque and forces of the driver fall to zero, and contact sticks or
/// slips back. Throws ConvergenceError. Collective.
void let_go(const model::Model              &model,
            equilibrium::EquilibriumProblem &problem,
            linear::Vector<double>          &displacement,
            const StageObserver             &observer);

} // namespace miniscrew::stages
