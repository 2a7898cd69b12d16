// SPDX-License-Identifier: LGPL-2.1-or-later
// Load on, load off.
#include "solver/stages/service.h"

#include "solver/base/errors.h"
#include "solver/base/stopwatch.h"
#include "solver/model/problem.h"
#include "solver/report/quantities.h"
#include "solver/stages/bonded_solve.h"
#include "solver/stages/holding.h"
#include "solver/stages/load_march.h"
#include "solver/stages/service_record.h"


namespace miniscrew::stages
{
namespace
{
namespace quantity = report::quantity;

void
log_end(const StageContext    &context,
        const OrthodonticLoad &load,
        const StageResult     &result)
{
  const model::Model                    &model   = context.model;
  const equilibrium::EquilibriumProblem &problem = *context.problem;
  Log                                   &log     = context.log;
  if (problem.has_interface() && result.measures.regularising_force > 0.)
  {
    const SpringShare share =
      spring_share(model, problem.interface(), load.wrench, load.point);
    log.line(format("  without friction, springs keep the screw from %s; they "
                    "carry %.2g %% of the load",
                    share.motion.c_str(),
                    100. * share.value));
  }
  if (problem.points() != nullptr)
    log.line(format("  histories and tangents of inelastic points take %.0f "
                    "bytes per DoF",
                    inelastic_bytes(model, problem) / model.space().n_dofs()));
  for (const std::string &name : rate_dependent_materials(model, problem))
    log.line(format("  %s is viscous: the answer depends on the load's "
                    "duration of %g s",
                    name.c_str(),
                    context.input.load.duration));
  Effort all = context.effort_before;
  all += result.effort;
  log.line(format("  solved %llu DoF in %u Newton and %u linear iterations, "
                  "%.1f s",
                  static_cast<unsigned long long>(model.space().n_dofs()),
                  all.newton_iterations,
                  all.linear_iterations,
                  result.solve_seconds));
}

// In load steps, from where the problem was brought to.
void
load_in_steps(StageContext          &context,
              const OrthodonticLoad &load,
              StageResult           &result)
{
  const Stopwatch                  stopwatch;
  equilibrium::EquilibriumProblem &problem = *context.problem;
  linear::Vector<double>           displacement =
    context.model.space().make_vector<double>();
  problem.restore(*context.start, displacement);
  problem.set_steps(model::equal_steps(context.input.load.steps));
  problem.set_drivers({});
  model::Wrench before{};
  if (context.reference != nullptr)
    before = sum_of_reactions(
      context.model, problem, *context.reference->displacement);
  LoadHistory history;
  try
  {
    keep_end(context, displacement, result, [&] {
      march_load(
        context, "service", load, 0., 1., displacement, result, history);
      if (problem.has_interface())
        refuse_unheld_screw(context.model,
                            problem.interface(),
                            load.wrench,
                            load.point,
                            "service");
    });
  }
  catch (const ConvergenceError &)
  {
    result.numbers.set(quantity::reached_load_share, history.reached_share);
    throw;
  }
  result.preconditioner = problem.solver().description();
  result.solve_seconds  = stopwatch.seconds();
  log_end(context, load, result);
  model::Wrench reactions =
    sum_of_reactions(context.model, problem, result.end.displacement);
  for (unsigned int d = 0; d < 6; ++d)
    reactions[d] -= before[d];
  context.log.progress("  evaluating strain and stress");
  result.numbers = service_record(context, load, reactions, &history, result);
}
} // namespace

std::string
Service::name() const
{
  return "service";
}

bool
Service::is_asked_for(const Case &input) const
{
  return input.asks_for(name());
}

bool
Service::is_main() const
{
  return true;
}

std::string
Service::advice() const
{
  return std::string("more load.steps, less force, or ") +
         smaller_cells_or_less_friction;
}

void
Service::advance(StageContext &context, StageResult &result) const
{
  const OrthodonticLoad load = load_of(context.model, context.input);
  if (context.problem != nullptr)
    return load_in_steps(context, load, result);
  try
  {
    const model::Wrench reactions = solve_bonded(context, load, result);
    context.log.progress("  evaluating strain and stress");
    result.numbers = service_record(context, load, reactions, nullptr, result);
  }
  catch (const ConvergenceError &)
  {
    result.numbers.set(quantity::reached_load_share, 0.);
    throw;
  }
}

std::string
Unloading::name() const
{
  return "unloading";
}

std::string
Unloading::place() const
{
  return "service.unloaded";
}

bool
Unloading::is_asked_for(const Case &input) const
{
  return input.load.unload && input.asks_for("service");
}

bool
Unloading::follows() const
{
  return true;
}

std::string
Unloading::advice() const
{
  return std::string("more load.steps or ") + smaller_cells_or_less_friction;
}

void
Unloading::advance(StageContext &context, StageResult &result) const
{
  // A bonded elastic screw comes back to where it was.
  if (context.problem == nullptr)
    return;
  const OrthodonticLoad  load         = load_of(context.model, context.input);
  linear::Vector<double> displacement = context.start->displacement;
  displacement.update_ghost_values();
  LoadHistory history;
  keep_end(context, displacement, result, [&] {
    march_load(context, name(), load, 1., 0., displacement, result, history);
  });
  result.numbers = state_record(context, load, result);
  result.numbers.set(quantity::returned_work, -history.external_work);
}
} // namespace miniscrew::stages
