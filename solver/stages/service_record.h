// SPDX-License-Identifier: LGPL-2.1-or-later
// A state under or after the orthodontic load as a record.
#pragma once

#include "solver/stages/load_march.h"
#include "solver/stages/orthodontic_load.h"
#include "solver/stages/stage.h"

namespace miniscrew::stages
{
/// Motions and statistics of the end of @p result: what is due to the load, and
/// totals where something came before it. Collective.
report::Record state_record(const StageContext    &context,
                            const OrthodonticLoad &load,
                            const StageResult     &result);

/// The same with load, reactions and balances; of a nonlinear problem also
/// energies, interface and inelastic bodies by @p history. @p reactions are
/// those since before the load. Collective.
report::Record service_record(const StageContext    &context,
                              const OrthodonticLoad &load,
                              const model::Wrench   &reactions,
                              const LoadHistory     *history,
                              const StageResult     &result);

/// Names of the materials whose law makes the answer depend on the load's
/// duration.
std::vector<std::string>
rate_dependent_materials(const model::Model                    &model,
                         const equilibrium::EquilibriumProblem &problem);

/// Bytes that histories and tangents of inelastic points take, all ranks.
/// Collective.
double inelastic_bytes(const model::Model                    &model,
                       const equilibrium::EquilibriumProblem &problem);
} // namespace miniscrew::stages
