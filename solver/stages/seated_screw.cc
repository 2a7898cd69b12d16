// SPDX-License-Identifier: LGPL-2.1-or-later
// Insertion and seating at a bound, for tests there.
#include "solver/stages/seated_screw.h"

#include "solver/model/problem.h"
#include "solver/report/quantities.h"
#include "solver/stages/relaxation.h"

namespace miniscrew::stages
{
namespace
{
// Whether the driver led the screw to its full depth.
bool
was_led(const StageContext &context)
{
  if (context.insertion == nullptr)
    return false;
  const auto &depths = context.insertion->rows(report::part::curve);
  return !depths.empty() && depths.back().is_true(report::quantity::is_led) &&
         depths.back().number(report::quantity::depth) ==
           context.input.site.insertion_depth;
}
} // namespace

SeatedScrew::SeatedScrew(const StageContext &context, const Bound bound)
  : problem_(model::make_problem(context.model, context.input))
{
  linear::Vector<double> displacement =
    context.model.space().make_vector<double>();
  displacement.update_ghost_values();
  const std::string   name = name_of(bound) + " bound, ";
  const StageObserver observer{
    [&](const std::string &text) { context.log.progress(name + text); },
    [](const equilibrium::StepReport &) {}};
  insert_to_bound(context.model,
                  context.input,
                  bound,
                  was_led(context),
                  *problem_,
                  displacement,
                  observer);
  let_go(context.model, *problem_, displacement, observer);
  StageContext there = context;
  there.problem      = problem_.get();
  begin_loads(there, displacement);
  if (Relaxation().is_asked_for(context.input))
  {
    relax(there, displacement, observer.progress, observer.report);
    begin_loads(there, displacement);
  }
  state_ = problem_->state(displacement);
}

equilibrium::EquilibriumProblem &
SeatedScrew::problem()
{
  return *problem_;
}

const equilibrium::ProblemState &
SeatedScrew::state() const
{
  return state_;
}
} // namespace miniscrew::stages
