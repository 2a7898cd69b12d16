// SPDX-License-Identifier: LGPL-2.1-or-later
// The head is pulled along the axis.
#pragma once

#include "solver/stages/driven_motion.h"

namespace miniscrew::stages
{
/// Along the axis, until the force is past its peak or flat, or the case's
/// distance is reached.
class PullOut : public DrivenMotion
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

/// Pull-out force by Chapman et al. 1996, J. Biomech. Eng. 118:391: shear
/// strength times pi D L times (1/2 + d / (sqrt(3) p)), summed over the layers
/// with the engaged length of the thread, N. The shear strength of a layer is
/// that of its law. Zero if a layer has no strength.
double chapman_force(const model::Model &model);
} // namespace miniscrew::stages
