// SPDX-License-Identifier: LGPL-2.1-or-later
// Linear systems of Newton's method, and when their preconditioner is renewed.
#include "solver/equilibrium/equilibrium_problem.h"

#include <algorithm>
#include <cmath>

namespace miniscrew::equilibrium
{
namespace
{
// Stiffness between screw and bone in the preconditioner, per penalty.
constexpr double preconditioner_springs = 1e-4;

// The linear solver is given up after so many times its usual iterations, and
// at least so many: a tangent that is this bad leads nowhere, and a shorter
// step costs less.
constexpr double hopeless_factor = 6., least_hopeless = 80.;

// A preconditioner that takes so many times its first iterations and so many
// more per decade has become a bad one.
constexpr double tired_factor = 1.5, tired_margin = 1.5;

// Weight of the last solve in what is usual.
constexpr double newest = 0.25;

// Decades by which a solve brings its residual down.
double
decades_of(const double relative_tolerance)
{
  return std::max(1., -std::log10(relative_tolerance));
}
} // namespace

// Whether the system may be indefinite or not symmetric.
bool
EquilibriumProblem::is_general() const
{
  return (points_ && points_->may_be_indefinite()) ||
         (interface_ && interface_->has_friction());
}

// A law that softens has tangents of both kinds.
bool
EquilibriumProblem::can_relax() const
{
  return points_ && points_->may_be_indefinite();
}

// Tangents and interface at the last residual, into the preconditioner as well
// if @p renew.
void
EquilibriumProblem::linearise(const bool                renew,
                              const nonlinear::Jacobian jacobian)
{
  const bool is_consistent = jacobian == nonlinear::Jacobian::consistent;
  std::optional<fem::TangentField> tangents;
  if (interface_)
    solver_.set_coupling(interface_->tangent(),
                         interface_->friction_tangent(),
                         interface_->stiffnesses(preconditioner_springs));
  if (points_)
  {
    if (renew)
      tangents.emplace(space_->cells().size(), space_->degree() + 1);
    points_->collect_tangents(tangents ? &*tangents : nullptr);
    points_->set_positive(!is_consistent);
    if (averages_ && is_consistent)
      averages_->begin_linearisation(*space_);
    solver_.linearise(*current_, *points_);
    if (averages_)
      solver_.set_term(is_consistent
                         ? averages_->end_linearisation(solver_.system())
                         : nullptr);
  }
  if (!renew)
    return;
  solver_.renew_preconditioner(tangents ? &*tangents : nullptr);
  usual_effort_ = 0.;
}

// Whether interface or tangents have changed so much that the preconditioner
// has become a bad one. A bonded elastic one is there from the start.
bool
EquilibriumProblem::needs_renewal() const
{
  if (usual_effort_ == 0.)
    return interface_.has_value();
  return last_effort_ > tired_factor * usual_effort_ + tired_margin;
}

linear::Verdict
EquilibriumProblem::solve(linear::Vector<double>       &du,
                          const linear::Vector<double> &r,
                          const double                  relative_tolerance,
                          const nonlinear::Jacobian     jacobian)
{
  const bool renew =
    jacobian == nonlinear::Jacobian::consistent && needs_renewal();
  linearise(renew, jacobian);
  return solve_linearised(du, r, relative_tolerance, jacobian, renew);
}

// A preconditioner that is not @p is_fresh and fails, or takes thrice as long
// as usual, is set up anew, too.
linear::Verdict
EquilibriumProblem::solve_linearised(linear::Vector<double>       &du,
                                     const linear::Vector<double> &r,
                                     const double relative_tolerance,
                                     const nonlinear::Jacobian jacobian,
                                     const bool                is_fresh)
{
  const double decades = decades_of(relative_tolerance);
  const auto   limit   = [&](const double iterations) {
    return static_cast<unsigned int>(
      std::min<double>(options_.max_linear_iterations, iterations));
  };
  const unsigned int most =
    expected_effort_ == 0.
      ? options_.max_linear_iterations
      : limit(std::max(least_hopeless,
                       hopeless_factor * expected_effort_ * decades));
  linear::CgOptions options;
  options.relative_tolerance = relative_tolerance;
  options.max_iterations =
    usual_effort_ == 0.
      ? most
      : std::min(most, limit(3. * usual_effort_ * decades + 20.));
  const bool         general = is_general();
  linear::Verdict    verdict = solver_.solve_increment(du, r, options, general);
  const unsigned int tried   = verdict.iterations;
  double             effort  = tried / decades;
  if (!verdict.converged && !is_fresh)
  {
    linearise(true, jacobian);
    options.max_iterations = most;
    verdict                = solver_.solve_increment(du, r, options, general);
    effort                 = verdict.iterations / decades;
    verdict.iterations += tried;
  }
  // What a positive Jacobian takes says nothing of the others.
  if (jacobian == nonlinear::Jacobian::positive)
    return verdict;
  last_effort_ = effort;
  effort       = std::max(1., effort);
  if (usual_effort_ == 0.)
    usual_effort_ = effort;
  if (verdict.converged)
    expected_effort_ =
      expected_effort_ == 0.
        ? effort
        : expected_effort_ + newest * (effort - expected_effort_);
  return verdict;
}
} // namespace miniscrew::equilibrium
