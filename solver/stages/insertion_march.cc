// SPDX-License-Identifier: LGPL-2.1-or-later
// Interference of the bore, turning, and seating.
#include "solver/stages/insertion_march.h"

#include "solver/base/errors.h"
#include "solver/base/stopwatch.h"
#include "solver/base/units.h"
#include "solver/model/bone_statistics.h"
#include "solver/model/bore_interface.h"
#include "solver/model/grip.h"
#include "solver/model/problem.h"
#include "solver/stages/pull_out.h"

#include <algorithm>
#include <cmath>

namespace miniscrew::stages
{
namespace
{
// Assumed, N/mm and mm: of the order in which a hand resists being moved
// (measured by Mussa-Ivaldi, Hogan & Bizzi 1985, J. Neurosci. 5:2732), with
// fingers this far from the driver's end. No torque at full depth depends on it
// by more than half a percent.
constexpr double hand_stiffness = 0.5, hand_distance = 20.;

// A screw that moves along its axis by more than this and by more than it
// overlaps with its bore is not carried by its thread, mm: a few times what the
// thread's flanks give in cortical bone.
constexpr double usual_advance = 0.05;

constexpr std::size_t axial = 0, turning = 1;

// As the driver lets go, all that slipped begins to stick: where that cannot be
// found at once, steps may be so much smaller than others.
constexpr double smallest_release = 1. / 32.;

// Stiffness of the driver's grip per that of the bone around a screw, roughly.
constexpr double grip_per_bone = 300.;

// The driver leads the turn, and the advance unless springs of its hand are put
// in place of that; sideways the screw finds its own way, and only the hand
// that guides it resists. In bone the screw is held thousands of times better;
// a tip that touches on one side is not.
model::Grip
driver_grip(const model::Model &model, const model::FacePatch &head)
{
  model::Grip grip = model::make_grip(
    model,
    head,
    {model::Wrench{{0., 0., 1.}}, model::Wrench{{0., 0., 0., 0., 0., 1.}}});
  const double tilting = hand_stiffness * hand_distance * hand_distance;
  for (const unsigned int d : {0u, 1u})
  {
    model::Wrench sideways{}, tilt{};
    sideways[d] = 1.;
    tilt[3 + d] = 1.;
    grip.add_spring(sideways, hand_stiffness);
    grip.add_spring(tilt, tilting);
  }
  return grip;
}

// Forces along and moments about the axis that interface and driver lack to
// balance each other, relative to the normal forces of the interface.
double
balance_error(const InsertionLoads      &loads,
              const std::vector<double> &driver,
              const double               radius)
{
  const double normal = std::max(loads.contact_force(), 1e-300);
  const double torque = loads.torque() - loads.cutting;
  return std::max(std::abs(loads.axial_force + driver[axial]) / normal,
                  std::abs(torque + driver[turning]) / (normal * radius));
}

// Where bone is formed by tenths of a millimetre, small steps find out where it
// yields; the residual interference alone is put on in few. Longer ones often
// fail beyond the low bound, and what fails costs more than what it saves.
nonlinear::LoadStepOptions
steps_of(const Case &input, const model::BandPlaces &places)
{
  const Insertion           &insertion = input.insertion;
  nonlinear::LoadStepOptions steps     = model::growing_steps(insertion.steps);
  const bool                 forms     = input.screw.cutting_length == 0. ||
                     insertion.cortex.cut_fraction ||
                     insertion.cancellous.cut_fraction;
  if (!forms)
  {
    const unsigned int half = (insertion.steps + 1) / 2;
    steps.first             = places.low / half;
    steps.largest  = std::max(steps.first, (1. - places.low) / insertion.steps);
    steps.smallest = steps.first / 64.;
  }
  if (places.has_band())
    steps.stops = {places.low, places.mid};
  return steps;
}

// The way of one screw into its interference.
class InsertionMarch
{
public:
  InsertionMarch(const model::Model              &model,
                 const Case                      &input,
                 equilibrium::EquilibriumProblem &problem,
                 linear::Vector<double>          &displacement,
                 const StageObserver             &observer)
    : model_(model),
      input_(input),
      problem_(problem),
      displacement_(displacement),
      observer_(observer),
      gaps_(model.surface(),
            model.site(),
            input.insertion,
            problem.interface().points()),
      head_(model::head_patch(model)),
      grip_(driver_grip(model, head_))
  {
    problem_.interface().set_known_slip(
      [pitch = input.screw.pitch](const contact::Vector3 &x) {
        return mesh::helical_velocity(pitch, x);
      });
  }

  // Where the thread does not carry the screw, everything begins anew with the
  // driver leading it, as it does at once if @p is_led. Returns whether the
  // driver leads.
  bool
  go(const double                                                end,
     const bool                                                  is_led,
     const std::function<void(const equilibrium::StepReport &)> &report)
  {
    const double overlap =
      model::greatest_interference(model_, gaps_.at(gaps_.places().high));
    if (!is_led && may_be_carried(overlap))
    {
      const equilibrium::ProblemState untouched = problem_.state(displacement_);
      const std::string               why =
        try_free(end, std::max(usual_advance, overlap), report);
      if (why.empty())
        return false;
      observer_.progress(why);
      problem_.restore(untouched, displacement_);
    }
    march(true, end, report, {});
    return true;
  }

  const model::BoreGaps &
  gaps() const
  {
    return gaps_;
  }

private:
  // Nothing carries a screw that nothing touches, nor one that is pushed with
  // more than the bone around its thread bears.
  bool
  may_be_carried(const double overlap) const
  {
    const double borne = chapman_force(model_);
    return input_.screw.thread_depth() > 0. && overlap > 0. &&
           (borne == 0. || input_.insertion.driver_force < borne);
  }

  void
  march(const bool                                                  is_led,
        const double                                                end,
        const std::function<void(const equilibrium::StepReport &)> &report,
        const std::function<bool()>                                &is_done)
  {
    std::vector<equilibrium::Driver> drivers = grip_.drivers();
    if (!is_led)
      drivers[axial].stiffness = hand_stiffness;
    problem_.set_drivers(drivers);
    nonlinear::LoadStepOptions steps = steps_of(input_, gaps_.places());
    problem_.set_steps(steps);
    double place = 0.;
    problem_.march(
      displacement_,
      format("insertion to %.2f mm", input_.site.insertion_depth),
      [&](const double share, auto &, auto &) {
        place = share;
        apply(share, is_led);
      },
      observer_.progress,
      report,
      [&] { return place >= end || (is_done && is_done()); });
  }

  // The state of the bore, its friction and the push of the driver.
  void
  apply(const double place, const bool is_led)
  {
    const std::vector<double> gaps = gaps_.at(place);
    problem_.interface().set_gaps(gaps);
    problem_.interface().set_friction(gaps_.friction(place));
    if (!is_led)
      problem_.set_force(axial,
                         -input_.insertion.driver_force *
                           std::min(1., place / gaps_.places().low));
    equilibrium::ContactTolerance tolerance;
    tolerance.share        = input_.insertion.relative_tolerance;
    tolerance.interference = model::greatest_interference(
      model_, gaps_.at(std::max(place, gaps_.places().low)));
    problem_.set_tolerance(tolerance);
  }

  // Returns what keeps the thread from carrying the screw, or nothing.
  std::string
  try_free(const double end,
           const double largest_advance,
           const std::function<void(const equilibrium::StepReport &)> &report)
  {
    const auto advance = [&] {
      return std::abs(grip_.motion(axial, displacement_));
    };
    try
    {
      march(false, end, report, [&] { return advance() > largest_advance; });
    }
    catch (const ConvergenceError &error)
    {
      return std::string("the driver leads the screw: ") + error.what();
    }
    return advance() > largest_advance
             ? "the driver leads the screw, which no thread carries"
             : "";
  }

  const model::Model              &model_;
  const Case                      &input_;
  equilibrium::EquilibriumProblem &problem_;
  linear::Vector<double>          &displacement_;
  const StageObserver             &observer_;
  const model::BoreGaps            gaps_;
  const model::FacePatch           head_;
  const model::Grip                grip_;
};

// Gaps of the bore with which nothing would penetrate.
std::vector<double>
pressed_bore(const contact::ContactInterface &interface)
{
  std::vector<double> gaps = interface.gaps();
  for (std::size_t k = 0; k < gaps.size(); ++k)
    if (interface.responses()[k].status != contact::Status::open)
      gaps[k] -= interface.responses()[k].gap;
  return gaps;
}

// The grip when it has let go by a share. Its springs become softer until there
// are none: were what it exerts a dead load instead, bone that only stands
// since it is held would give way. A spring of the stiffness k on bone of the
// stiffness b keeps the share f of its force when it is softened to
// f / (1 + (1 - f) k / b) of k.
std::vector<equilibrium::Driver>
softer(const std::vector<equilibrium::Driver> &grip, const double share)
{
  std::vector<equilibrium::Driver> drivers;
  const double                     rest = 1. - share;
  const double                     left = rest / (1. + share * grip_per_bone);
  if (rest > 0.)
    drivers = grip;
  for (equilibrium::Driver &driver : drivers)
  {
    driver.stiffness *= left;
    driver.force *= left;
  }
  return drivers;
}

// Loads, torsion and pressure of the state that the problem is at.
void
measure(const model::Model                    &model,
        const Case                            &input,
        const equilibrium::EquilibriumProblem &problem,
        const equilibrium::StepReport         &step,
        InsertionPoint                        &point)
{
  const contact::ContactInterface &interface = problem.interface();
  point.loads          = insertion_loads(model, input.insertion, interface);
  point.torsion        = check_torsion(model, interface, point.loads.cutting);
  point.max_pressure   = step.measures.pressure.value;
  point.contact_area   = step.measures.stick_area + step.measures.slip_area;
  point.yielding_share = step.yielding_share;
  point.mean_pressure  = point.contact_area > 0.
                           ? point.loads.contact_force() / point.contact_area
                           : 0.;
}
} // namespace

std::string
name_of(const Bound bound)
{
  return bound == Bound::low ? "low" : bound == Bound::mid ? "mid" : "high";
}

BoundLoads
InsertionPoint::mid() const
{
  return {loads.torque(),
          loads.contact_force(),
          mean_pressure,
          torsion.safety_factor};
}

InsertionPoint
insert(const model::Model              &model,
       const Case                      &input,
       equilibrium::EquilibriumProblem &problem,
       linear::Vector<double>          &displacement,
       const StageObserver             &observer)
{
  const Stopwatch          stopwatch;
  InsertionMarch           march(model, input, problem, displacement, observer);
  const model::BandPlaces &places = march.gaps().places();
  equilibrium::ProblemState mid;
  InsertionPoint            point;
  unsigned int newton_iterations = 0, linear_iterations = 0, n_steps = 0;
  const auto   is_at = [](const double share, const double place) {
    return std::abs(share - place) < 1e-9;
  };
  point.is_led =
    march.go(places.high, false, [&](const equilibrium::StepReport &step) {
      newton_iterations += step.newton_iterations;
      linear_iterations += step.cg_iterations;
      ++n_steps;
      observer.report(step);
      InsertionPoint here;
      if (is_at(step.share, places.low) || is_at(step.share, places.mid) ||
          is_at(step.share, places.high))
        measure(model, input, problem, step, here);
      if (is_at(step.share, places.low))
        point.low = here.mid();
      if (is_at(step.share, places.mid))
      {
        here.low           = point.low;
        here.balance_error = balance_error(
          here.loads, problem.driver_forces(), 0.5 * input.screw.diameter);
        here.inelastic_mm3 =
          model::yielded_bone(model, displacement, problem.points());
        point = here;
        if (places.has_band())
          mid = problem.state(displacement);
      }
      if (is_at(step.share, places.high))
        point.high = here.mid();
    });
  if (places.has_band())
  {
    problem.interface().set_friction(march.gaps().friction(places.mid));
    problem.restore(mid, displacement);
  }
  displacement.update_ghost_values();
  model.space().distribute(displacement);
  point.depth  = input.site.insertion_depth;
  point.n_dofs = model.space().n_dofs();
  point.max_interference =
    model::greatest_interference(model, march.gaps().at(places.mid));
  point.newton_iterations = newton_iterations;
  point.linear_iterations = linear_iterations;
  point.steps             = n_steps;
  point.seconds           = stopwatch.seconds();
  return point;
}

void
insert_to_bound(const model::Model              &model,
                const Case                      &input,
                const Bound                      bound,
                const bool                       is_led,
                equilibrium::EquilibriumProblem &problem,
                linear::Vector<double>          &displacement,
                const StageObserver             &observer)
{
  InsertionMarch           march(model, input, problem, displacement, observer);
  const model::BandPlaces &places = march.gaps().places();
  march.go(bound == Bound::low   ? places.low
           : bound == Bound::mid ? places.mid
                                 : places.high,
           is_led,
           observer.report);
  displacement.update_ghost_values();
  model.space().distribute(displacement);
}

void
let_go(const model::Model              &model,
       equilibrium::EquilibriumProblem &problem,
       linear::Vector<double>          &displacement,
       const StageObserver             &observer)
{
  const std::vector<equilibrium::Driver> grip = problem.drivers();
  const auto march = [&](const nonlinear::LoadStepOptions  &steps,
                         const std::function<void(double)> &apply) {
    problem.set_steps(steps);
    problem.march(
      displacement,
      "seating",
      [&](const double share, auto &, auto &) { apply(share); },
      observer.progress,
      observer.report);
  };
  // Insertion leaves penetrations that push as hard as soft bone bears when
  // they are closed. That is done while the driver holds, and by and by.
  contact::ContactInterface &interface = problem.interface();
  const std::vector<double>  bore      = interface.gaps(),
                            pressed    = pressed_bore(interface);
  march(model::equal_steps(1), [&](const double share) {
    std::vector<double> gaps(bore);
    for (std::size_t k = 0; k < gaps.size(); ++k)
      gaps[k] = share * bore[k] + (1. - share) * pressed[k];
    interface.set_gaps(gaps);
  });
  nonlinear::LoadStepOptions steps = model::growing_steps(1);
  steps.smallest *= smallest_release;
  interface.set_known_slip({});
  march(steps,
        [&](const double share) { problem.set_drivers(softer(grip, share)); });
  problem.set_drivers({});
  displacement.update_ghost_values();
  model.space().distribute(displacement);
}
} // namespace miniscrew::stages
