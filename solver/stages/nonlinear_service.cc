// SPDX-License-Identifier: LGPL-2.1-or-later
// Press fit and load steps.
#include "solver/stages/nonlinear_service.h"

#include "solver/base/errors.h"
#include "solver/model/problem.h"
#include "solver/stages/holding.h"
#include "solver/stages/insertion_curve.h"

#include <algorithm>
#include <chrono>

namespace miniscrew::stages
{
namespace
{
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
log_step(const std::string             &stage,
         const double                   share,
         const equilibrium::StepReport &step,
         const ServiceState            &state,
         Log                           &log)
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
count(const equilibrium::StepReport &step, ServiceState &state)
{
  state.history->newton_iterations += step.newton_iterations;
  state.verdict.iterations += step.cg_iterations;
  // That of a Newton iteration is by the forces already.
  state.verdict.residual         = step.relative_residual;
  state.verdict.initial_residual = 1.;
  state.history->final_measures  = step.measures;
}

// Tolerance of a press fit, whose end is a state of its own to start from, per
// that of the load.
constexpr double press_fit_share = 20.;

// Whatever the stage was: its end is where loads and micromotion start from.
void
begin_service(model::Model &model, ServiceState &state)
{
  equilibrium::EquilibriumProblem &problem = *state.history->problem;
  problem.set_tolerance(model::contact_tolerance(model.parameters().interface));
  problem.set_steps(model::equal_steps(model.parameters().load.steps));
  state.seated = state.displacement;
  state.seated.update_ghost_values();
  model.space().distribute(state.seated);
  problem.set_reference(state.seated);
  state.history->seated          = problem.interface().measures();
  state.history->seated_reaction = sum_of_reactions(model, state, state.seated);
}

void
press(const model::Model &model, ServiceState &state, Log &log)
{
  equilibrium::EquilibriumProblem &problem   = *state.history->problem;
  const Interface                 &interface = model.parameters().interface;
  equilibrium::ContactTolerance    tolerance;
  tolerance.share        = press_fit_share * interface.relative_tolerance;
  tolerance.interference = interface.interference;
  problem.set_tolerance(tolerance);
  state.stage = "press fit";
  problem.march(
    state.displacement,
    "press fit",
    [&](const double share, auto &, auto &) {
      problem.interface().set_interference_share(share);
    },
    [&](const std::string &text) { log.progress(text); },
    [&](const equilibrium::StepReport &step) {
      log_step("press fit", step.share, step, state, log);
      count(step, state);
    });
}

void
insert_and_seat(model::Model &model, ServiceState &state, Log &log)
{
  const auto observer = [&](const std::string &stage) {
    return StageObserver{
      [&log](const std::string &text) { log.progress(text); },
      [&log, &state, stage](const equilibrium::StepReport &step) {
        log_step(stage, step.share, step, state, log);
        count(step, state);
      }};
  };
  equilibrium::EquilibriumProblem &problem = *state.history->problem;
  state.stage                              = "insertion";
  state.history->insertion =
    insert(model, problem, state.displacement, observer("insertion"));
  log.line(line_of(*state.history->insertion));
  state.history->inserted = state.displacement;
  state.stage             = "seating";
  if (state.points() != nullptr)
    state.history->inserted_points = state.points()->states();
  seat(model, problem, state.displacement, observer("seating"));
}

void
log_end(const model::Model &model, const ServiceState &state, Log &log)
{
  const contact::InterfaceMeasures &m = state.history->final_measures;
  if (m.regularising_force > 0.)
  {
    const SpringShare share =
      spring_share(model, *state.interface(), state.load, state.load_point);
    log.line(format("  without friction, springs keep the screw from %s; they "
                    "carry %.2g %% of the load",
                    share.motion.c_str(),
                    100. * share.value));
  }
  if (state.points() != nullptr)
    log.line(format("  histories and tangents of inelastic points take %.0f "
                    "bytes per DoF",
                    state.history->inelastic_bytes / model.space().n_dofs()));
  for (const std::string &name : rate_dependent_materials(model, state))
    log.line(
      format("  %s is viscous: the answer depends on the load's duration "
             "of %g s",
             name.c_str(),
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
march_load(model::Model           &model,
           const model::FacePatch &patch,
           const double            from,
           const double            to,
           linear::Vector<double> &displacement,
           ServiceState           &state,
           Log                    &log)
{
  equilibrium::EquilibriumProblem &problem = *state.history->problem;
  const std::string                stage = to > from ? "service" : "unloading";
  model::Wrench                    last  = patch.motion(displacement);
  double                           last_share = from, work = 0.;
  const auto                       share_at = [&](const double progress) {
    return from + progress * (to - from);
  };
  problem.march(
    displacement,
    stage,
    [&](const double progress, linear::Vector<double> &forces, auto &) {
      model::Wrench wrench = state.load;
      for (double &w : wrench)
        w *= share_at(progress);
      patch.add_load(forces, wrench);
    },
    [&](const std::string &text) { log.progress(text); },
    [&](const equilibrium::StepReport &step) {
      const double share = share_at(step.share);
      log_step(stage, share, step, state, log);
      count(step, state);
      displacement.update_ghost_values();
      model.space().distribute(displacement);
      const model::Wrench motion = patch.motion(displacement);
      for (unsigned int k = 0; k < 6; ++k)
        work +=
          0.5 * (last_share + share) * state.load[k] * (motion[k] - last[k]);
      last       = motion;
      last_share = share;
      if (to > from)
        state.reached_share = share;
      state.history->frictional_work += step.measures.dissipation;
      state.history->steps.push_back(step);
    });
  return work;
}

void
prepare_nonlinear(model::Model &model,
                  ServiceState &state,
                  Log          &log,
                  const Keeper &keeper)
{
  const Case &parameters = model.parameters();
  using Clock            = std::chrono::steady_clock;
  const auto start       = Clock::now();
  state.stage            = "set-up";
  state.history          = std::make_unique<LoadHistory>();
  state.history->problem = model::make_problem(model);
  state.displacement     = model.space().make_vector<double>();
  state.displacement.update_ghost_values();
  const auto set_up   = Clock::now();
  state.setup_seconds = std::chrono::duration<double>(set_up - start).count();

  const bool inserts = parameters.is_inserted();
  const bool presses =
    parameters.interface.is_contact() && parameters.interface.interference > 0.;
  const bool is_restored =
    inserts && keeper.restore && keeper.restore(model, state);
  if (is_restored)
    log.line("  insertion and seating: taken from the checkpoint");
  else if (inserts)
    insert_and_seat(model, state, log);
  else if (presses)
    press(model, state, log);
  const contact::InterfaceMeasures seated = state.history->seated;
  if (inserts || presses)
    begin_service(model, state);
  // What was restored has been measured when it was known what had slipped.
  if (is_restored)
    state.history->seated = seated;
  else
    state.history->prepared = state.history->problem->state(state.displacement);
  // What follows must not depend on how the state was reached.
  state.history->problem->restore(state.history->prepared, state.displacement);
  if (inserts && !is_restored && keeper.save)
    keeper.save(model, state);
  state.stage          = "service";
  state.preconditioner = state.history->problem->solver().description();
  state.solve_seconds =
    std::chrono::duration<double>(Clock::now() - set_up).count();
}

void
load_nonlinear(model::Model           &model,
               const model::FacePatch &load_patch,
               ServiceState           &state,
               Log                    &log)
{
  const auto start = std::chrono::steady_clock::now();
  state.history->external_work =
    march_load(model, load_patch, 0., 1., state.displacement, state, log);
  if (state.interface() != nullptr)
    refuse_unheld_screw(
      model, *state.interface(), state.load, state.load_point, "service");
  const equilibrium::EquilibriumProblem &problem = *state.history->problem;
  state.preconditioner    = problem.solver().description();
  state.verdict.converged = true;
  state.solve_seconds +=
    std::chrono::duration<double>(std::chrono::steady_clock::now() - start)
      .count();
  if (state.points() != nullptr)
    state.history->inelastic_bytes = dealii::Utilities::MPI::sum(
      static_cast<double>(state.points()->memory_consumption() +
                          problem.solver().system().tangent_bytes()),
      model.communicator());
  log_end(model, state, log);
}
} // namespace miniscrew::stages
