// SPDX-License-Identifier: LGPL-2.1-or-later
// Copies of points with earlier states.
#include "solver/stages/reference.h"

namespace miniscrew::stages
{
Reference::Reference(const ServiceState &state)
{
  if (state.seated.size() == 0)
    return;
  points_ = points_at(state.points(), state.history->prepared.points);
  seated_ = fem::BodyState{&state.seated, points_ ? &*points_ : nullptr};
}

const fem::BodyState *
Reference::get() const
{
  return seated_ ? &*seated_ : nullptr;
}

std::optional<fem::MaterialPoints>
points_at(const fem::MaterialPoints *points, const std::vector<double> &states)
{
  if (points == nullptr)
    return {};
  fem::MaterialPoints copy(*points);
  copy.set_states(states);
  return copy;
}
} // namespace miniscrew::stages
