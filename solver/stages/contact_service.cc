// SPDX-License-Identifier: LGPL-2.1-or-later
// Press fit and load steps.
#include "solver/stages/contact_service.h"

#include "solver/base/errors.h"

#include <algorithm>
#include <chrono>

namespace miniscrew::stages
{
namespace
{
// Springs that keep a screw without friction from turning, per contact
// penalty.
constexpr double holding_springs = 1e-4;

contact::InterfaceParameters
interface_parameters(const Interface &interface)
{
  contact::InterfaceParameters result;
  const bool frictional = interface.condition == InterfaceCondition::frictional;
  result.friction       = frictional ? interface.friction : 0.;
  result.regularisation_factor = frictional ? 0. : holding_springs;
  const double gap             = -interface.interference;
  result.initial_gap           = [gap](const fem::Vector3 &) { return gap; };
  return result;
}

contact::ContactOptions
contact_options(const Case &parameters, const double first_step)
{
  contact::ContactOptions result;
  result.tolerance         = parameters.interface.tolerance;
  result.max_cg_iterations = parameters.solver.max_iterations;
  result.steps.first       = first_step;
  // Each Newton step solves far less exactly than the whole is solved.
  result.newton.tolerance =
    std::max(1e-9, 100. * parameters.solver.relative_tolerance);
  return result;
}

void
log_step(const std::string &stage, const contact::StepReport &step, Log &log)
{
  const contact::InterfaceMeasures &m = step.measures;
  const double area = m.open_area + m.stick_area + m.slip_area;
  log.line(format("  %s %.3f: %u Newton, %u CG, %u augmentations; open %.1f, "
                  "stick %.1f, slip %.1f %%; penetration %.3f um, pressure "
                  "%.4g MPa, micromotion %.3f um",
                  stage.c_str(),
                  step.share,
                  step.newton_iterations,
                  step.cg_iterations,
                  step.augmentations,
                  100. * m.open_area / area,
                  100. * m.stick_area / area,
                  100. * m.slip_area / area,
                  1e3 * m.penetration.value,
                  m.pressure.value,
                  m.micromotion.value));
}

void
count(const contact::StepReport &step, ServiceState &state)
{
  state.contact->newton_iterations += step.newton_iterations;
  state.verdict.iterations += step.cg_iterations;
  state.contact->final_measures = step.measures;
}

// A screw that stands free is moved by nothing that could be solved for.
void
refuse_free_screw(const ServiceState &state)
{
  const bool is_loaded = std::any_of(state.load.begin(),
                                     state.load.end(),
                                     [](const double f) { return f != 0.; });
  if (is_loaded && state.contact->final_measures.contact_force == 0.)
    throw ConvergenceError("service: the screw touches the bone nowhere, so "
                           "nothing holds it");
}

// Of the bodies; nothing is prescribed but zero.
double
elastic_energy(const ServiceState &state)
{
  linear::Vector<double> forces(state.displacement), u(state.displacement);
  u.zero_out_ghost_values();
  forces = 0.;
  state.contact->problem->solver().system().internal_forces(forces, u);
  return 0.5 * (forces * u);
}

void
press(Model &model, ServiceState &state, Log &log)
{
  contact::ContactProblem &problem = *state.contact->problem;
  problem.march(
    state.displacement,
    "press fit",
    [&](const double share, auto &, auto &) {
      problem.interface().set_interference_share(share);
    },
    [&](const std::string &text) { log.progress(text); },
    [&](const contact::StepReport &step) {
      log_step("press fit", step, log);
      count(step, state);
    });
  state.seated = state.displacement;
  state.seated.update_ghost_values();
  model.space().distribute(state.seated);
  problem.interface().set_reference();
  state.contact->seated        = state.contact->final_measures;
  state.contact->seated_energy = elastic_energy(state);
}

void
load(const FacePatch &patch, ServiceState &state, Log &log)
{
  contact::ContactProblem &problem = *state.contact->problem;
  Wrench                   last{};
  double                   last_share = 0.;
  const Wrench             start =
    state.seated.size() > 0 ? patch.motion(state.seated) : Wrench{};
  problem.march(
    state.displacement,
    "service",
    [&](const double share, linear::Vector<double> &forces, auto &) {
      Wrench wrench = state.load;
      for (double &w : wrench)
        w *= share;
      patch.add_load(forces, wrench);
    },
    [&](const std::string &text) { log.progress(text); },
    [&](const contact::StepReport &step) {
      log_step("load", step, log);
      count(step, state);
      Wrench motion = patch.motion(state.displacement);
      for (unsigned int k = 0; k < 6; ++k)
      {
        motion[k] -= start[k];
        state.contact->external_work += 0.5 * (last_share + step.share) *
                                        state.load[k] * (motion[k] - last[k]);
      }
      last       = motion;
      last_share = step.share;
      state.contact->frictional_work += step.measures.dissipation;
      state.contact->steps.push_back(step);
    });
}
} // namespace

void
solve_in_contact(Model                              &model,
                 const FacePatch                    &load_patch,
                 const fem::Prescriber              &prescribe,
                 const fem::ElasticitySolverOptions &options,
                 ServiceState                       &state,
                 Log                                &log)
{
  const Case &parameters  = model.parameters();
  using Clock             = std::chrono::steady_clock;
  const auto   start      = Clock::now();
  const double first_step = 1. / parameters.interface.load_steps;
  state.contact           = std::make_unique<ContactHistory>();
  state.contact->problem  = std::make_unique<contact::ContactProblem>(
    model.space(),
    model.geometry(),
    model.bodies(),
    prescribe,
    options,
    interface_parameters(parameters.interface),
    contact_options(parameters, first_step));
  state.displacement = model.space().make_vector<double>();
  state.displacement.update_ghost_values();
  const auto set_up   = Clock::now();
  state.setup_seconds = std::chrono::duration<double>(set_up - start).count();

  if (parameters.interface.interference > 0.)
    press(model, state, log);
  load(load_patch, state, log);
  refuse_free_screw(state);
  state.preconditioner    = state.contact->problem->solver().description();
  state.verdict.converged = true;
  state.solve_seconds =
    std::chrono::duration<double>(Clock::now() - set_up).count();
  const contact::InterfaceMeasures &m = state.contact->final_measures;
  if (m.regularising_force > 0.)
    log.line(format("  without friction, springs hold the screw from turning; "
                    "they carry %.2g of the contact forces",
                    m.regularising_force / m.contact_force));
  log.line(format("  solved %llu DoF in %u Newton and %u CG iterations, %.1f s",
                  static_cast<unsigned long long>(model.space().n_dofs()),
                  state.contact->newton_iterations,
                  state.verdict.iterations,
                  state.solve_seconds));
}
} // namespace miniscrew::stages
