// SPDX-License-Identifier: LGPL-2.1-or-later
// Tests that move the screw and measure what that takes.
#pragma once

#include "solver/stages/service.h"

#include <nlohmann/json.hpp>

#include <string>
#include <vector>

namespace miniscrew::stages
{
/// A point of a test's curve. The motion is that since the start of the test,
/// in mm or rad; the force is conjugate to it, in N or N mm.
struct TestPoint
{
  double motion = 0., force = 0.;
  /// Shares of the interface's area, and of the inelastic points.
  double slip_share = 0., open_share = 0., yielding_share = 0.;
  double max_pressure = 0., max_von_mises = 0.; ///< interface, screw; MPa
};

/// What gave way.
enum class FailureMode
{
  none, ///< the force still rises
  bone, ///< bone yields and softens
  slip, ///< the interface slips, with bone that is elastic
  screw ///< the screw yields
};

struct TestResult
{
  std::vector<TestPoint> curve;
  double                 start_force       = 0.;
  double                 initial_stiffness = 0.; ///< of the first step
  TestPoint              peak;
  /// Whether the force has fallen well below its peak, or rises hardly any
  /// more (by less than 5 % of the first slope).
  bool passed_peak = false, is_flat = false;
  /// Why the test ended early, if it did; the curve is valid up to there.
  std::string  stopped_because;
  FailureMode  failure_mode      = FailureMode::none;
  unsigned int newton_iterations = 0, linear_iterations = 0;
  double       seconds = 0.;
  /// Of its end against its start, see strain_statistics().
  nlohmann::json statistics;
};

/// Pulls the head along the axis, free to move otherwise, until the force is
/// past its peak or flat, or the case's distance is reached. Starts from what
/// the case's @p state was prepared to; leaves the displacement in
/// @p displacement. Collective.
TestResult pull_out(model::Model           &model,
                    ServiceState           &state,
                    linear::Vector<double> &displacement,
                    Log                    &log);

/// Pushes the point of load sideways, along the lateral part of the case's
/// force (or x), free to move otherwise, for the case's distance.
TestResult push_sideways(model::Model           &model,
                         ServiceState           &state,
                         linear::Vector<double> &displacement,
                         Log                    &log);

/// Turns the head back, free to move otherwise, until all contact slips or
/// the case's angle is reached. Motion and torque count positive.
TestResult remove(model::Model           &model,
                  ServiceState           &state,
                  linear::Vector<double> &displacement,
                  Log                    &log);

/// Pull-out force by Chapman et al. 1996, J. Biomech. Eng. 118:391: shear
/// strength times pi D L times (1/2 + d / (sqrt(3) p)), summed over the layers
/// with the engaged length of the thread, N. The shear strength of a layer is
/// that of its law. Zero if a layer has no strength.
double chapman_force(const model::Model &model);
} // namespace miniscrew::stages
