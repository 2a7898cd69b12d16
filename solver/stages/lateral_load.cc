// SPDX-License-Identifier: LGPL-2.1-or-later
// The point of load is moved sideways.
#include "solver/stages/lateral_load.h"

#include "solver/base/units.h"
#include "solver/case/tables/stage_keys.h"
#include "solver/stages/orthodontic_load.h"

#include <cmath>

namespace miniscrew::stages
{
std::string
LateralLoad::name() const
{
  return "sideways";
}

std::string
LateralLoad::advice() const
{
  return std::string("more tests.sideways_steps or ") +
         smaller_cells_or_less_friction;
}

MotionPlan
LateralLoad::plan(const StageContext &context) const
{
  const Case  &input = context.input;
  const double x = input.load.force[0], y = input.load.force[1],
               size = std::hypot(x, y);
  MotionPlan plan{
    "sideways",
    load_patch(context.model, load_of(context.model, input)),
    size > 0. ? model::Wrench{{x / size, y / size}}
              : model::Wrench{{1., 0., 0.}},
    false,
    {{input.value(sideways_distance), input.count(sideways_steps), {}}}};
  plan.bone_failure   = FailureMode::bone_crushing;
  plan.screw_failure  = FailureMode::screw_bending;
  plan.rig_compliance = input.value(sideways_rig) / micrometres;
  return plan;
}
} // namespace miniscrew::stages
