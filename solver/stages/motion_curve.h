// SPDX-License-Identifier: LGPL-2.1-or-later
// The curve of a driven motion, and what it says of how the screw gives way.
#pragma once

#include <string>
#include <vector>

namespace miniscrew::stages
{
/// A point of the curve of a driven motion. The motion is that since the start,
/// in mm or rad; the force is conjugate to it, in N or N mm.
struct MotionPoint
{
  double motion = 0., force = 0.;
  /// The motion that the machine shows: with what gives in itself; add_point
  /// sets it.
  double shown = 0.;
  /// Shares of the interface's area, and of the inelastic points.
  double slip_share = 0., open_share = 0., yielding_share = 0.;
  double max_pressure = 0.; ///< of the interface, MPa
};

/// What gave way.
enum class FailureMode
{
  none,             ///< the force still rises
  slip,             ///< the interface slips, with bone that is elastic
  thread_stripping, ///< the bone within the thread is sheared off
  bone_crushing,    ///< the bone yields in front of the screw
  screw_bending,    ///< the screw yields, moved sideways
  screw_yield       ///< the screw yields, pulled or turned
};

/// The word of it in results.
std::string name_of(FailureMode mode);

struct MotionResult
{
  std::vector<MotionPoint> curve;
  /// Of the first step, by the motion that is shown.
  double      initial_stiffness = 0.;
  MotionPoint peak;
  /// True if the force has fallen well below its peak, or rises hardly any
  /// more (by less than 5 % of the first slope).
  bool        passed_peak = false, is_flat = false;
  FailureMode failure_mode = FailureMode::none;
};

/// Adds a point to the curve of a machine of this compliance, mm/N or
/// rad/(N mm), and judges the curve anew.
void
add_point(MotionResult &result, MotionPoint point, double rig_compliance = 0.);

/// The force is past its peak, or rises hardly any more.
bool has_failed(const MotionResult &result);

/// Whether a motion up to failure need not go on. A curve of bone that softens
/// is flat at its peak as well, so that it must have fallen.
bool is_over(const MotionResult &result, bool may_soften);

/// What gave way: the screw, if it yields; else bone in the way @p
/// bone_failure, if much of it yields at the peak of a curve that has failed;
/// else the interface, if the curve has failed or hardly any of the interface
/// sticks.
FailureMode failure_of(const MotionResult &result,
                       FailureMode         bone_failure,
                       FailureMode         screw_failure,
                       bool                screw_yields);
} // namespace miniscrew::stages
