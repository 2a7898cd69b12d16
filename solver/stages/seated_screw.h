// SPDX-License-Identifier: LGPL-2.1-or-later
// A screw that is seated at a bound of the band of its interference.
#pragma once

#include "solver/stages/insertion_march.h"
#include "solver/stages/stage.h"

#include <memory>

namespace miniscrew::stages
{
/// Insertion to the full depth at one bound, seating, and relaxation if the
/// case has some: on the mesh of the run, with a problem of its own, where
/// loads can start from.
class SeatedScrew
{
public:
  /// Throws ConvergenceError. Collective.
  SeatedScrew(const StageContext &context, Bound bound);

  equilibrium::EquilibriumProblem &problem();
  const equilibrium::ProblemState &state() const;

private:
  std::unique_ptr<equilibrium::EquilibriumProblem> problem_;
  equilibrium::ProblemState                        state_;
};
} // namespace miniscrew::stages
