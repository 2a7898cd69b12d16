// SPDX-License-Identifier: LGPL-2.1-or-later
// Judgements of curves.
#include "solver/stages/motion_curve.h"

#include <algorithm>

namespace miniscrew::stages
{
namespace
{
// The peak is behind when the force has fallen below this share of it.
constexpr double past_peak = 0.9;

// A curve has levelled off where it is this much flatter than at first over
// this share of its length, and has not fallen below this share of the peak.
constexpr double flat          = 0.05;
constexpr double flat_share    = 0.25;
constexpr double still_at_peak = 0.995;

// All contact slips if less than this share of the interface sticks.
constexpr double hardly_any = 0.02;

// A share of yielding points that counts as failure of the bone.
constexpr double some_yield = 1e-3;

// Whether the end is flat, seen from the beginning.
bool
is_flat(const std::vector<MotionPoint> &curve, const double peak)
{
  const MotionPoint &to = curve.back();
  if (to.force < still_at_peak * peak)
    return false;
  // The last point that is at least as far back as the end is long.
  const auto from =
    std::find_if(curve.rbegin(), curve.rend(), [&](const MotionPoint &point) {
      return point.motion <= (1. - flat_share) * to.motion;
    });
  if (from == curve.rend() || from + 1 == curve.rend() ||
      !(to.motion > from->motion))
    return false;
  const double slope = (to.force - from->force) / (to.motion - from->motion);
  return slope < flat * curve[0].force / curve[0].motion;
}
} // namespace

std::string
name_of(const FailureMode mode)
{
  switch (mode)
  {
    case FailureMode::slip:
      return "slip";
    case FailureMode::thread_stripping:
      return "thread_stripping";
    case FailureMode::bone_crushing:
      return "bone_crushing";
    case FailureMode::screw_bending:
      return "screw_bending";
    case FailureMode::screw_yield:
      return "screw_yield";
    default:
      return "none";
  }
}

void
add_point(MotionResult &result, MotionPoint point, const double rig_compliance)
{
  point.shown = point.motion + rig_compliance * point.force;
  result.curve.push_back(point);
  if (result.curve.size() == 1 && point.motion > 0.)
    result.initial_stiffness = point.force / point.shown;
  if (point.force > result.peak.force)
    result.peak = point;
  result.passed_peak = point.force < past_peak * result.peak.force;
  result.is_flat     = is_flat(result.curve, result.peak.force);
}

bool
has_failed(const MotionResult &result)
{
  return result.passed_peak || result.is_flat;
}

bool
is_over(const MotionResult &result, const bool may_soften)
{
  return result.passed_peak || (result.is_flat && !may_soften);
}

FailureMode
failure_of(const MotionResult &result,
           const FailureMode   bone_failure,
           const FailureMode   screw_failure,
           const bool          screw_yields)
{
  if (screw_yields)
    return screw_failure;
  const MotionPoint &peak  = result.peak;
  const double       stick = 1. - peak.slip_share - peak.open_share;
  if (has_failed(result) || stick < hardly_any)
    return peak.yielding_share > some_yield ? bone_failure : FailureMode::slip;
  return FailureMode::none;
}
} // namespace miniscrew::stages
