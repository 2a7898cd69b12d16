// SPDX-License-Identifier: LGPL-2.1-or-later
// The head is turned back.
#include "solver/stages/removal.h"

#include "solver/base/units.h"
#include "solver/case/tables/stage_keys.h"
#include "solver/report/quantities.h"

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
  return std::string("more tests.removal_steps or ") +
         smaller_cells_or_less_friction;
}

MotionPlan
Removal::plan(const StageContext &context) const
{
  const Case &input = context.input;
  return {"removal",
          model::head_patch(context.model),
          {{0., 0., 0., 0., 0., 1.}},
          true,
          {{input.value(removal_angle) / degrees,
            input.count(removal_steps),
            until_failure(context)}}};
}
bool
Removal::has_band() const
{
  return true;
}

void
Removal::add_numbers(const StageContext &context,
                     const MotionResult &motion,
                     report::Record     &numbers) const
{
  if (context.insertion == nullptr)
    return;
  const auto inserted =
    context.insertion->number(report::quantity::final_torque);
  if (inserted && *inserted > 0.)
    numbers.set(report::quantity::removal_ratio,
                N_cm * motion.peak.force / *inserted);
}
} // namespace miniscrew::stages
