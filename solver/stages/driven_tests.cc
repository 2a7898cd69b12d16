// SPDX-License-Identifier: LGPL-2.1-or-later
// Pull-out, push sideways and removal.
#include "solver/stages/driven_tests.h"

#include "solver/base/errors.h"
#include "solver/case/tables/stage_keys.h"
#include "solver/model/bone_statistics.h"
#include "solver/model/grip.h"
#include "solver/model/problem.h"
#include "solver/stages/holding.h"
#include "solver/stages/reference.h"

#include <algorithm>
#include <chrono>
#include <cmath>

namespace miniscrew::stages
{
namespace
{
// The peak is behind when the force has fallen below this share of it.
constexpr double past_peak = 0.9;

// A curve has come to its limit where it is this much flatter than at first.
constexpr double flat = 0.05;

// All contact slips if less than this share of the interface sticks.
constexpr double hardly_any = 0.02;

// A share of yielding points that counts as failure of the bone.
constexpr double some_yield = 1e-3;

/// What one kind of test does.
struct Plan
{
  std::string   name;         ///< for messages
  std::string   motion;       ///< unit of the motion in the log
  double        in_unit = 1.; ///< of the motion
  model::Wrench direction{};
  double        distance = 0.; ///< in the direction, mm or rad
  unsigned int  steps    = 1;
  /// Whether the curve up to now is all that is wanted.
  std::function<bool(const TestResult &)> is_done;
};

// Runs a plan on a patch.
class DrivenTest
{
public:
  DrivenTest(model::Model           &model,
             ServiceState           &state,
             linear::Vector<double> &displacement,
             Log                    &log)
    : model_(model),
      state_(state),
      displacement_(displacement),
      log_(log)
  {}

  TestResult
  run(const Plan &plan, const model::FacePatch &patch)
  {
    const auto                       start   = std::chrono::steady_clock::now();
    equilibrium::EquilibriumProblem &problem = *state_.history->problem;
    displacement_ = model_.space().make_vector<double>();
    problem.restore(state_.history->prepared, displacement_);
    const model::Grip grip = make_grip(model_, patch, {plan.direction});
    problem.set_drivers(grip.drivers());
    problem.set_steps(model::growing_steps(plan.steps));
    const double first = grip.motion(0, displacement_);
    result_            = TestResult();
    try
    {
      problem.march(
        displacement_,
        plan.name,
        [&](const double share, auto &, auto &) {
          problem.set_target(0, first + share * plan.distance);
        },
        [&](const std::string &text) { log_.progress(text); },
        [&](const equilibrium::StepReport &step) {
          add_point(plan, step, grip.motion(0, displacement_) - first);
        },
        [&] { return plan.is_done && plan.is_done(result_); });
    }
    catch (const ConvergenceError &error)
    {
      result_.stopped_because = error.what();
      log_.line(std::string("  stopped: ") + error.what());
    }
    refuse_springs(plan, patch);
    problem.set_drivers({});
    displacement_.update_ghost_values();
    model_.space().distribute(displacement_);
    finish();
    result_.seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - start)
        .count();
    return result_;
  }

private:
  // A force that springs exert in place of friction is none of the interface's.
  void
  refuse_springs(const Plan &plan, const model::FacePatch &patch)
  {
    const equilibrium::EquilibriumProblem &problem = *state_.history->problem;
    if (!problem.has_interface() || result_.curve.empty())
      return;
    model::Wrench load = plan.direction;
    for (double &component : load)
      component *= result_.curve.back().force;
    try
    {
      refuse_unheld_screw(
        model_, problem.interface(), load, patch.centre(), plan.name);
    }
    catch (const ConvergenceError &error)
    {
      result_.stopped_because = error.what();
      log_.line(std::string("  stopped: ") + error.what());
    }
  }

  void
  add_point(const Plan                    &plan,
            const equilibrium::StepReport &step,
            const double                   motion)
  {
    const equilibrium::EquilibriumProblem &problem = *state_.history->problem;
    TestPoint                              point;
    point.motion         = motion;
    point.force          = problem.driver_forces()[0];
    point.yielding_share = step.yielding_share;
    if (problem.has_interface())
    {
      const contact::InterfaceMeasures &m = step.measures;
      const double area  = m.open_area + m.stick_area + m.slip_area;
      point.slip_share   = m.slip_area / area;
      point.open_share   = m.open_area / area;
      point.max_pressure = m.pressure.value;
    }
    result_.newton_iterations += step.newton_iterations;
    result_.linear_iterations += step.cg_iterations;
    result_.curve.push_back(point);
    if (point.force > result_.peak.force)
      result_.peak = point;
    result_.passed_peak = point.force < past_peak * result_.peak.force;
    result_.is_flat     = is_flat();
    log_.line(format("  %s to %.4g %s: %.4g %s; slip %.1f, open %.1f %%, %.2f "
                     "%% of the inelastic points yield; %u Newton, %u linear "
                     "iterations",
                     plan.name.c_str(),
                     motion * plan.in_unit,
                     plan.motion.c_str(),
                     plan.in_unit == 1. ? point.force : 0.1 * point.force,
                     plan.in_unit == 1. ? "N" : "N cm",
                     100. * point.slip_share,
                     100. * point.open_share,
                     100. * point.yielding_share,
                     step.newton_iterations,
                     step.cg_iterations));
  }

  // Whether the last step is flat, seen from the first.
  bool
  is_flat() const
  {
    const std::vector<TestPoint> &curve = result_.curve;
    const std::size_t             n     = curve.size();
    if (n < 3)
      return false;
    const double slope = (curve[n - 1].force - curve[n - 2].force) /
                         (curve[n - 1].motion - curve[n - 2].motion);
    return slope < flat * curve[0].force / curve[0].motion;
  }

  void
  finish()
  {
    const Reference start(state_);
    result_.statistics = model::strain_statistics(
      model_, {&displacement_, state_.points()}, start.get());
    if (result_.curve.empty())
      return;
    const TestPoint &first = result_.curve.front();
    if (first.motion > 0.)
      result_.initial_stiffness = first.force / first.motion;
    const double yield = model_.parameters().screw_material.yield_stress;
    if (yield > 0.)
    {
      const auto &screw  = model::totals_of(result_.statistics)["screw"];
      TestPoint  &last   = result_.curve.back();
      last.max_von_mises = screw["von_mises_stress_MPa"]["p99_9"].get<double>();
      if (last.max_von_mises >= yield)
      {
        result_.failure_mode = FailureMode::screw;
        return;
      }
    }
    const TestPoint &peak  = result_.peak;
    const double     stick = 1. - peak.slip_share - peak.open_share;
    if (result_.passed_peak || result_.is_flat || stick < hardly_any)
      result_.failure_mode = peak.yielding_share > some_yield
                               ? FailureMode::bone
                               : FailureMode::slip;
  }

  model::Model           &model_;
  ServiceState           &state_;
  linear::Vector<double> &displacement_;
  Log                    &log_;
  TestResult              result_;
};

// Stress in pure shear at which a law yields first, MPa; 0 if it does not.
double
shear_strength(const materials::Material &material)
{
  const materials::Plasticity &p = material.plasticity;
  if (p.yield_compression > 0. && p.yield_tension > 0.)
  {
    // sqrt(F_44) tau = 1 with the quadric's F_44 = 2 (1 + zeta) F_11 and F_11
    // = ((st + sc) / (2 st sc))^2 (Schwiedrzik et al. 2013).
    const double f11  = std::pow((p.yield_tension + p.yield_compression) /
                                  (2. * p.yield_tension * p.yield_compression),
                                2);
    const double zeta = material.law == "quadric" ? p.interaction : 0.5;
    return 1. / std::sqrt(2. * (1. + zeta) * f11);
  }
  return 0.;
}
} // namespace

TestResult
pull_out(model::Model           &model,
         ServiceState           &state,
         linear::Vector<double> &displacement,
         Log                    &log)
{
  const Case &parameters = model.parameters();
  Plan        plan;
  plan.name      = "pull-out";
  plan.motion    = "mm";
  plan.direction = {{0., 0., 1.}};
  plan.distance  = parameters.value(pullout_distance);
  plan.steps     = parameters.count(pullout_steps);
  plan.is_done   = [](const TestResult &result) {
    return result.passed_peak || result.is_flat;
  };
  return DrivenTest(model, state, displacement, log)
    .run(plan, head_patch(model));
}

TestResult
push_sideways(model::Model           &model,
              ServiceState           &state,
              linear::Vector<double> &displacement,
              Log                    &log)
{
  const Case  &parameters = model.parameters();
  const double x = parameters.load.force[0], y = parameters.load.force[1],
               size = std::hypot(x, y);
  Plan plan;
  plan.name      = "sideways";
  plan.motion    = "mm";
  plan.direction = size > 0. ? model::Wrench{{x / size, y / size}}
                             : model::Wrench{{1., 0., 0.}};
  plan.distance  = parameters.value(sideways_distance);
  plan.steps     = parameters.count(sideways_steps);
  return DrivenTest(model, state, displacement, log)
    .run(plan, make_load_patch(model, state.load_point));
}

TestResult
remove(model::Model           &model,
       ServiceState           &state,
       linear::Vector<double> &displacement,
       Log                    &log)
{
  const Case  &parameters = model.parameters();
  const double pi         = 3.14159265358979323846;
  Plan         plan;
  plan.name      = "removal";
  plan.motion    = "degrees";
  plan.in_unit   = 180. / pi;
  plan.direction = {{0., 0., 0., 0., 0., 1.}};
  plan.distance  = parameters.value(removal_angle) / plan.in_unit;
  plan.steps     = parameters.count(removal_steps);
  plan.is_done   = [](const TestResult &result) {
    return result.passed_peak || result.is_flat;
  };
  return DrivenTest(model, state, displacement, log)
    .run(plan, head_patch(model));
}

double
chapman_force(const model::Model &model)
{
  const Case                &parameters = model.parameters();
  const mesh::ScrewGeometry &screw      = parameters.screw;
  const mesh::Engagement     engaged =
    mesh::engagement(parameters.site, model.map().planes().planes);
  const double lengths[mesh::n_layers] = {
    engaged.near_cortex, engaged.cancellous, engaged.far_cortex};
  const double pi = 3.14159265358979323846;
  const double shape =
    0.5 + screw.thread_depth() / (std::sqrt(3.) * screw.pitch);
  double force = 0.;
  for (unsigned int l = 0; l < mesh::n_layers; ++l)
    if (lengths[l] > 0.)
    {
      const double strength = shear_strength(model.bodies()[l]);
      if (strength == 0.)
        return 0.;
      force += strength * pi * screw.diameter * lengths[l] * shape;
    }
  return force;
}
} // namespace miniscrew::stages
