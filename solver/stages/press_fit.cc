// SPDX-License-Identifier: LGPL-2.1-or-later
// Press fit and seating.
#include "solver/stages/press_fit.h"

#include "solver/model/bone_statistics.h"
#include "solver/report/quantities.h"
#include "solver/stages/insertion_march.h"
#include "solver/stages/strain_record.h"

#include <algorithm>

namespace miniscrew::stages
{
namespace
{
namespace quantity = report::quantity;

// Tolerance of a press fit, whose end is a state of its own to start from, per
// that of the load.
constexpr double press_fit_share = 20.;

// The end of a preparation: loads count from it, and it is measured.
void
finish(const StageContext     &context,
       linear::Vector<double> &displacement,
       const report::Quantity &mean_pressure,
       StageResult            &result)
{
  equilibrium::EquilibriumProblem &problem = *context.problem;
  begin_loads(context, displacement);
  result.end                                   = problem.state(displacement);
  result.measures                              = problem.interface().measures();
  const contact::InterfaceMeasures &m          = result.measures;
  const model::StrainStatistics     statistics = model::strain_statistics(
    context.model, {&result.end.displacement, problem.points()});
  result.numbers = bodies_record(statistics);
  result.numbers.set(quantity::max_pressure, m.pressure.value)
    .set(quantity::open_area, m.open_area)
    .set(quantity::stick_area, m.stick_area)
    .set(quantity::slip_area, m.slip_area)
    .set(mean_pressure,
         m.normal_force / std::max(m.stick_area + m.slip_area, 1e-300))
    .set(quantity::normal_force, m.normal_force)
    .set(quantity::elastic_energy, statistics.energy);
}
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
  finish(context, displacement, quantity::press_fit_pressure, result);
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
  finish(context, displacement, quantity::seated_pressure, result);
}
} // namespace miniscrew::stages
