// SPDX-License-Identifier: LGPL-2.1-or-later
// Copies of points with earlier states.
#include "solver/stages/reference.h"

namespace miniscrew::stages
{
Reference::Reference(const equilibrium::ProblemState       &state,
                     const equilibrium::EquilibriumProblem &problem)
{
  if (problem.points() != nullptr)
  {
    points_.emplace(*problem.points());
    points_->set_states(state.points);
  }
  state_ = {&state.displacement, points_ ? &*points_ : nullptr};
}

const fem::BodyState &
Reference::state() const
{
  return state_;
}
} // namespace miniscrew::stages
