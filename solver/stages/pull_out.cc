// SPDX-License-Identifier: LGPL-2.1-or-later
// Pull-out, and a formula for its force.
#include "solver/stages/pull_out.h"

#include "materials/law_library.h"

#include "mesh/map/plane_fit.h"

#include "solver/base/units.h"
#include "solver/case/tables/stage_keys.h"
#include "solver/report/quantities.h"

#include <cmath>

namespace miniscrew::stages
{
std::string
PullOut::name() const
{
  return "pullout";
}

std::string
PullOut::advice() const
{
  return std::string("more tests.pullout_steps or ") +
         smaller_cells_or_less_friction;
}

MotionPlan
PullOut::plan(const StageContext &context) const
{
  const Case &input = context.input;
  MotionPlan  plan{"pull-out",
                  model::head_patch(context.model),
                  {{0., 0., 1.}},
                  false,
                  {{input.value(pullout_distance),
                     input.count(pullout_steps),
                     until_failure(context)}}};
  plan.rig_compliance = input.value(pullout_rig) / micrometres;
  return plan;
}

bool
PullOut::has_band() const
{
  return true;
}

void
PullOut::add_numbers(const StageContext &context,
                     const MotionResult &,
                     report::Record &numbers) const
{
  numbers.set(report::quantity::chapman_force, chapman_force(context.model));
}

double
chapman_force(const model::Model &model)
{
  const mesh::ScrewGeometry &screw = model.surface().geometry();
  const mesh::Engagement     engaged =
    mesh::engagement(model.site(), model.map().planes().planes);
  const double lengths[mesh::n_layers] = {
    engaged.near_cortex, engaged.cancellous, engaged.far_cortex};
  const double shape =
    0.5 + screw.thread_depth() / (std::sqrt(3.) * screw.pitch);
  double force = 0.;
  for (unsigned int l = 0; l < mesh::n_layers; ++l)
    if (lengths[l] > 0.)
    {
      const double strength = materials::shear_strength(model.bodies()[l]);
      if (!std::isfinite(strength))
        return 0.;
      force += strength * pi * screw.diameter * lengths[l] * shape;
    }
  return force;
}
} // namespace miniscrew::stages
