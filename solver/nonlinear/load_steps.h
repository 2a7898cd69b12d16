// SPDX-License-Identifier: LGPL-2.1-or-later
// Load steps that are cut back where they do not converge.
#pragma once

#include <functional>
#include <string>
#include <vector>

namespace miniscrew::nonlinear
{
struct LoadStepOptions
{
  double       first     = 1.; ///< share of the load in the first step, (0, 1]
  double       smallest  = 1. / 64.; ///< below this, the run is given up
  double       largest   = 0.; ///< that steps may grow to, if above the first
  unsigned int successes = 2;  ///< in turn, after which the step grows
  /// Shares at which a step must end, ascending, in (0, 1); 1 need not be
  /// there.
  std::vector<double> stops = {};
};

/// How far load steps came.
struct LoadStepVerdict
{
  bool         converged  = false;
  double       reached    = 0.; ///< share of the load of the last good step
  double       tried      = 0.; ///< share that failed, if not converged
  unsigned int n_steps    = 0;
  unsigned int n_cutbacks = 0;
};

/// How a load step went.
enum class StepOutcome
{
  failed,
  hard, ///< in so many iterations that two halves had cost less
  fair,
  easy ///< a longer step would have been as well
};

/// Goes from share 0 to 1. @p attempt takes the share to reach and tells
/// whether it converged; if not it must have gone back to the last good state.
/// Steps are halved after a failure or a hard one, and doubled after easy ones
/// in turn, up to the largest; what remains up to the next stop is divided
/// evenly, so that no sliver is left for the last step. After a good step
/// @p is_done may end the way early; the verdict is then converged.
LoadStepVerdict march(const LoadStepOptions                    &options,
                      const std::function<StepOutcome(double)> &attempt,
                      const std::function<bool()>              &is_done = {});
} // namespace miniscrew::nonlinear
