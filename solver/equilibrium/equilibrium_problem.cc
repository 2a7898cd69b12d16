// SPDX-License-Identifier: LGPL-2.1-or-later
// Newton's method, augmentation and load steps for screw and bone.
#include "solver/equilibrium/equilibrium_problem.h"

#include "solver/base/errors.h"
#include "solver/base/log.h"

#include <deal.II/base/mpi.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace miniscrew::equilibrium
{
namespace
{
// Forces of a penetration by this much all over, in mm, are the least that
// residuals are measured by, or a screw without any load would be solved for
// rounding errors.
constexpr double no_penetration = 2e-9;

// Newton iterations of a step that should have been shorter, and of one that
// could have been longer. The first step does not count: it finds out what
// touches.
constexpr unsigned int many_iterations = 16, few_iterations = 8;

// A step of so many of the smallest ones is hardly worth being halved.
constexpr double short_step = 4.;

double
force_of(const Driver &driver, const linear::Vector<double> &u)
{
  return driver.force +
         driver.stiffness * (driver.target - *driver.direction * u);
}

} // namespace

EquilibriumProblem::EquilibriumProblem(
  fem::NodeSpace                                    &space,
  const fem::Geometry                               &geometry,
  const fem::BodyMaterials                          &bodies,
  const fem::Prescriber                             &prescribe,
  const fem::DegreeSolverOptions                    &solver_options,
  const std::optional<contact::InterfaceParameters> &interface_parameters,
  const EquilibriumOptions                          &options)
  : space_(&space),
    options_(options),
    solver_(space, geometry, bodies, prescribe, solver_options),
    forces_(space.make_vector<double>()),
    contact_forces_(forces_),
    balance_(space),
    reference_(forces_)
{
  if (interface_parameters)
  {
    interface_.emplace(space, geometry, bodies, *interface_parameters);
    interface_stiffness_ = interface_->stiffness_norm();
  }
  if (std::any_of(bodies.begin(), bodies.end(), [](const auto &body) {
        return body.is_inelastic();
      }))
    points_ = std::make_unique<fem::MaterialPoints>(space, bodies);
  if (points_ && points_->has_averages())
    averages_ = std::make_unique<DamageAverages>(geometry, *points_);
}

// Forces of the bodies, with averages that belong to this displacement.
void
EquilibriumProblem::evaluate_bodies(linear::Vector<double>       &r,
                                    const linear::Vector<double> &u)
{
  const auto evaluate = [&] {
    if (points_)
      points_->begin_evaluation();
    solver_.system().reactions(r, u, points_.get());
  };
  evaluate();
  if (averages_ && points_->is_admissible() && averages_->update())
    evaluate();
}

double
EquilibriumProblem::residual(linear::Vector<double>       &r,
                             const linear::Vector<double> &u)
{
  current_ = &u;
  u.zero_out_ghost_values();
  evaluate_bodies(r, u);
  u.update_ghost_values();
  contact_forces_ = 0.;
  if (interface_)
  {
    interface_->evaluate(u);
    interface_->add_forces(contact_forces_);
  }
  balance_.to_residual(r, forces_, contact_forces_);
  if ((points_ && !points_->is_admissible()) ||
      (averages_ && !averages_->is_found()))
    r = std::numeric_limits<double>::quiet_NaN();
  add_driver_forces(r, u);
  return std::max(balance_.size(), no_penetration * interface_stiffness_);
}

void
EquilibriumProblem::add_driver_forces(linear::Vector<double>       &r,
                                      const linear::Vector<double> &u)
{
  for (std::size_t i = 0; i < drivers_.size(); ++i)
  {
    const linear::Vector<double> &w = *drivers_[i].direction;
    driver_forces_[i]               = force_of(drivers_[i], u);
    r.add(driver_forces_[i], w);
    balance_.consider(std::abs(driver_forces_[i]) * w.l2_norm());
  }
}

// Free unknowns follow those that are led, with the stiffness of the last good
// state in which nothing yields. If they stayed behind, all strain of the step
// would be in one layer of cells, from where Newton's method goes astray.
void
EquilibriumProblem::follow_led_unknowns(linear::Vector<double>       &u,
                                        const linear::Vector<double> &before,
                                        const linear::Vector<double> &last)
{
  linear::Vector<double> jump(u), r(u), du(u);
  jump -= before;
  fem::for_components(*space_, [&](const std::size_t i, const bool prescribed) {
    if (!prescribed)
      jump.local_element(i) = 0.;
  });
  if (jump.l2_norm() == 0.)
    return;
  residual(r, last);
  const bool renew = needs_renewal();
  linearise(renew, nonlinear::Jacobian::consistent);
  solver_.system().internal_forces(r, jump);
  r *= -1.;
  solve_linearised(du,
                   r,
                   options_.newton.loosest_linear_tolerance,
                   nonlinear::Jacobian::consistent,
                   renew);
  u += du;
}

void
EquilibriumProblem::advance(linear::Vector<double>       &u,
                            const linear::Vector<double> &du,
                            const double                  factor)
{
  u.zero_out_ghost_values();
  u.add(factor, du);
  u.update_ghost_values();
  space_->distribute(u);
}

void
EquilibriumProblem::begin_step(const double share_step)
{
  forces_ = 0.;
  if (!points_)
    return;
  points_->set_time_step(share_step * (hold_ > 0. ? hold_ : options_.duration));
  points_->set_hold(share_step * hold_);
}

// A displacement that was kept, with its ghosts and hanging nodes.
void
EquilibriumProblem::take(linear::Vector<double>       &u,
                         const linear::Vector<double> &state) const
{
  u = state;
  u.update_ghost_values();
  space_->distribute(u);
}

// To the last good state, from which the points of the material start anyway.
void
EquilibriumProblem::step_back(linear::Vector<double>                 &u,
                              const linear::Vector<double>           &last,
                              const contact::ContactInterface::State &state)
{
  take(u, last);
  if (interface_)
  {
    interface_->restore(state);
    interface_->evaluate(u);
  }
}

void
EquilibriumProblem::march(
  linear::Vector<double> &displacement,
  const std::string      &stage,
  const std::function<
    void(double, linear::Vector<double> &, linear::Vector<double> &)> &apply,
  const Observer                                                      &progress,
  const std::function<void(const StepReport &)>                       &report,
  const std::function<bool()>                                         &is_done)
{
  std::string                      complaint;
  linear::Vector<double>           before_last;
  contact::ContactInterface::State state_before_last;
  double                           reached = 0., reached_before = 0.;
  const nonlinear::LoadStepVerdict verdict = nonlinear::march(
    options_.steps,
    [&](const double share) {
      const linear::Vector<double>           last(displacement);
      const contact::ContactInterface::State state =
        interface_ ? interface_->state() : contact::ContactInterface::State();
      StepReport step;
      step.share = share;
      // Every step makes the multipliers better, at no cost but its own.
      if (interface_)
        interface_->augment();
      displacement.zero_out_ghost_values();
      begin_step(share - reached);
      // Where the last two steps point to.
      if (reached > reached_before)
      {
        const double ratio = (share - reached) / (reached - reached_before);
        displacement.add(ratio, last, -ratio, before_last);
        // Bone that yields does not go on in proportion; what is left of
        // contact while the screw is turned hardly makes it yield.
        if (interface_ && (!points_ || interface_->slips_as_known()))
          interface_->extrapolate(state_before_last, ratio);
      }
      const linear::Vector<double> guess(displacement);
      apply(share, forces_, displacement);
      follow_led_unknowns(displacement, guess, last);
      displacement.update_ghost_values();
      space_->distribute(displacement);
      const bool is_short =
        share - reached <= short_step * options_.steps.smallest;
      complaint = settle(displacement, last, stage, is_short, step, progress);
      if (!complaint.empty())
      {
        progress(stage + ": step reduced, " + complaint);
        step_back(displacement, last, state);
        return nonlinear::StepOutcome::failed;
      }
      const double moved = motion(displacement);
      if (moved > options_.largest_motion)
      {
        step_back(displacement, last, state);
        throw ConvergenceError(format(
          "%s: at %.4f of the load something moves by %.3g mm, more than "
          "the screw is long (%.3g mm), so the bone does not hold it",
          stage.c_str(),
          share,
          moved,
          options_.largest_motion));
      }
      balance_.accept();
      greatest_motion_ = moved;
      if (interface_)
        interface_->accept();
      if (points_)
        points_->accept();
      report(step);
      // What jumps does so in shorter steps, too.
      const unsigned int effort = step.newton_iterations - step.relaxations;
      const nonlinear::StepOutcome outcome =
        reached == 0. || effort <= few_iterations ? nonlinear::StepOutcome::easy
        : effort <= many_iterations               ? nonlinear::StepOutcome::fair
                                    : nonlinear::StepOutcome::hard;
      before_last       = last;
      state_before_last = state;
      reached_before    = reached;
      reached           = share;
      return outcome;
    },
    is_done);
  if (!verdict.converged)
    throw ConvergenceError(
      format("%s: equilibrium did not converge at %.4f of the load (%.4f did, "
             "after %u cut-backs): ",
             stage.c_str(),
             verdict.tried,
             verdict.reached,
             verdict.n_cutbacks) +
      complaint);
}

void
EquilibriumProblem::set_steps(const nonlinear::LoadStepOptions &steps)
{
  options_.steps = steps;
}

void
EquilibriumProblem::set_hold(const double seconds)
{
  hold_ = seconds;
}

void
EquilibriumProblem::set_tolerance(const ContactTolerance &tolerance)
{
  options_.tolerance = tolerance;
}

void
EquilibriumProblem::set_drivers(const std::vector<Driver> &drivers)
{
  drivers_ = drivers;
  driver_forces_.assign(drivers.size(), 0.);
  std::vector<linear::LowRankTerm> terms;
  for (const Driver &driver : drivers)
    terms.push_back({driver.direction, driver.stiffness});
  solver_.set_low_rank(terms);
}

const std::vector<Driver> &
EquilibriumProblem::drivers() const
{
  return drivers_;
}

void
EquilibriumProblem::set_target(const std::size_t driver, const double target)
{
  drivers_[driver].target = target;
}

void
EquilibriumProblem::set_force(const std::size_t driver, const double force)
{
  drivers_[driver].force = force;
}

const std::vector<double> &
EquilibriumProblem::driver_forces() const
{
  return driver_forces_;
}

ProblemState
EquilibriumProblem::state(const linear::Vector<double> &displacement) const
{
  ProblemState result;
  result.displacement = displacement;
  if (interface_)
    result.interface = interface_->state();
  if (points_)
    result.points = points_->states();
  return result;
}

void
EquilibriumProblem::restore(const ProblemState     &state,
                            linear::Vector<double> &displacement)
{
  if (points_)
    points_->set_states(state.points);
  step_back(displacement, state.displacement, state.interface);
  for (std::size_t i = 0; i < drivers_.size(); ++i)
    driver_forces_[i] = force_of(drivers_[i], displacement);
  // What follows does not depend on what was solved before.
  greatest_motion_ = 0.;
  usual_effort_ = last_effort_ = expected_effort_ = 0.;
}

bool
EquilibriumProblem::may_soften() const
{
  return points_ && points_->may_be_indefinite();
}

bool
EquilibriumProblem::has_interface() const
{
  return interface_.has_value();
}

contact::ContactInterface &
EquilibriumProblem::interface()
{
  return *interface_;
}

const contact::ContactInterface &
EquilibriumProblem::interface() const
{
  return *interface_;
}

const fem::MaterialPoints *
EquilibriumProblem::points() const
{
  return points_.get();
}

const fem::ElasticitySolver &
EquilibriumProblem::solver() const
{
  return solver_;
}
} // namespace miniscrew::equilibrium
