// SPDX-License-Identifier: LGPL-2.1-or-later
// Time that passes between insertion and what is done next.
#include "solver/stages/relaxation.h"

#include "materials/law_library.h"
#include "solver/model/problem.h"
#include "solver/report/quantities.h"
#include "solver/stages/preparation_end.h"

#include <algorithm>
#include <utility>

namespace miniscrew::stages
{
namespace
{
namespace quantity = report::quantity;

// Relaxation is fast at first. Steps of time are exact for strains that change
// at a steady rate, and those of pressed bone hardly change.
constexpr double first_step = 1. / 64., largest_step = 0.25;

nonlinear::LoadStepOptions
steps_of_time()
{
  nonlinear::LoadStepOptions steps;
  steps.first     = first_step;
  steps.largest   = largest_step;
  steps.smallest  = first_step / 64.;
  steps.successes = 1;
  return steps;
}

/// That of insertion: hardly anything moves that it could be measured by.
equilibrium::ContactTolerance
tolerance_of(const Case &input)
{
  const Insertion              &insertion = input.insertion;
  equilibrium::ContactTolerance result =
    model::contact_tolerance(input.interface);
  result.share = insertion.relative_tolerance;
  result.interference =
    std::max(insertion.cortex.residual[1], insertion.cancellous.residual[1]);
  return result;
}

/// Lets time pass in the marches of a problem as long as it lives.
class PassingTime
{
public:
  PassingTime(equilibrium::EquilibriumProblem &problem, const double seconds)
    : problem_(problem)
  {
    problem_.set_hold(seconds);
  }

  PassingTime(const PassingTime &)            = delete;
  PassingTime &operator=(const PassingTime &) = delete;

  ~PassingTime()
  {
    problem_.set_hold(0.);
  }

private:
  equilibrium::EquilibriumProblem &problem_;
};

/// True of a layer that is there and relaxes.
bool
layer_relaxes(const double thickness, const materials::Material &material)
{
  return thickness > 0. && material.is_inelastic() &&
         materials::make_law(material)->relaxes();
}

constexpr const char *relaxation = "relaxation";
} // namespace

void
relax(const StageContext                                         &context,
      linear::Vector<double>                                     &displacement,
      const std::function<void(const std::string &)>             &progress,
      const std::function<void(const equilibrium::StepReport &)> &report)
{
  equilibrium::EquilibriumProblem &problem = *context.problem;
  problem.set_steps(steps_of_time());
  problem.set_tolerance(tolerance_of(context.input));
  const PassingTime passing(problem, context.input.insertion.after);
  problem.march(
    displacement, relaxation, [](double, auto &, auto &) {}, progress, report);
}

std::string
Relaxation::name() const
{
  return relaxation;
}

bool
Relaxation::is_asked_for(const Case &input) const
{
  return input.is_inserted() && input.insertion.after > 0. &&
         (layer_relaxes(input.site.near_cortex, input.near_cortex) ||
          layer_relaxes(input.site.cancellous, input.cancellous) ||
          layer_relaxes(input.site.far_cortex, input.far_cortex));
}

bool
Relaxation::is_preparation() const
{
  return true;
}

std::string
Relaxation::advice() const
{
  return "insertion.after_s = 0 leaves the time out";
}

void
Relaxation::advance(StageContext &context, StageResult &result) const
{
  equilibrium::EquilibriumProblem &problem = *context.problem;
  const double           before = problem.interface().measures().normal_force;
  linear::Vector<double> displacement = context.start->displacement;
  displacement.update_ghost_values();
  keep_end(context, displacement, result, [&] {
    relax(
      context,
      displacement,
      [&](const std::string &text) { context.log.progress(text); },
      [&](const equilibrium::StepReport &step) {
        context.log.line(line_of(name(), step.share, step, problem));
        result.effort.add(step);
      });
  });
  end_preparation(context, displacement, quantity::relaxed_pressure, result);
  result.numbers.set(quantity::relaxation_time, context.input.insertion.after)
    .set(quantity::kept_force_share,
         before > 0. ? result.measures.normal_force / before : 0.);
}
} // namespace miniscrew::stages
