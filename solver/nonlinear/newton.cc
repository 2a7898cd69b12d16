// SPDX-License-Identifier: LGPL-2.1-or-later
// The iteration of Newton's method.
#include "solver/nonlinear/newton.h"

#include "solver/linear/norm.h"

#include <algorithm>
#include <cmath>
#include <deque>
#include <limits>
#include <optional>

namespace miniscrew::nonlinear
{
namespace
{
constexpr unsigned int usual_halvings = 2, most_halvings = 6;
constexpr double       tolerable_growth = 4.;

// Relaxations: how often they are tried, how long each time, and the share of
// the residual from which on Newton's method takes over. While a state that is
// not stable is left the residual grows, so that it is no measure.
constexpr unsigned int most_relaxations = 3, longest_relaxation = 40;
constexpr double       near = 0.1, relaxed = 0.1, shortest_relaxing = 0.1;

// Where the Jacobian may be indefinite, a way that leads astray is left: linear
// solves cost ten times as much there, and a shorter load step finds the right
// one in a few. After so many iterations, the residual is to be no greater than
// in the first ones, and a tenth of that after every so many more; one that is
// small is left to patience.
constexpr unsigned int first_iterations = 2, free_iterations = 4;
constexpr double       iterations_per_decade = 6., small = 0.02;

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

  /// Residual norm per size after a step of this @p length whatever it does,
  /// but for one that leads to no number: that is shortened.
  double
  take(const linear::Vector<double> &du, double &length)
  {
    double value = step(du, length);
    for (unsigned int i = 0; i < most_halvings && !std::isfinite(value); ++i)
    {
      length *= 0.5;
      value = step(du, -length);
    }
    return value;
  }

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

// The length of relaxing steps, by Aitken's method: from r to r' along a line
// r + x (r' - r) / length is least at a length of its own. Where r grows on, it
// has none, and the steps become longer again.
double
relaxing_length(const double                  length,
                const linear::Vector<double> &before,
                const linear::Vector<double> &after)
{
  linear::Vector<double> change(after);
  change -= before;
  const double best = -length * (before * change) / change.norm_sqr();
  return std::clamp(best > 0. ? best : 2. * length, shortest_relaxing, 1.);
}

/// When to relax, and when to give up.
class Course
{
public:
  Course(const NewtonOptions &options, const bool can_relax)
    : options_(options),
      relaxations_left_(can_relax ? most_relaxations : 0)
  {}

  /// The Jacobian of the iteration after one that ended with @p residual;
  /// nothing if there is to be none.
  std::optional<Jacobian>
  next(const double residual)
  {
    if (iterations_left_ > 0) // of a relaxation
    {
      if (residual > relaxed * residual_before_ && --iterations_left_ > 0)
        return Jacobian::positive;
      if (iterations_left_ == 0 && residual > residual_before_)
        return std::nullopt;
      iterations_left_ = 0;
    }
    else if (goes_astray(residual))
      return std::nullopt;
    else if (has_stalled(residual))
    {
      if (relaxations_left_ == 0 || residual > near)
        return std::nullopt;
      --relaxations_left_;
      iterations_left_ = longest_relaxation;
      residual_before_ = residual;
      recent_.clear();
      return Jacobian::positive;
    }
    return n_consistent_++ < options_.max_iterations
             ? std::optional(Jacobian::consistent)
             : std::nullopt;
  }

private:
  // Whether the residual is too great for that many iterations, of which none
  // has relaxed though it may.
  bool
  goes_astray(const double residual)
  {
    if (n_consistent_ <= first_iterations)
      first_residual_ = std::max(first_residual_, residual);
    if (relaxations_left_ < most_relaxations || n_consistent_ < free_iterations)
      return false;
    const double decades =
      (n_consistent_ - free_iterations) / iterations_per_decade;
    return residual >
           std::max(small, first_residual_ * std::pow(10., -decades));
  }

  // Whether the residual was not halved in as many iterations as it may take.
  bool
  has_stalled(const double residual)
  {
    recent_.push_back(residual);
    if (recent_.size() <= options_.patience)
      return false;
    const double before = recent_.front();
    recent_.pop_front();
    return residual > 0.5 * before;
  }

  const NewtonOptions &options_;
  std::deque<double>   recent_;
  unsigned int         relaxations_left_ = 0, iterations_left_ = 0;
  unsigned int         n_consistent_    = 0;
  double               residual_before_ = 0.; ///< the relaxation
  double               first_residual_  = 0.; ///< greatest of the first ones
};
} // namespace

NewtonVerdict
newton(System                 &system,
       linear::Vector<double> &u,
       const NewtonOptions    &options,
       const NewtonObserver   &observer)
{
  linear::Vector<double> r(u), du(u), last;
  double                 relaxing = 1.;
  const double           size     = system.residual(r, u);
  NewtonVerdict          verdict;
  verdict.relative_residual = relative(r, size);
  double tolerance          = options.loosest_linear_tolerance;
  Course course(options, system.can_relax());
  while (!(verdict.relative_residual <= options.tolerance))
  {
    if (!std::isfinite(verdict.relative_residual))
    {
      verdict.reason = "the residual is not a number";
      return verdict;
    }
    if (r.l2_norm() == 0.)
      break;
    const std::optional<Jacobian> jacobian =
      course.next(verdict.relative_residual);
    if (!jacobian)
    {
      verdict.reason = "the residual did not settle";
      return verdict;
    }
    const bool            relaxes = *jacobian == Jacobian::positive;
    const linear::Verdict linear  = system.solve(du, r, tolerance, *jacobian);
    verdict.linear_iterations += linear.iterations;
    if (!linear.converged)
    {
      verdict.reason = "the linear solver did not converge";
      return verdict;
    }
    if (relaxes)
      last = r;
    double       length = relaxing;
    const double before = verdict.relative_residual;
    LineSearch   line(system, u, r);
    verdict.relative_residual =
      relaxes ? line.take(du, length) : line.search(du, before, length);
    ++verdict.iterations;
    verdict.relaxations += relaxes;
    relaxing = relaxes ? relaxing_length(length, last, r) : 1.;
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
    const double wanted = relaxes          ? options.loosest_linear_tolerance
                          : ratio > hardly ? tighter * tolerance
                                           : 0.5 * ratio * ratio;
    tolerance           = std::clamp(std::max(wanted, enough),
                           options.tightest_linear_tolerance,
                           options.loosest_linear_tolerance);
  }
  verdict.converged = true;
  return verdict;
}
} // namespace miniscrew::nonlinear
