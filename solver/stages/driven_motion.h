// SPDX-License-Identifier: LGPL-2.1-or-later
// Motions of the screw that a machine prescribes, segment by segment.
#pragma once

#include "solver/model/grip.h"
#include "solver/stages/motion_curve.h"
#include "solver/stages/stage.h"

#include <functional>
#include <string>
#include <vector>

namespace miniscrew::stages
{
/// A part of a driven motion: to a target, in steps, or until a rule says that
/// it is done. Loading, unloading and reloading are three of them.
struct Segment
{
  double       target = 0.; ///< motion since the start, mm or rad
  unsigned int steps  = 1;  ///< at least; they are reduced where needed
  /// True if the curve up to now is all that is wanted of this segment.
  std::function<bool(const MotionResult &)> is_done = {};
};

/// What is moved, along what, and how.
struct MotionPlan
{
  std::string      name; ///< for messages
  model::FacePatch patch;
  model::Wrench    direction{}; ///< of length one
  /// True of a rotation: results are then in degrees and N cm.
  bool                 turns = false;
  std::vector<Segment> segments;
  /// How the bone fails in this motion, and how the screw.
  FailureMode bone_failure  = FailureMode::thread_stripping,
              screw_failure = FailureMode::screw_yield;
  /// What the machine itself gives, mm/N: it is part of the displacements and
  /// of the stiffness that are told.
  double rig_compliance = 0.;
};

/// The rule of a motion that ends when the screw has given way.
std::function<bool(const MotionResult &)>
until_failure(const StageContext &context);

/// A stage that moves a patch of the screw, which is free to move otherwise,
/// and measures what that takes.
class DrivenMotion : public Stage
{
public:
  bool                     is_asked_for(const Case &input) const override;
  std::string              fields_name() const override;
  std::vector<std::string> curve_names() const override;

private:
  void advance(StageContext &context, StageResult &result) const override;

  virtual MotionPlan plan(const StageContext &context) const = 0;

  /// True if the motion is measured at both bounds of an insertion's band, too.
  virtual bool
  has_band() const
  {
    return false;
  }

  void add_band(const StageContext &context,
                const MotionPlan   &plan,
                StageResult        &result) const;

  /// Numbers of its own, beside those of all driven motions.
  virtual void
  add_numbers(const StageContext & /*context*/,
              const MotionResult & /*motion*/,
              report::Record & /*numbers*/) const
  {}
};
} // namespace miniscrew::stages
