// SPDX-License-Identifier: LGPL-2.1-or-later
// Press fit and load steps.
#include "solver/stages/nonlinear_service.h"

#include "solver/base/errors.h"
#include "solver/stages/bone_statistics.h"

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

contact::EquilibriumOptions
equilibrium_options(const Case &parameters)
{
  contact::EquilibriumOptions result;
  result.tolerance             = parameters.interface.tolerance;
  result.max_linear_iterations = parameters.solver.max_iterations;
  result.steps.first           = 1. / parameters.load.steps;
  result.duration              = parameters.load.duration;
  // Each Newton step solves far less exactly than the whole is solved.
  result.newton.tolerance =
    std::max(1e-9, 100. * parameters.solver.relative_tolerance);
  return result;
}

std::string
interface_line(const contact::InterfaceMeasures &m)
{
  const double area = m.open_area + m.stick_area + m.slip_area;
  return format("; open %.1f, stick %.1f, slip %.1f %%; penetration %.3f um, "
                "pressure %.4g MPa, micromotion %.3f um",
                100. * m.open_area / area,
                100. * m.stick_area / area,
                100. * m.slip_area / area,
                1e3 * m.penetration.value,
                m.pressure.value,
                m.micromotion.value);
}

void
log_step(const std::string         &stage,
         const double               share,
         const contact::StepReport &step,
         const ServiceState        &state,
         Log                       &log)
{
  std::string line = format("  %s %.3f: %u Newton, %u linear iterations",
                            stage.c_str(),
                            share,
                            step.newton_iterations,
                            step.cg_iterations);
  if (state.points() != nullptr)
    line += format("; %.2f %% of the inelastic points yield",
                   100. * step.yielding_share);
  if (state.interface() != nullptr)
    line += format(", %u augmentations", step.augmentations) +
            interface_line(step.measures);
  log.line(line);
}

void
count(const contact::StepReport &step, ServiceState &state)
{
  state.history->newton_iterations += step.newton_iterations;
  state.verdict.iterations += step.cg_iterations;
  state.history->final_measures = step.measures;
}

// A screw that stands free is moved by nothing that could be solved for.
void
refuse_free_screw(const ServiceState &state)
{
  const bool is_loaded = std::any_of(state.load.begin(),
                                     state.load.end(),
                                     [](const double f) { return f != 0.; });
  if (is_loaded && state.interface() != nullptr &&
      state.history->final_measures.contact_force == 0.)
    throw ConvergenceError("service: the screw touches the bone nowhere, so "
                           "nothing holds it");
}

void
press(Model &model, ServiceState &state, Log &log)
{
  contact::EquilibriumProblem &problem = *state.history->problem;
  problem.march(
    state.displacement,
    "press fit",
    [&](const double share, auto &, auto &) {
      problem.interface().set_interference_share(share);
    },
    [&](const std::string &text) { log.progress(text); },
    [&](const contact::StepReport &step) {
      log_step("press fit", step.share, step, state, log);
      count(step, state);
    });
  state.seated = state.displacement;
  state.seated.update_ghost_values();
  model.space().distribute(state.seated);
  problem.interface().set_reference();
  state.history->seated = state.history->final_measures;
  state.history->seated_energy =
    stored_energy(model, state.seated, state.points());
}

void
log_end(const Model &model, const ServiceState &state, Log &log)
{
  const contact::InterfaceMeasures &m = state.history->final_measures;
  if (m.regularising_force > 0.)
    log.line(format("  without friction, springs hold the screw from turning; "
                    "they carry %.2g of the contact forces",
                    m.regularising_force / m.contact_force));
  if (state.points() != nullptr)
    log.line(format("  histories and tangents of inelastic points take %.0f "
                    "bytes per DoF",
                    state.history->inelastic_bytes / model.space().n_dofs()));
  for (const materials::Material &body : model.bodies())
    if (body.is_inelastic() && body.plasticity.viscosity > 0.)
      log.line(format("  %s is viscous (%g MPa s): the answer depends on the "
                      "load's duration of %g s",
                      body.name.c_str(),
                      body.plasticity.viscosity,
                      model.parameters().load.duration));
  log.line(format("  solved %llu DoF in %u Newton and %u linear iterations, "
                  "%.1f s",
                  static_cast<unsigned long long>(model.space().n_dofs()),
                  state.history->newton_iterations,
                  state.verdict.iterations,
                  state.solve_seconds));
}
} // namespace

double
march_load(Model                  &model,
           const FacePatch        &patch,
           const double            from,
           const double            to,
           linear::Vector<double> &displacement,
           ServiceState           &state,
           Log                    &log)
{
  contact::EquilibriumProblem &problem    = *state.history->problem;
  const std::string            stage      = to > from ? "load" : "unload";
  Wrench                       last       = patch.motion(displacement);
  double                       last_share = from, work = 0.;
  const auto                   share_at = [&](const double progress) {
    return from + progress * (to - from);
  };
  problem.march(
    displacement,
    "service",
    [&](const double progress, linear::Vector<double> &forces, auto &) {
      Wrench wrench = state.load;
      for (double &w : wrench)
        w *= share_at(progress);
      patch.add_load(forces, wrench);
    },
    [&](const std::string &text) { log.progress(text); },
    [&](const contact::StepReport &step) {
      const double share = share_at(step.share);
      log_step(stage, share, step, state, log);
      count(step, state);
      displacement.update_ghost_values();
      model.space().distribute(displacement);
      const Wrench motion = patch.motion(displacement);
      for (unsigned int k = 0; k < 6; ++k)
        work +=
          0.5 * (last_share + share) * state.load[k] * (motion[k] - last[k]);
      last       = motion;
      last_share = share;
      state.history->frictional_work += step.measures.dissipation;
      state.history->steps.push_back(step);
    });
  return work;
}

void
solve_nonlinear(Model                              &model,
                const FacePatch                    &load_patch,
                const fem::Prescriber              &prescribe,
                const fem::ElasticitySolverOptions &options,
                ServiceState                       &state,
                Log                                &log)
{
  const Case &parameters = model.parameters();
  using Clock            = std::chrono::steady_clock;
  const auto start       = Clock::now();
  state.history          = std::make_unique<LoadHistory>();
  state.history->problem = std::make_unique<contact::EquilibriumProblem>(
    model.space(),
    model.geometry(),
    model.bodies(),
    prescribe,
    options,
    parameters.interface.is_contact()
      ? std::optional(interface_parameters(parameters.interface))
      : std::nullopt,
    equilibrium_options(parameters));
  state.displacement = model.space().make_vector<double>();
  state.displacement.update_ghost_values();
  const auto set_up   = Clock::now();
  state.setup_seconds = std::chrono::duration<double>(set_up - start).count();

  if (parameters.interface.is_contact() &&
      parameters.interface.interference > 0.)
    press(model, state, log);
  state.history->external_work =
    march_load(model, load_patch, 0., 1., state.displacement, state, log);
  refuse_free_screw(state);
  const contact::EquilibriumProblem &problem = *state.history->problem;
  state.preconditioner                       = problem.solver().description();
  state.verdict.converged                    = true;
  state.solve_seconds =
    std::chrono::duration<double>(Clock::now() - set_up).count();
  if (state.points() != nullptr)
    state.history->inelastic_bytes = dealii::Utilities::MPI::sum(
      static_cast<double>(state.points()->memory_consumption() +
                          problem.solver().system().tangent_bytes()),
      model.communicator());
  log_end(model, state, log);
}
} // namespace miniscrew::stages
