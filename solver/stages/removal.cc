// SPDX-License-Identifier: LGPL-2.1-or-later
// The head is turned back.
#include "solver/stages/removal.h"

#include "solver/case/tables/stage_keys.h"

namespace miniscrew::stages
{
std::string
Removal::name() const
{
  return "removal";
}

std::string
Removal::advice() const
{
  return "more tests.removal_steps or a smaller "
         "discretisation.interface_size_mm or less friction may help";
}

MotionPlan
Removal::plan(const StageContext &context) const
{
  const Case      &input = context.input;
  constexpr double rad   = 3.14159265358979323846 / 180.;
  return {"removal",
          model::head_patch(context.model),
          {{0., 0., 0., 0., 0., 1.}},
          true,
          {{rad * input.value(removal_angle),
            input.count(removal_steps),
            has_failed}}};
}
} // namespace miniscrew::stages
