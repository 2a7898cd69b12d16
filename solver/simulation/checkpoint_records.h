// SPDX-License-Identifier: LGPL-2.1-or-later
// States of a problem as records of cells, in the order of p4est.
#pragma once

#include "solver/equilibrium/equilibrium_problem.h"
#include "solver/model/model.h"
#include "solver/output/checkpoint.h"

#include <vector>

namespace miniscrew::simulation
{
/// The displacement, and what pairs of nodes and points of @p problem
/// remember. Collective.
std::vector<output::CellRecords>
state_records(const model::Model                    &model,
              const equilibrium::EquilibriumProblem &problem,
              const equilibrium::ProblemState       &state);

/// The state in such records. IoError on all ranks if there are none of this
/// problem. Collective.
equilibrium::ProblemState
state_from(const output::Checkpoint              &file,
           const model::Model                    &model,
           const equilibrium::EquilibriumProblem &problem);
} // namespace miniscrew::simulation
