// SPDX-License-Identifier: LGPL-2.1-or-later
// Newton's method and augmentation at one load.
#include "solver/equilibrium/equilibrium_problem.h"

#include "solver/base/log.h"

#include <algorithm>
#include <limits>

namespace miniscrew::equilibrium
{
namespace
{
// Residual per forces while the conditions of contact do not hold yet.
constexpr double unsettled_tolerance = 1e-3;

// Steps in which friction grows where it keeps Newton's method from converging,
// and the least of them.
constexpr double first_friction_step = 0.5, least_friction_step = 1. / 16.;

// Iterations in which the residual is to be halved where friction can grow
// instead.
constexpr unsigned int short_patience = 4;

// Where all that touches slips, no point can slip by an error of a linear
// solve. A screw is then turned in by as many iterations of Newton's method as
// with 1e-3, and half as many linear ones; with 5e-2 it takes more steps.
constexpr double loosest_without_stick = 2e-2;

std::string
at(const Vector3 &x)
{
  return format("(%.3f, %.3f, %.3f) mm", x[0], x[1], x[2]);
}
// What of the conditions of contact did not settle.
std::string
why_contact_failed(const contact::InterfaceMeasures &m, const double allowed)
{
  const bool               normal = m.penetration.value > allowed;
  const contact::Extremum &worst  = normal ? m.penetration : m.stick_violation;
  return format("%s stayed at %.2g um, allowed are %.2g, at ",
                normal ? "penetration" : "slip of a sticking point",
                1e3 * worst.value,
                1e3 * allowed) +
         at(worst.place);
}
} // namespace

std::string
EquilibriumProblem::why_newton_failed(
  const nonlinear::NewtonVerdict &verdict) const
{
  std::string reason = verdict.reason;
  if (points_ && !points_->is_admissible())
    reason = "points of the material found no admissible state";
  if (averages_ && !averages_->is_found())
    reason = "the average that damage follows was not found";
  reason += format(" (%.1e of the forces, allowed %.1e",
                   verdict.relative_residual,
                   options_.newton.tolerance);
  if (interface_)
  {
    const contact::InterfaceMeasures m = interface_->measures();
    reason += format("; %llu points of the interface keep changing; greatest "
                     "pressure %.3g MPa at ",
                     static_cast<unsigned long long>(m.n_changes),
                     m.pressure.value) +
              at(m.pressure.place);
  }
  if (points_)
    reason += format("; %.2g %% of the inelastic points yield",
                     100. * points_->yielding_share());
  return reason + ")";
}

// Newton's method with the multipliers as they are. Returns why it failed.
std::string
EquilibriumProblem::iterate(linear::Vector<double> &u,
                            const std::string      &stage,
                            const double            tolerance,
                            const bool              has_another_way,
                            StepReport             &step,
                            const Observer         &progress)
{
  nonlinear::NewtonOptions newton = options_.newton;
  newton.tolerance                = tolerance;
  if (has_another_way)
    newton.patience = short_patience;
  if (interface_ && interface_->slips_as_known())
    newton.loosest_linear_tolerance = loosest_without_stick;
  const nonlinear::NewtonVerdict verdict = nonlinear::newton(
    *this,
    u,
    newton,
    [&](unsigned int n, double residual, double, unsigned int cg) {
      progress(format("  %s %.3f, augmentation %u, Newton %u: residual "
                      "%.2e, %u linear iterations",
                      stage.c_str(),
                      step.share,
                      step.augmentations,
                      n,
                      residual,
                      cg));
    });
  step.newton_iterations += verdict.iterations;
  step.relaxations += verdict.relaxations;
  step.cg_iterations += verdict.linear_iterations;
  step.relative_residual = verdict.relative_residual;
  return verdict.converged ? "" : why_newton_failed(verdict);
}

// Friction of a known direction makes the system as unsymmetric as it is great,
// and which points touch is hard to find at once. Without it they are those of
// a convex problem, from where they are followed while friction grows; what is
// found is a state with all of the friction. It begins with @p share of it, and
// without any where that does not settle. Returns what did not settle.
std::string
EquilibriumProblem::ease_into_friction(linear::Vector<double> &u,
                                       double                  share,
                                       const std::string      &stage,
                                       const double            tolerance,
                                       StepReport             &step,
                                       const Observer         &progress)
{
  double      reached = -1., length = first_friction_step;
  std::string complaint;
  while (reached < 1. && length >= least_friction_step)
  {
    const linear::Vector<double> good(u);
    interface_->set_friction_share(share);
    complaint = iterate(u, stage, tolerance, false, step, progress);
    if (complaint.empty())
      reached = share;
    else
    {
      complaint =
        format("with %.0f %% of the friction, ", 100. * share) + complaint;
      // Without friction there is nothing to go back to.
      if (share == 0.)
        break;
      take(u, good);
      if (reached >= 0.)
        length *= 0.5;
    }
    share = reached < 0. ? 0. : std::min(1., reached + length);
  }
  interface_->set_friction_share(1.);
  return complaint;
}

// Newton's method and augmentation at one load, after the good state @p last.
// Where bone softens it is damage that does not settle, which less friction
// does not change, unless the step @p is_short. Returns what did not settle.
std::string
EquilibriumProblem::settle(linear::Vector<double>       &u,
                           const linear::Vector<double> &last,
                           const std::string            &stage,
                           const bool                    is_short,
                           StepReport                   &step,
                           const Observer               &progress)
{
  // Forces are balanced exactly only when the conditions of contact hold, or
  // when what they lack does not become less otherwise.
  bool   exactly   = !interface_;
  double violation = std::numeric_limits<double>::infinity();
  // At first nothing is known of what touches; after a good state half of the
  // friction is mostly a good beginning.
  const bool is_first =
    interface_ && interface_->slips_as_known() && last.l2_norm() == 0.;
  const double first_share = is_first ? 0. : first_friction_step;
  bool         begins      = is_first;
  for (;;)
  {
    const double tolerance =
      exactly ? options_.newton.tolerance
              : std::max(options_.newton.tolerance, unsettled_tolerance);
    const bool may_ease = !begins && step.augmentations == 0 && interface_ &&
                          interface_->slips_as_known() &&
                          (!may_soften() || is_short);
    std::string complaint =
      begins
        ? ease_into_friction(u, first_share, stage, tolerance, step, progress)
        : iterate(u, stage, tolerance, may_ease, step, progress);
    if (!complaint.empty() && may_ease)
    {
      take(u, last);
      complaint =
        ease_into_friction(u, first_share, stage, tolerance, step, progress);
    }
    begins = false;
    if (!complaint.empty())
      return complaint;
    if (points_)
      step.yielding_share = points_->yielding_share();
    if (!interface_)
      return "";
    step.measures                             = interface_->measures();
    const contact::InterfaceMeasures &m       = step.measures;
    const double                      allowed = allowed_gap(u);
    const double                      before  = violation;
    violation = std::max(m.penetration.value, m.stick_violation.value);
    if (!exactly && (violation <= allowed || violation > 0.5 * before))
    {
      exactly = true;
      continue;
    }
    if (violation <= allowed)
      return "";
    if (step.augmentations == options_.max_augmentations)
      return why_contact_failed(m, allowed);
    interface_->augment();
    ++step.augmentations;
  }
}
} // namespace miniscrew::equilibrium
