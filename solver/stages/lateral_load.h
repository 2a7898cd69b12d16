// SPDX-License-Identifier: LGPL-2.1-or-later
// The point of load is moved sideways.
#pragma once

#include "solver/stages/driven_motion.h"

namespace miniscrew::stages
{
/// Along the lateral part of the case's force (or x), for the case's distance.
class LateralLoad : public DrivenMotion
{
public:
  std::string name() const override;
  std::string advice() const override;

private:
  MotionPlan plan(const StageContext &context) const override;
};
} // namespace miniscrew::stages
