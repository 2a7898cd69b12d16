// SPDX-License-Identifier: LGPL-2.1-or-later
// Curves of driven motions: peaks, plateaus, and what gave way.
#include "solver/stages/motion_curve.h"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>

using namespace miniscrew::stages;

namespace
{
// A curve in 40 steps up to a motion of 1.
MotionResult
curve_of(const std::function<double(double)> &force,
         const MotionPoint                   &contact    = {},
         const double                         compliance = 0.)
{
  MotionResult result;
  for (int i = 1; i <= 40; ++i)
  {
    MotionPoint point = contact;
    point.motion      = i / 40.;
    point.force       = force(point.motion);
    add_point(result, point, compliance);
  }
  return result;
}

MotionPoint
shares(const double slip, const double open, const double yielding)
{
  MotionPoint point;
  point.slip_share     = slip;
  point.open_share     = open;
  point.yielding_share = yielding;
  return point;
}

double
rising(const double x)
{
  return 100. * x;
}

double
levelling_off(const double x)
{
  return 100. * (1. - std::exp(-10. * x));
}

double
softening(const double x)
{
  return 100. * x * std::exp(1. - 2. * x);
}

FailureMode
mode(const MotionResult &result, const bool screw_yields = false)
{
  return failure_of(result,
                    FailureMode::bone_crushing,
                    FailureMode::screw_bending,
                    screw_yields);
}
} // namespace

TEST(MotionCurve, RisesWithoutAFailure)
{
  const MotionResult result = curve_of(rising);
  EXPECT_FALSE(has_failed(result));
  EXPECT_EQ(result.peak.motion, 1.);
  EXPECT_NEAR(result.initial_stiffness, 100., 1e-10);
}

TEST(MotionCurve, LevelsOff)
{
  const MotionResult result = curve_of(levelling_off);
  EXPECT_TRUE(result.is_flat);
  EXPECT_FALSE(result.passed_peak);
  EXPECT_TRUE(has_failed(result));
}

TEST(MotionCurve, PassesAPeak)
{
  const MotionResult result = curve_of(softening);
  EXPECT_TRUE(result.passed_peak);
  EXPECT_FALSE(result.is_flat);
  EXPECT_NEAR(result.peak.motion, 0.5, 1e-12);
  EXPECT_NEAR(result.peak.force, 50., 1e-10);
}

// Around a peak the slope is small, too: where bone softens, a test goes on
// beyond it.
TEST(MotionCurve, OfSofteningBoneIsNotOverAtItsPeak)
{
  MotionResult result;
  bool         was_flat = false;
  for (int i = 1; i <= 40 && !is_over(result, true); ++i)
  {
    MotionPoint point;
    point.motion = i / 40.;
    point.force  = softening(point.motion);
    add_point(result, point);
    was_flat = was_flat || result.is_flat;
  }
  EXPECT_TRUE(was_flat);
  EXPECT_TRUE(is_over(result, true));
  EXPECT_LT(result.curve.back().force, 0.9 * result.peak.force);
}

TEST(MotionCurve, IsOverAtALimitOfBoneThatDoesNotSoften)
{
  const MotionResult result = curve_of(levelling_off);
  EXPECT_TRUE(is_over(result, false));
  EXPECT_FALSE(is_over(result, true));
  EXPECT_FALSE(is_over(curve_of(rising), false));
}

TEST(MotionCurve, FirstPointsAreNeverFlat)
{
  MotionResult result;
  for (const double x : {0.1, 0.2})
  {
    MotionPoint point;
    point.motion = x;
    point.force  = 1.;
    add_point(result, point);
    EXPECT_FALSE(result.is_flat);
  }
}

TEST(MotionCurve, RigAddsItsComplianceToThatOfTheScrew)
{
  const double       c    = 0.004;
  const MotionResult bare = curve_of(levelling_off),
                     held = curve_of(levelling_off, {}, c);
  EXPECT_EQ(held.peak.force, bare.peak.force);
  EXPECT_NEAR(held.peak.shown, bare.peak.shown + c * bare.peak.force, 1e-12);
  EXPECT_NEAR(
    1. / held.initial_stiffness, 1. / bare.initial_stiffness + c, 1e-12);
  // What is judged is the screw, not the rig.
  EXPECT_EQ(held.is_flat, bare.is_flat);
}

TEST(FailureOf, NothingWhileTheForceRises)
{
  EXPECT_EQ(mode(curve_of(rising, shares(0.5, 0.2, 0.3))), FailureMode::none);
}

TEST(FailureOf, BoneThatYieldsAtThePeak)
{
  EXPECT_EQ(mode(curve_of(softening, shares(0.2, 0.2, 0.1))),
            FailureMode::bone_crushing);
  EXPECT_EQ(mode(curve_of(levelling_off, shares(0.2, 0.2, 0.1))),
            FailureMode::bone_crushing);
  EXPECT_EQ(failure_of(curve_of(softening, shares(0.2, 0.2, 0.1)),
                       FailureMode::thread_stripping,
                       FailureMode::screw_yield,
                       false),
            FailureMode::thread_stripping);
}

TEST(FailureOf, InterfaceThatSlipsInElasticBone)
{
  EXPECT_EQ(mode(curve_of(levelling_off, shares(0.2, 0.2, 0.))),
            FailureMode::slip);
  // All of it slips, however the force goes on.
  EXPECT_EQ(mode(curve_of(rising, shares(0.7, 0.3, 0.))), FailureMode::slip);
}

TEST(FailureOf, ScrewThatYieldsFirst)
{
  EXPECT_EQ(mode(curve_of(rising), true), FailureMode::screw_bending);
  EXPECT_EQ(mode(curve_of(softening, shares(0.2, 0.2, 0.1)), true),
            FailureMode::screw_bending);
}

TEST(FailureOf, HasAWordForEachMode)
{
  EXPECT_EQ(name_of(FailureMode::none), "none");
  EXPECT_EQ(name_of(FailureMode::slip), "slip");
  EXPECT_EQ(name_of(FailureMode::thread_stripping), "thread_stripping");
  EXPECT_EQ(name_of(FailureMode::bone_crushing), "bone_crushing");
  EXPECT_EQ(name_of(FailureMode::screw_bending), "screw_bending");
  EXPECT_EQ(name_of(FailureMode::screw_yield), "screw_yield");
}
