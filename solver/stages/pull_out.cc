// SPDX-License-Identifier: LGPL-2.1-or-later
// Pull-out, and a formula for its force.
#include "solver/stages/pull_out.h"

#include "mesh/map/plane_fit.h"

#include "solver/base/units.h"
#include "solver/case/tables/stage_keys.h"
#include "solver/report/quantities.h"

#include <cmath>

namespace miniscrew::stages
{
namespace
{
// Stress in pure shear at which a law yields first, MPa; 0 if it does not.
double
shear_strength(const materials::Material &material)
{
  const materials::Plasticity &p = material.plasticity;
  if (p.yield_compression > 0. && p.yield_tension > 0.)
  {
    // sqrt(F_44) tau = 1 with the quadric's F_44 = 2 (1 + zeta) F_11 and F_11
    // = ((st + sc) / (2 st sc))^2 (Schwiedrzik et al. 2013).
    const double f11  = std::pow((p.yield_tension + p.yield_compression) /
                                  (2. * p.yield_tension * p.yield_compression),
                                2);
    const double zeta = material.law == "quadric" ? p.interaction : 0.5;
    return 1. / std::sqrt(2. * (1. + zeta) * f11);
  }
  return 0.;
}
} // namespace

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
  return {
    "pull-out",
    model::head_patch(context.model),
    {{0., 0., 1.}},
    false,
    {{input.value(pullout_distance), input.count(pullout_steps), has_failed}}};
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
      const double strength = shear_strength(model.bodies()[l]);
      if (strength == 0.)
        return 0.;
      force += strength * pi * screw.diameter * lengths[l] * shape;
    }
  return force;
}
} // namespace miniscrew::stages
