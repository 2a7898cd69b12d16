// SPDX-License-Identifier: LGPL-2.1-or-later
// A load that grows or shrinks in steps.
#pragma once

#include "solver/stages/orthodontic_load.h"
#include "solver/stages/stage.h"

#include <vector>

namespace miniscrew::stages
{
/// What a load did on its way, with the work that it did: forces are summed
/// with the mean load of each step.
struct LoadHistory
{
  std::vector<equilibrium::StepReport> steps;
  double                     external_work = 0., frictional_work = 0.; ///< N mm
  contact::InterfaceMeasures measures; ///< at the end of the last step
  double                     reached_share = 0.;
};

/// Brings the share of the load that is on from @p from to @p to, starting at
/// @p displacement. @p stage is named in the log and in errors. Throws
/// ConvergenceError; @p history and @p displacement are then those of the last
/// step that converged. Collective.
void march_load(StageContext           &context,
                const std::string      &stage,
                const OrthodonticLoad  &load,
                double                  from,
                double                  to,
                linear::Vector<double> &displacement,
                StageResult            &result,
                LoadHistory            &history);
} // namespace miniscrew::stages
