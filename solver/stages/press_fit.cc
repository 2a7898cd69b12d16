// SPDX-License-Identifier: LGPL-2.1-or-later
// Press fit and seating.
#include "solver/stages/press_fit.h"

#include "solver/report/quantities.h"
#include "solver/stages/insertion_march.h"
#include "solver/stages/preparation_end.h"

namespace miniscrew::stages
{
namespace
{
namespace quantity = report::quantity;

// Tolerance of a press fit, whose end is a state of its own to start from, per
// that of the load.
constexpr double press_fit_share = 20.;

} // namespace

std::string
PressFit::name() const
{
  return "press_fit";
}

bool
PressFit::is_asked_for(const Case &input) const
{
  return !input.is_inserted() && input.interface.is_contact() &&
         input.interface.interference > 0.;
}

bool
PressFit::is_preparation() const
{
  return true;
}

std::string
PressFit::advice() const
{
  return std::string("a smaller interface.interference_mm or ") +
         smaller_cells_or_less_friction;
}

void
PressFit::advance(StageContext &context, StageResult &result) const
{
  equilibrium::EquilibriumProblem &problem   = *context.problem;
  const Interface                 &interface = context.input.interface;
  equilibrium::ContactTolerance    tolerance;
  tolerance.share        = press_fit_share * interface.relative_tolerance;
  tolerance.interference = interface.interference;
  problem.set_tolerance(tolerance);
  linear::Vector<double> displacement =
    context.model.space().make_vector<double>();
  displacement.update_ghost_values();
  keep_end(context, displacement, result, [&] {
    problem.march(
      displacement,
      "press fit",
      [&](const double share, auto &, auto &) {
        problem.interface().set_interference_share(share);
      },
      [&](const std::string &text) { context.log.progress(text); },
      [&](const equilibrium::StepReport &step) {
        context.log.line(line_of("press fit", step.share, step, problem));
        result.effort.add(step);
      });
  });
  end_preparation(context, displacement, quantity::press_fit_pressure, result);
}

std::string
Seating::name() const
{
  return "seating";
}

bool
Seating::is_asked_for(const Case &input) const
{
  return input.is_inserted();
}

bool
Seating::is_preparation() const
{
  return true;
}

std::string
Seating::advice() const
{
  return smaller_cells_or_less_friction;
}

void
Seating::advance(StageContext &context, StageResult &result) const
{
  // The driver still holds the problem where insertion has left it.
  linear::Vector<double> displacement = context.start->displacement;
  displacement.update_ghost_values();
  const StageObserver observer{
    [&](const std::string &text) { context.log.progress(text); },
    [&](const equilibrium::StepReport &step) {
      context.log.line(line_of("seating", step.share, step, *context.problem));
      result.effort.add(step);
    }};
  keep_end(context, displacement, result, [&] {
    let_go(context.model, *context.problem, displacement, observer);
  });
  end_preparation(context, displacement, quantity::seated_pressure, result);
}
} // namespace miniscrew::stages
