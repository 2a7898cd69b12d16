// SPDX-License-Identifier: LGPL-2.1-or-later
// The stage that turns the screw into the bone.
#pragma once

#include "solver/stages/stage.h"

namespace miniscrew::stages
{
/// Torque over depth, the full one last of the first depths, then where the
/// curve bends. Ends at the full depth, while the driver still holds.
class InsertionStage : public Stage
{
public:
  std::string              name() const override;
  bool                     is_asked_for(const Case &input) const override;
  bool                     is_preparation() const override;
  std::vector<std::string> curve_names() const override;
  std::string              advice() const override;

private:
  void advance(StageContext &context, StageResult &result) const override;
};
} // namespace miniscrew::stages
