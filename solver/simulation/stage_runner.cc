// SPDX-License-Identifier: LGPL-2.1-or-later
// Starts, ends and failures of stages.
#include "solver/simulation/stage_runner.h"

#include "solver/base/stopwatch.h"
#include "solver/fem/recovery/error_estimator.h"
#include "solver/fem/recovery/recovery.h"
#include "solver/model/problem.h"
#include "solver/report/quantities.h"
#include "solver/report/summary.h"
#include "solver/simulation/mesh_case.h"
#include "solver/simulation/stage_library.h"
#include "solver/stages/measurements.h"

#include <algorithm>
#include <utility>

namespace miniscrew::simulation
{
namespace
{
// Whether screw and bone need an equilibrium problem, or one linear solution.
bool
is_nonlinear(const model::Model &model, const Case &input)
{
  const fem::BodyMaterials &bodies = model.bodies();
  return input.interface.is_contact() ||
         std::any_of(bodies.begin(), bodies.end(), [](const auto &body) {
           return body.is_inelastic();
         });
}
} // namespace


StageRunner::StageRunner(const Case   &input,
                         model::Model &model,
                         ResultWriter &results,
                         Log          &log)
  : input_(&input),
    model_(&model),
    results_(&results),
    log_(&log)
{}


void
StageRunner::prepare(Checkpoint &checkpoint)
{
  log_->progress("  setting up the multigrid");
  if (!is_nonlinear(*model_, *input_))
  {
    is_ready_ = true;
    return;
  }
  make_problem();
  const Stopwatch                    stopwatch;
  std::vector<const stages::Stage *> preparations;
  for (const stages::Stage *stage : stages_of(*input_))
    if (stage->is_preparation())
      preparations.push_back(stage);
  if (!restore(checkpoint, preparations))
  {
    std::vector<stages::StageResult> kept(preparations.size());
    for (std::size_t i = 0; i < preparations.size(); ++i)
    {
      stages::StageContext now = context();
      now.start                = i > 0 ? &kept[i - 1].end : nullptr;
      now.progress             = checkpoint.progress(*preparations[i]);
      advance(*preparations[i], now, kept[i]);
      if (kept[i].status == stages::Status::failed)
        return;
    }
    // Depths that failed are tried again by a run that goes on.
    if (input_->is_inserted() &&
        std::all_of(kept.begin(), kept.end(), [](const auto &result) {
          return result.is_complete();
        }))
      checkpoint.save(preparations, kept, *model_, *problem_);
    if (!preparations.empty())
      set_start(std::move(kept.back().end), true);
  }
  if (preparations.empty())
  {
    linear::Vector<double> zero = model_->space().make_vector<double>();
    zero.update_ghost_values();
    set_start(problem_->state(zero), false);
  }
  solve_seconds_ = stopwatch.seconds();
  tell_effort();
  if (input_->asks_for("service"))
    return;
  results_->write_numbers();
  results_->write_main_fields(*model_,
                              {&start_->displacement, problem_->points()},
                              nullptr,
                              problem_->has_interface() ? &problem_->interface()
                                                        : nullptr);
}


void
StageRunner::make_problem()
{
  const Stopwatch stopwatch;
  problem_        = model::make_problem(*model_, *input_);
  setup_seconds_  = stopwatch.seconds();
  preconditioner_ = problem_->solver().description();
}


// Takes the preparations from the checkpoint, if all are there.
bool
StageRunner::restore(Checkpoint                               &checkpoint,
                     const std::vector<const stages::Stage *> &preparations)
{
  auto kept = checkpoint.restored(preparations, *model_, *problem_);
  if (kept.empty())
    return false;
  std::string names;
  for (std::size_t i = 0; i < kept.size(); ++i)
  {
    names += (i > 0 ? " and " : "") + preparations[i]->name();
    take(*preparations[i], kept[i]);
  }
  log_->line("  " + names + ": taken from the checkpoint");
  linear::Vector<double> displacement = model_->space().make_vector<double>();
  problem_->restore(kept.back().end, displacement);
  stages::begin_loads(context(), displacement);
  set_start(std::move(kept.back().end), true);
  return true;
}


// What follows must not depend on how the state was reached.
void
StageRunner::set_start(equilibrium::ProblemState &&state,
                       const bool                  is_prepared)
{
  start_                              = std::move(state);
  linear::Vector<double> displacement = model_->space().make_vector<double>();
  problem_->restore(*start_, displacement);
  if (is_prepared)
    reference_ = std::make_unique<stages::Reference>(*start_, *problem_);
  is_ready_ = true;
}


stages::StageContext
StageRunner::context()
{
  stages::StageContext now{*input_, *model_, problem_.get(), *log_};
  now.start           = start_ ? &*start_ : nullptr;
  now.reference       = reference_ ? &reference_->state() : nullptr;
  now.effort_before   = effort_;
  now.measures_before = measures_;
  now.insertion       = results_->summary().find("insertion");
  return now;
}


void
StageRunner::run(const stages::Stage &stage)
{
  if (!is_ready_ || (stage.follows() && (!last_is_complete_ || !problem_)))
    return;
  stages::StageContext now = context();
  if (stage.follows())
    now.start = &last_end_;
  stages::StageResult result;
  advance(stage, now, result);
  last_is_complete_ = result.is_complete();
  if (result.status == stages::Status::failed)
    return;
  const fem::BodyState end = state(result);
  if (stage.is_main())
  {
    setup_seconds_ += result.setup_seconds;
    solve_seconds_ += result.solve_seconds;
    if (!result.preconditioner.empty())
      preconditioner_ = result.preconditioner;
    tell_effort();
    results_->write_numbers();
    results_->write_main_fields(
      *model_,
      end,
      now.reference,
      problem_ && problem_->has_interface() ? &problem_->interface() : nullptr);
  }
  else if (!stage.fields_name().empty())
    results_->write_fields(*model_, stage.fields_name(), end, now.reference);
  last_end_ = std::move(result.end);
}


// Runs a stage, and keeps or tells what came of it.
void
StageRunner::advance(const stages::Stage  &stage,
                     stages::StageContext &now,
                     stages::StageResult  &result)
{
  const Outcome outcome = run_guarded(log_->communicator(), [&] {
    if (stage.is_main() && !problem_)
      run_adaptively(stage, now, result);
    else
      stage.run(now, result);
    if (result.status != stages::Status::failed)
      stages::measure(stage, now, result, results_->summary());
  });
  if (outcome.code == ExitCode::io_error)
    throw_outcome(outcome);
  if (outcome.code != ExitCode::success)
  {
    result.status = stages::Status::failed;
    result.reason = outcome.message;
  }
  take(stage, result);
  if (result.status == stages::Status::failed)
    fail(stage,
         result,
         outcome.code == ExitCode::success ? ExitCode::not_converged
                                           : outcome.code);
}


// Solves, and refines where the estimated error is, as often as asked for.
void
StageRunner::run_adaptively(const stages::Stage  &stage,
                            stages::StageContext &now,
                            stages::StageResult  &result)
{
  const Discretisation &options = input_->discretisation;
  for (unsigned int cycle = 0;; ++cycle)
  {
    result = stages::StageResult();
    stage.run(now, result);
    if (options.adaptive_cycles == 0 || !result.is_complete())
      return;
    const linear::Vector<double> &displacement = result.end.displacement;
    const fem::ErrorEstimate      error        = fem::estimate_error(
      model_->geometry(),
      model_->bodies(),
      displacement,
      fem::RecoveredStrain(model_->geometry(), displacement));
    log_->line(format("  estimated relative error in the energy norm: %.3f",
                      error.relative_error()));
    results_->summary()
      .part(report::part::mesh)
      .add_row(report::part::adaptive_cycles)
      .set(report::quantity::cycle_n_dofs, model_->space().n_dofs())
      .set(report::quantity::cycle_error, error.relative_error());
    if (cycle == options.adaptive_cycles)
      return;
    fem::mark_for_refinement(
      model_->triangulation(), error, options.adaptive_fraction);
    model_->refine();
    log_mesh(*model_, *input_, *log_);
    results_->summary().merge(report::model_record(*model_, *input_));
  }
}


// What a stage left belongs to the result. Preparations and the main stage are
// what the solver's effort is told of.
void
StageRunner::take(const stages::Stage &stage, const stages::StageResult &result)
{
  if (stage.is_preparation() || stage.is_main())
    effort_ += result.effort;
  if (stage.is_preparation())
    measures_ = result.measures;
  results_->add(stage, result);
}


void
StageRunner::tell_effort()
{
  results_->set_effort(
    effort_, setup_seconds_, solve_seconds_, preconditioner_);
}


// The last state that converged goes to the disk; the run goes on if anything
// else is left of it.
void
StageRunner::fail(const stages::Stage       &stage,
                  const stages::StageResult &result,
                  const ExitCode             code)
{
  const bool goes_on = others_follow(stage) || results_->has_curve();
  if (result.end.displacement.size() > 0)
    results_->write_last_converged(*model_,
                                   state(result),
                                   reference_ ? &reference_->state() : nullptr,
                                   !goes_on);
  if (!goes_on)
    throw_outcome({code, result.reason});
  log_->line("  FAILED " + stage.name() + ": " + result.reason);
  tell_effort();
}


// Whether stages are still to come that do not need the end of this one.
bool
StageRunner::others_follow(const stages::Stage &stage) const
{
  if (stage.is_preparation())
    return false;
  const auto list = stages_of(*input_);
  const auto here = std::find(list.begin(), list.end(), &stage);
  return std::any_of(here, list.end(), [&](const stages::Stage *other) {
    return other != &stage && !other->follows();
  });
}


fem::BodyState
StageRunner::state(const stages::StageResult &result) const
{
  return {&result.end.displacement, problem_ ? problem_->points() : nullptr};
}
} // namespace miniscrew::simulation
