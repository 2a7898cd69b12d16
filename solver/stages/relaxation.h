// SPDX-License-Identifier: LGPL-2.1-or-later
// Time that passes between insertion and what is done next.
#pragma once

#include "solver/stages/stage.h"

namespace miniscrew::stages
{
/// Lets the time after insertion pass, from the state that the problem is at.
/// Throws ConvergenceError. Collective.
void relax(const StageContext                             &context,
           linear::Vector<double>                         &displacement,
           const std::function<void(const std::string &)> &progress,
           const std::function<void(const equilibrium::StepReport &)> &report);

/// Nothing is done to the seated screw, and its bone relaxes: pressure and
/// contact force fall. It goes on from the seated state and is where loads and
/// tests start from.
class Relaxation : public Stage
{
public:
  std::string name() const override;

  /// True after an insertion if time passes and the law of a layer relaxes.
  bool        is_asked_for(const Case &input) const override;
  bool        is_preparation() const override;
  std::string advice() const override;

private:
  void advance(StageContext &context, StageResult &result) const override;
};
} // namespace miniscrew::stages
