// SPDX-License-Identifier: LGPL-2.1-or-later
// The head is turned back.
#pragma once

#include "solver/stages/driven_motion.h"

namespace miniscrew::stages
{
/// Until the torque is past its peak or flat, or the case's angle is reached.
/// Motion and torque count positive.
class Removal : public DrivenMotion
{
public:
  std::string name() const override;
  std::string advice() const override;

private:
  MotionPlan plan(const StageContext &context) const override;
  bool       has_band() const override;
  void       add_numbers(const StageContext &context,
                         const MotionResult &motion,
                         report::Record     &numbers) const override;
};
} // namespace miniscrew::stages
