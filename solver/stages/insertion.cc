// SPDX-License-Identifier: LGPL-2.1-or-later
// Interference of the bore, turning, and seating.
#include "solver/stages/insertion.h"

#include "mesh/plane_fit.h"
#include "mesh/screw/bore.h"

#include "solver/stages/bone_statistics.h"
#include "solver/stages/grip.h"
#include "solver/stages/problem.h"

#include <algorithm>
#include <chrono>
#include <cmath>

namespace miniscrew::stages
{
namespace
{
constexpr double pi = 3.14159265358979323846;

constexpr double rounding = 1e-6; // mm

// Gap where a screw stands over the empty rest of a pilot hole, mm.
constexpr double far_away = 1.;

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
Grip
driver_grip(const Model &model, const FacePatch &head)
{
  Grip grip = make_grip(
    model, head, {Wrench{{0., 0., 1.}}, Wrench{{0., 0., 0., 0., 0., 1.}}});
  const double tilting = hand_stiffness * hand_distance * hand_distance;
  for (const unsigned int d : {0u, 1u})
  {
    Wrench sideways{}, tilt{};
    sideways[d] = 1.;
    tilt[3 + d] = 1.;
    grip.add_spring(sideways, hand_stiffness);
    grip.add_spring(tilt, tilting);
  }
  return grip;
}

// The greatest overlap of screw and bore, over all ranks.
double
greatest_interference(const Model                     &model,
                      const contact::ContactInterface &interface)
{
  const auto gap   = bore_gap(model);
  double     worst = 0.;
  for (const contact::InterfacePoint &point : interface.points())
    worst = std::max(worst, -gap(point));
  return dealii::Utilities::MPI::max(worst, model.communicator());
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

FacePatch
head_patch(const Model &model)
{
  const double top =
    model.surface().height() - model.parameters().site.insertion_depth;
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
  const auto C = model.parameters().screw_material.stiffness();
  return Grip(model.space(),
              patch,
              motions,
              C[0],
              0.5 * model.parameters().screw.diameter);
}

std::function<double(const contact::InterfacePoint &)>
bore_gap(const Model &model)
{
  const Insertion          &insertion = model.parameters().insertion;
  const mesh::ScrewSurface &surface   = model.surface();
  const double              depth     = model.parameters().site.insertion_depth;
  const double              pilot     = 0.5 * insertion.pilot_diameter;
  const double              pilot_end = -mesh::fitted_pilot_depth(
    surface, model.parameters().site, insertion.pilot_depth);
  return [=, &surface](const contact::InterfacePoint &point) {
    const contact::Vector3 &x = point.position, &n = point.normal;
    const bool is_in_pilot = pilot > 0. && x[2] > pilot_end - rounding;
    // The flat end of the tip stands over the hole, or on uncut bone.
    const double s = x[2] + depth;
    if (s < rounding && is_in_pilot && std::hypot(x[0], x[1]) < pilot)
      return far_away;
    const unsigned int cancellous =
      static_cast<unsigned int>(mesh::Layer::cancellous);
    const double porous = point.layers[cancellous];
    const double c      = porous * insertion.cancellous.cut_fraction +
                     (1. - porous) * insertion.cortex.cut_fraction;
    const double theta = std::atan2(x[1], x[0]);
    const double bore  = mesh::bore_radius(
      mesh::swept_radius(surface, theta, s), is_in_pilot ? pilot : 0., c);
    const double radial =
      (n[0] * x[0] + n[1] * x[1]) / std::max(std::hypot(x[0], x[1]), 1e-12);
    return (bore - surface.radius(theta, s)) * radial;
  };
}

std::array<double, mesh::n_layers>
insertion_friction(const Case &parameters)
{
  const Insertion &insertion = parameters.insertion;
  return {{insertion.cortex.friction,
           insertion.cancellous.friction,
           insertion.cortex.friction}};
}

InsertionPoint
insert(const Model                 &model,
       contact::EquilibriumProblem &problem,
       linear::Vector<double>      &displacement,
       const StageObserver         &observer)
{
  const auto                 start      = std::chrono::steady_clock::now();
  const Case                &parameters = model.parameters();
  contact::ContactInterface &interface  = problem.interface();
  InsertionPoint             point;
  point.depth            = parameters.site.insertion_depth;
  point.n_dofs           = model.space().n_dofs();
  point.max_interference = greatest_interference(model, interface);

  const FacePatch head = head_patch(model);
  const Grip      grip = driver_grip(model, head);
  problem.set_drivers(grip.drivers());
  problem.set_steps(growing_steps(parameters.insertion.steps));
  contact::ContactTolerance tolerance;
  tolerance.share        = parameters.insertion.relative_tolerance;
  tolerance.interference = point.max_interference;
  problem.set_tolerance(tolerance);
  interface.set_known_slip(helical_velocity(parameters.screw.pitch));
  contact::StepReport last;
  problem.march(
    displacement,
    format("insertion to %.2f mm", point.depth),
    [&](const double share, auto &, auto &) {
      interface.set_interference_share(share);
    },
    observer.progress,
    [&](const contact::StepReport &step) {
      point.newton_iterations += step.newton_iterations;
      point.linear_iterations += step.cg_iterations;
      ++point.steps;
      last = step;
      observer.report(step);
    });
  displacement.update_ghost_values();
  model.space().distribute(displacement);

  point.loads          = insertion_loads(model, interface);
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
    point.loads, problem.driver_forces(), 0.5 * parameters.screw.diameter);
  point.inelastic_mm3 = yielded_bone(model, displacement, problem.points());
  point.seconds =
    std::chrono::duration<double>(std::chrono::steady_clock::now() - start)
      .count();
  return point;
}

void
seat(const Model                 &model,
     contact::EquilibriumProblem &problem,
     linear::Vector<double>      &displacement,
     const StageObserver         &observer)
{
  // What the driver exerted becomes a force that falls to zero.
  const FacePatch           head  = head_patch(model);
  const Grip                grip  = driver_grip(model, head);
  const std::vector<double> holds = problem.driver_forces();
  problem.set_drivers({});
  problem.set_steps(growing_steps(1));
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
