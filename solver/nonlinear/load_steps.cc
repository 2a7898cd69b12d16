// SPDX-License-Identifier: LGPL-2.1-or-later
// Control of the load steps.
#include "solver/nonlinear/load_steps.h"

#include <algorithm>
#include <cmath>

namespace miniscrew::nonlinear
{
namespace
{
// Easy steps in turn, after which a step that was halved grows again.
constexpr unsigned int cautious_successes = 3;

/// The first stop beyond a share, or the whole load.
double
next_stop(const std::vector<double> &stops, const double share)
{
  const auto stop = std::find_if(
    stops.begin(), stops.end(), [&](const double s) { return s > share; });
  return stop == stops.end() ? 1. : *stop;
}

/// The step of at most about @p step that divides @p rest evenly, if that is
/// but a few.
double
even_step(const double rest, const double step)
{
  constexpr double few = 2., tolerated = 0.1;
  const double     n = std::max(1., std::ceil(rest / step - tolerated));
  return n > few ? step : rest / n;
}
} // namespace

LoadStepVerdict
march(const LoadStepOptions                    &options,
      const std::function<StepOutcome(double)> &attempt,
      const std::function<bool()>              &is_done)
{
  LoadStepVerdict verdict;
  double          step    = options.first;
  unsigned int    in_turn = 0, needed = options.successes;
  // Steps end at stops and at the full load exactly.
  const double nearly = 1. - 1e-9;
  while (verdict.reached < nearly)
  {
    const double stop = next_stop(options.stops, verdict.reached);
    const double to = verdict.reached + even_step(stop - verdict.reached, step);
    const double next         = to > nearly * stop ? stop : to;
    const StepOutcome outcome = attempt(next);
    if (outcome != StepOutcome::failed)
    {
      const double length = next - verdict.reached;
      verdict.reached     = next;
      ++verdict.n_steps;
      if (is_done && is_done())
        break;
      if (outcome == StepOutcome::hard)
      {
        step    = std::max(0.5 * length, options.smallest);
        in_turn = 0;
        needed  = std::max(needed, cautious_successes);
      }
      else if (outcome == StepOutcome::easy && ++in_turn >= needed)
      {
        step    = std::min(2. * step, std::max(options.largest, options.first));
        in_turn = 0;
      }
      continue;
    }
    ++verdict.n_cutbacks;
    in_turn = 0;
    needed  = std::max(needed, cautious_successes);
    step    = 0.5 * (next - verdict.reached);
    if (step < options.smallest)
    {
      verdict.tried = next;
      return verdict;
    }
  }
  verdict.converged = true;
  return verdict;
}
} // namespace miniscrew::nonlinear
