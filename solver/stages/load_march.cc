// SPDX-License-Identifier: LGPL-2.1-or-later
// Shares of the load, step by step.
#include "solver/stages/load_march.h"

namespace miniscrew::stages
{
void
march_load(StageContext           &context,
           const std::string      &stage,
           const OrthodonticLoad  &load,
           const double            from,
           const double            to,
           linear::Vector<double> &displacement,
           StageResult            &result,
           LoadHistory            &history)
{
  equilibrium::EquilibriumProblem &problem    = *context.problem;
  const model::FacePatch           patch      = load_patch(context.model, load);
  model::Wrench                    last       = patch.motion(displacement);
  double                           last_share = from;
  const auto                       share_at   = [&](const double progress) {
    return from + progress * (to - from);
  };
  history.reached_share = from;
  problem.march(
    displacement,
    stage,
    [&](const double progress, linear::Vector<double> &forces, auto &) {
      model::Wrench wrench = load.wrench;
      for (double &w : wrench)
        w *= share_at(progress);
      patch.add_load(forces, wrench);
    },
    [&](const std::string &text) { context.log.progress(text); },
    [&](const equilibrium::StepReport &step) {
      const double share = share_at(step.share);
      context.log.line(line_of(stage, share, step, problem));
      result.effort.add(step);
      result.measures = history.measures = step.measures;
      displacement.update_ghost_values();
      context.model.space().distribute(displacement);
      const model::Wrench motion = patch.motion(displacement);
      for (unsigned int k = 0; k < 6; ++k)
        history.external_work +=
          0.5 * (last_share + share) * load.wrench[k] * (motion[k] - last[k]);
      last       = motion;
      last_share = history.reached_share = share;
      history.frictional_work += step.measures.dissipation;
      history.steps.push_back(step);
    });
}
} // namespace miniscrew::stages
