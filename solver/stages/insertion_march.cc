// SPDX-License-Identifier: LGPL-2.1-or-later
// Interference of the bore, turning, and seating.
#include "solver/stages/insertion_march.h"

#include "solver/base/stopwatch.h"
#include "solver/base/units.h"
#include "solver/model/bone_statistics.h"
#include "solver/model/bore_interface.h"
#include "solver/model/grip.h"
#include "solver/model/problem.h"

#include <algorithm>
#include <cmath>

namespace miniscrew::stages
{
namespace
{
// Velocity of the screw against the bone while it is turned clockwise.
std::function<contact::Vector3(const contact::Vector3 &)>
helical_velocity(const double pitch)
{
  return [pitch](const contact::Vector3 &x) -> contact::Vector3 {
    return {{x[1], -x[0], -pitch / (2. * pi)}};
  };
}

// Assumed, N/mm and mm: of the order in which a hand resists being moved
// (measured by Mussa-Ivaldi, Hogan & Bizzi 1985, J. Neurosci. 5:2732), with
// fingers this far from the driver's end. No torque at full depth depends on it
// by more than half a percent.
constexpr double hand_stiffness = 0.5, hand_distance = 20.;

// The driver leads the advance and the turn; sideways the screw finds its own
// way, and only the hand that guides it resists. In bone the screw is held
// thousands of times better; a tip that touches on one side is not.
model::Grip
driver_grip(const model::Model &model, const model::FacePatch &head)
{
  model::Grip grip = model::make_grip(
    model,
    head,
    {model::Wrench{{0., 0., 1.}}, model::Wrench{{0., 0., 0., 0., 0., 1.}}});
  const double tilting = hand_stiffness * hand_distance * hand_distance;
  for (const unsigned int d : {0u, 1u})
  {
    model::Wrench sideways{}, tilt{};
    sideways[d] = 1.;
    tilt[3 + d] = 1.;
    grip.add_spring(sideways, hand_stiffness);
    grip.add_spring(tilt, tilting);
  }
  return grip;
}

// Forces along and moments about the axis that interface and driver lack to
// balance each other, relative to the normal forces of the interface.
double
balance_error(const InsertionLoads      &loads,
              const std::vector<double> &driver,
              const double               radius)
{
  double normal = 1e-300;
  for (const double n : loads.normal_force)
    normal += n;
  const double torque = loads.torque() - loads.cutting;
  return std::max(std::abs(loads.axial_force + driver[0]) / normal,
                  std::abs(torque + driver[1]) / (normal * radius));
}
} // namespace

InsertionPoint
insert(const model::Model              &model,
       const Case                      &input,
       equilibrium::EquilibriumProblem &problem,
       linear::Vector<double>          &displacement,
       const StageObserver             &observer)
{
  const Stopwatch            stopwatch;
  contact::ContactInterface &interface = problem.interface();
  InsertionPoint             point;
  point.depth  = input.site.insertion_depth;
  point.n_dofs = model.space().n_dofs();
  point.max_interference =
    model::greatest_interference(model, input.insertion, interface);

  const model::FacePatch head = model::head_patch(model);
  const model::Grip      grip = driver_grip(model, head);
  problem.set_drivers(grip.drivers());
  problem.set_steps(model::growing_steps(input.insertion.steps));
  equilibrium::ContactTolerance tolerance;
  tolerance.share        = input.insertion.relative_tolerance;
  tolerance.interference = point.max_interference;
  problem.set_tolerance(tolerance);
  interface.set_known_slip(helical_velocity(input.screw.pitch));
  equilibrium::StepReport last;
  problem.march(
    displacement,
    format("insertion to %.2f mm", point.depth),
    [&](const double share, auto &, auto &) {
      interface.set_interference_share(share);
    },
    observer.progress,
    [&](const equilibrium::StepReport &step) {
      point.newton_iterations += step.newton_iterations;
      point.linear_iterations += step.cg_iterations;
      ++point.steps;
      last = step;
      observer.report(step);
    });
  displacement.update_ghost_values();
  model.space().distribute(displacement);

  point.loads          = insertion_loads(model, input.insertion, interface);
  point.torsion        = check_torsion(model, interface, point.loads.cutting);
  point.max_pressure   = last.measures.pressure.value;
  point.contact_area   = last.measures.stick_area + last.measures.slip_area;
  point.yielding_share = last.yielding_share;
  double normal        = 0.;
  for (const double n : point.loads.normal_force)
    normal += n;
  point.mean_pressure =
    point.contact_area > 0. ? normal / point.contact_area : 0.;
  point.balance_error = balance_error(
    point.loads, problem.driver_forces(), 0.5 * input.screw.diameter);
  point.inelastic_mm3 =
    model::yielded_bone(model, displacement, problem.points());
  point.seconds = stopwatch.seconds();
  return point;
}

void
let_go(const model::Model              &model,
       equilibrium::EquilibriumProblem &problem,
       linear::Vector<double>          &displacement,
       const StageObserver             &observer)
{
  // What the driver exerted becomes a force that falls to zero.
  const model::FacePatch    head  = model::head_patch(model);
  const model::Grip         grip  = driver_grip(model, head);
  const std::vector<double> holds = problem.driver_forces();
  problem.set_drivers({});
  problem.set_steps(model::growing_steps(1));
  problem.interface().set_known_slip({});
  problem.march(
    displacement,
    "seating",
    [&](const double share, linear::Vector<double> &forces, auto &) {
      for (std::size_t i = 0; i < holds.size(); ++i)
        forces.add((1. - share) * holds[i], *grip.drivers()[i].direction);
    },
    observer.progress,
    observer.report);
  displacement.update_ghost_values();
  model.space().distribute(displacement);
}
} // namespace miniscrew::stages
