// SPDX-License-Identifier: LGPL-2.1-or-later
// The numbers a run ends with.
#pragma once

#include "solver/base/log.h"
#include "solver/model/model.h"
#include "solver/stages/service.h"

#include <nlohmann/json.hpp>

#include <mpi.h>

#include <optional>
#include <string>

namespace miniscrew::report
{
/// Screw, engagement and mesh, as the keys of summary.json.
nlohmann::json mesh_summary(const model::Model &model);

/// All keys of summary.json but the seconds and memory of the whole run;
/// results/README.md explains them. Collective; the same on all ranks.
nlohmann::json make_summary(const model::Model         &model,
                            const stages::ServiceState &state);

/// The keys of summary.json's service.unloaded. Collective.
nlohmann::json unloaded_summary(const model::Model          &model,
                                const stages::ServiceState  &state,
                                const stages::UnloadedState &unloaded);

/// The main numbers as lines.
void log_summary(const nlohmann::json &summary, Log &log);

/// The number at a JSON pointer, of a vector its length; nothing if there is
/// none.
std::optional<double> number_at(const nlohmann::json &summary,
                                const std::string    &path);

int n_ranks(MPI_Comm communicator);
} // namespace miniscrew::report
