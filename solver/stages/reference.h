// SPDX-License-Identifier: LGPL-2.1-or-later
// What loads and tests start from, to tell what is due to them.
#pragma once

#include "solver/equilibrium/equilibrium_problem.h"
#include "solver/fem/operator/body_state.h"

#include <optional>

namespace miniscrew::stages
{
/// A state of a problem with points of its own, since those of the problem go
/// on.
class Reference
{
public:
  /// @p state and @p problem must outlive the reference.
  Reference(const equilibrium::ProblemState       &state,
            const equilibrium::EquilibriumProblem &problem);

  /// state_ points to the members beside it.
  Reference(const Reference &)            = delete;
  Reference &operator=(const Reference &) = delete;

  const fem::BodyState &state() const;

private:
  std::optional<fem::MaterialPoints> points_;
  fem::BodyState                     state_;
};
} // namespace miniscrew::stages
