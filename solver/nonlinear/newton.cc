// SPDX-License-Identifier: LGPL-2.1-or-later
// The iteration of Newton's method.
#include "solver/nonlinear/newton.h"

#include "solver/linear/norm.h"

#include <algorithm>
#include <cmath>
#include <deque>
#include <limits>

namespace miniscrew::nonlinear
{
namespace
{
constexpr unsigned int usual_halvings = 2, most_halvings = 6;
constexpr double       tolerable_growth = 4.;

// A residual that hardly falls, and what it does to the linear tolerance.
constexpr double hardly = 0.5, tighter = 0.1;

/// Norm of a residual per its size; not a number if one of them is not finite,
/// as a residual by an infinite size would pass for zero.
double
relative(const linear::Vector<double> &r, const double size)
{
  const double norm = linear::norm_of(r);
  return std::isfinite(norm) && std::isfinite(size)
           ? norm / std::max(size, 1e-300)
           : std::numeric_limits<double>::quiet_NaN();
}

/// A full step, or the best of shorter ones. Leaves @p u and @p r there.
class LineSearch
{
public:
  LineSearch(System                 &system,
             linear::Vector<double> &u,
             linear::Vector<double> &r)
    : system_(system),
      u_(u),
      r_(r)
  {}

  /// Residual norm per size, and length of the step in @p length.
  double
  search(const linear::Vector<double> &du, const double old, double &length)
  {
    length             = 1.;
    double best        = step(du, 1.);
    double best_length = 1.;
    for (unsigned int i = 0; i < most_halvings && !(best < old); ++i)
    {
      if (i >= usual_halvings && best < tolerable_growth * old)
        break;
      const double shorter = 0.5 * length;
      const double value   = step(du, shorter - length);
      length               = shorter;
      if (value < best || !std::isfinite(best))
      {
        best        = value;
        best_length = length;
      }
    }
    if (best_length != length)
      best = step(du, best_length - length);
    length = best_length;
    return best;
  }

private:
  double
  step(const linear::Vector<double> &du, const double factor)
  {
    system_.advance(u_, du, factor);
    const double size = system_.residual(r_, u_);
    return relative(r_, size);
  }

  System                 &system_;
  linear::Vector<double> &u_, &r_;
};

// Whether the residual has not been halved in the last @p patience iterations,
// whose residuals are in @p recent.
bool
has_stalled(std::deque<double> &recent,
            const double        residual,
            const std::size_t   patience)
{
  recent.push_back(residual);
  if (recent.size() <= patience)
    return false;
  const double before = recent.front();
  recent.pop_front();
  return residual > 0.5 * before;
}
} // namespace

NewtonVerdict
newton(System                 &system,
       linear::Vector<double> &u,
       const NewtonOptions    &options,
       const NewtonObserver   &observer)
{
  linear::Vector<double> r(u), du(u);
  const double           size = system.residual(r, u);
  NewtonVerdict          verdict;
  verdict.relative_residual    = relative(r, size);
  double             tolerance = options.loosest_linear_tolerance;
  std::deque<double> recent;
  while (!(verdict.relative_residual <= options.tolerance))
  {
    if (!std::isfinite(verdict.relative_residual))
    {
      verdict.reason = "the residual is not a number";
      return verdict;
    }
    if (r.l2_norm() == 0.)
      break;
    if (verdict.iterations == options.max_iterations ||
        has_stalled(recent, verdict.relative_residual, options.patience))
    {
      verdict.reason = "the residual did not settle";
      return verdict;
    }
    const linear::Verdict linear = system.solve(du, r, tolerance);
    verdict.linear_iterations += linear.iterations;
    if (!linear.converged)
    {
      verdict.reason = "the linear solver did not converge";
      return verdict;
    }
    double       length = 1.;
    const double before = verdict.relative_residual;
    verdict.relative_residual =
      LineSearch(system, u, r).search(du, before, length);
    ++verdict.iterations;
    if (observer)
      observer(verdict.iterations,
               verdict.relative_residual,
               length,
               linear.iterations);
    // Eisenstat & Walker 1996, choice 2, SIAM J. Sci. Comput. 17:16; no tighter
    // than what ends the iteration. Where the residual hardly falls, errors of
    // the linear solve may be the reason: they let points of contact change.
    const double ratio = verdict.relative_residual / before;
    const double enough =
      0.3 * options.tolerance / std::max(verdict.relative_residual, 1e-300);
    const double wanted =
      ratio > hardly ? tighter * tolerance : 0.5 * ratio * ratio;
    tolerance = std::clamp(std::max(wanted, enough),
                           options.tightest_linear_tolerance,
                           options.loosest_linear_tolerance);
  }
  verdict.converged = true;
  return verdict;
}
} // namespace miniscrew::nonlinear
