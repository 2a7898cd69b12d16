// SPDX-License-Identifier: LGPL-2.1-or-later
// Marches of driven motions, their curves, and what gave way.
#include "solver/stages/driven_motion.h"

#include "solver/base/errors.h"
#include "solver/base/stopwatch.h"
#include "solver/base/units.h"
#include "solver/model/bone_statistics.h"
#include "solver/model/problem.h"
#include "solver/report/quantities.h"
#include "solver/stages/holding.h"
#include "solver/stages/seated_screw.h"
#include "solver/stages/strain_record.h"

namespace miniscrew::stages
{
namespace
{
namespace quantity = report::quantity;

// Tolerance of contact, per that of the load: a machine's motion is far longer
// than what a load moves. Forces change by 0.1 %, and points that stick and
// slip in turn settle in half as many iterations.
constexpr double tolerance_share = 20.;

// From the units inside to those of results.
double
force_unit(const bool turns)
{
  return turns ? N_cm : 1.;
}

double
motion_unit(const bool turns)
{
  return turns ? degrees : 1.;
}

// Runs a plan.
class Machine
{
public:
  Machine(StageContext &context, const MotionPlan &plan, StageResult &result)
    : context_(context),
      problem_(*context.problem),
      plan_(plan),
      result_(result),
      grip_(model::make_grip(context.model, plan.patch, {plan.direction})),
      displacement_(context.model.space().make_vector<double>())
  {
    problem_.restore(*context.start, displacement_);
    problem_.set_drivers(grip_.drivers());
    equilibrium::ContactTolerance tolerance =
      model::contact_tolerance(context.input.interface);
    tolerance.share *= tolerance_share;
    problem_.set_tolerance(tolerance);
    first_ = grip_.motion(0, displacement_);
  }

  // What does not converge, or is not held, ends the motion; the curve is valid
  // up to there.
  void
  run()
  {
    attempt([&] {
      for (const Segment &segment : plan_.segments)
        run(segment);
    });
    attempt([&] { refuse_springs(); });
    problem_.set_drivers({});
    problem_.set_tolerance(model::contact_tolerance(context_.input.interface));
    keep_end(context_, displacement_, result_, [] {});
  }

  MotionResult &
  motion()
  {
    return motion_;
  }

private:
  void
  attempt(const std::function<void()> &work)
  {
    try
    {
      work();
    }
    catch (const ConvergenceError &error)
    {
      result_.status = Status::stopped_early;
      result_.reason = error.what();
      context_.log.line(std::string("  stopped: ") + error.what());
    }
  }

  void
  run(const Segment &segment)
  {
    const double from = grip_.motion(0, displacement_) - first_;
    problem_.set_steps(model::growing_steps(segment.steps));
    problem_.march(
      displacement_,
      plan_.name,
      [&](const double share, auto &, auto &) {
        problem_.set_target(0, first_ + from + share * (segment.target - from));
      },
      [&](const std::string &text) { context_.log.progress(text); },
      [&](const equilibrium::StepReport &step) {
        add_point(step, grip_.motion(0, displacement_) - first_);
      },
      [&] { return segment.is_done && segment.is_done(motion_); });
  }

  // A force that springs exert in place of friction is none of the interface's.
  void
  refuse_springs()
  {
    if (!problem_.has_interface() || motion_.curve.empty())
      return;
    model::Wrench load = plan_.direction;
    for (double &component : load)
      component *= motion_.curve.back().force;
    refuse_unheld_screw(context_.model,
                        problem_.interface(),
                        load,
                        plan_.patch.centre(),
                        plan_.name);
  }

  void
  add_point(const equilibrium::StepReport &step, const double motion)
  {
    MotionPoint point;
    point.motion         = motion;
    point.force          = problem_.driver_forces()[0];
    point.yielding_share = step.yielding_share;
    if (problem_.has_interface())
    {
      const contact::InterfaceMeasures &m = step.measures;
      point.slip_share                    = m.slip_area / m.area();
      point.open_share                    = m.open_area / m.area();
      point.max_pressure                  = m.pressure.value;
    }
    result_.effort.add(step);
    result_.measures = step.measures;
    stages::add_point(motion_, point, plan_.rig_compliance);
    log(motion_.curve.back(), step);
  }

  void
  log(const MotionPoint &point, const equilibrium::StepReport &step) const
  {
    context_.log.line(
      format("  %s to %.4g %s: %.4g %s; slip %.1f, open %.1f %%, %.2f %% of "
             "the inelastic points yield; %u Newton, %u linear iterations",
             plan_.name.c_str(),
             point.shown * motion_unit(plan_.turns),
             plan_.turns ? "degrees" : "mm",
             point.force * force_unit(plan_.turns),
             plan_.turns ? "N cm" : "N",
             100. * point.slip_share,
             100. * point.open_share,
             100. * point.yielding_share,
             step.newton_iterations,
             step.cg_iterations));
  }

  StageContext                    &context_;
  equilibrium::EquilibriumProblem &problem_;
  const MotionPlan                &plan_;
  StageResult                     &result_;
  const model::Grip                grip_;
  linear::Vector<double>           displacement_;
  double                           first_ = 0.;
  MotionResult                     motion_;
};

// Whether more than a spot of the screw is beyond its yield stress.
bool
screw_yields(const model::Model            &model,
             const model::StrainStatistics &statistics)
{
  const double yield = model.bodies()[mesh::screw_id].yield_stress;
  const auto  &screw = statistics.in_all().bodies[mesh::screw_id];
  return yield > 0. && screw && screw->von_mises.p99_9 >= yield;
}

void
set_numbers(report::Record     &record,
            const MotionPlan   &plan,
            const MotionResult &motion,
            const StageResult  &result)
{
  const report::Quantity &peak =
    plan.turns ? quantity::peak_torque : quantity::peak_force;
  const report::Quantity &at_peak =
    plan.turns ? quantity::angle_at_peak : quantity::displacement_at_peak;
  record.set(peak, force_unit(plan.turns) * motion.peak.force)
    .set(at_peak, motion_unit(plan.turns) * motion.peak.shown)
    .set(quantity::passed_peak, motion.passed_peak)
    .set(quantity::is_flat, motion.is_flat)
    .set(quantity::failure_mode, name_of(motion.failure_mode))
    .set(quantity::newton_iterations, result.effort.newton_iterations)
    .set(quantity::stopped_because, result.reason);
  if (!motion.curve.empty())
    record
      .set(plan.turns ? quantity::reached_angle
                      : quantity::reached_displacement,
           motion_unit(plan.turns) * motion.curve.back().shown)
      .set(plan.turns ? quantity::final_torque_of_test : quantity::final_force,
           force_unit(plan.turns) * motion.curve.back().force);
  if (!plan.turns)
    record.set(quantity::test_stiffness, motion.initial_stiffness);
}

output::Curve
curve_of(const std::string &name, const bool turns, const MotionResult &motion)
{
  output::Curve curve{name,
                      {turns ? "angle_deg" : "displacement_mm",
                       turns ? "torque_N_cm" : "force_N",
                       "slip_share",
                       "open_share",
                       "yielding_share",
                       "max_pressure_MPa"},
                      {}};
  for (const MotionPoint &p : motion.curve)
    curve.rows.push_back({p.shown * motion_unit(turns),
                          p.force * force_unit(turns),
                          p.slip_share,
                          p.open_share,
                          p.yielding_share,
                          p.max_pressure});
  return curve;
}
} // namespace

std::function<bool(const MotionResult &)>
until_failure(const StageContext &context)
{
  return [may_soften = context.problem->may_soften()](
           const MotionResult &result) { return is_over(result, may_soften); };
}

// What the motion takes where residual interference is low, or high: on the
// same mesh, with a problem of its own, so that nothing of this stage changes.
void
DrivenMotion::add_band(const StageContext &context,
                       const MotionPlan   &motion_plan,
                       StageResult        &result) const
{
  for (const Bound bound : {Bound::low, Bound::high})
  {
    report::Record &numbers = result.numbers.part(name_of(bound));
    StageResult     there;
    try
    {
      SeatedScrew  screw(context, bound);
      StageContext from = context;
      from.problem      = &screw.problem();
      from.start        = &screw.state();
      if (context.insertion != nullptr)
        from.insertion = context.insertion->find(name_of(bound));
      MotionPlan plan = motion_plan;
      plan.name += " (" + name_of(bound) + ")";
      Machine machine(from, plan, there);
      machine.run();
      result.effort += there.effort;
      set_numbers(numbers, plan, machine.motion(), there);
      add_numbers(from, machine.motion(), numbers);
    }
    catch (const ConvergenceError &error)
    {
      context.log.line("  " + name_of(bound) + " bound: " + error.what());
      numbers.set(report::quantity::stopped_because, error.what());
    }
  }
}

bool
DrivenMotion::is_asked_for(const Case &input) const
{
  return input.asks_for(name());
}

std::string
DrivenMotion::fields_name() const
{
  return name();
}

std::vector<std::string>
DrivenMotion::curve_names() const
{
  return {name()};
}

void
DrivenMotion::advance(StageContext &context, StageResult &result) const
{
  const Stopwatch  stopwatch;
  const MotionPlan motion_plan = plan(context);
  Machine          machine(context, motion_plan, result);
  machine.run();
  if (!result.reason.empty())
    result.reason = with_advice(result.reason);
  MotionResult &motion = machine.motion();
  context.log.progress("  evaluating strain and stress");
  const model::StrainStatistics statistics = model::strain_statistics(
    context.model,
    {&result.end.displacement, context.problem->points()},
    context.reference);
  if (!motion.curve.empty())
    motion.failure_mode = failure_of(motion,
                                     motion_plan.bone_failure,
                                     motion_plan.screw_failure,
                                     screw_yields(context.model, statistics));
  result.numbers = bodies_record(statistics);
  set_numbers(result.numbers, motion_plan, motion, result);
  add_numbers(context, motion, result.numbers);
  if (has_band() && context.input.is_inserted() &&
      context.input.insertion.has_band())
    add_band(context, motion_plan, result);
  result.curves        = {curve_of(name(), motion_plan.turns, motion)};
  result.solve_seconds = stopwatch.seconds();
}
} // namespace miniscrew::stages
