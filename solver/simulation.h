// SPDX-License-Identifier: LGPL-2.1-or-later
// The pipeline of one case, from geometry to result files.
#pragma once

#include "solver/base/log.h"
#include "solver/case/case.h"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <string>

namespace miniscrew
{
/// Where results go and what is computed.
struct RunOptions
{
  /// Folder of the results; empty: results/<case>[/<variant>] under the
  /// current directory.
  std::string output;
  /// Go on from a checkpoint that an interrupted run left.
  bool resume = false;
};

/// What a case would cost, from its mesh alone.
struct CostEstimate
{
  std::uint64_t n_cells = 0, n_dofs = 0;
  double        memory_MB = 0.; ///< of all ranks together
};

/// Runs @p parameters and writes its results; returns the summary. Collective.
/// Throws UserError or ConvergenceError (results so far are kept).
nlohmann::json
run_case(const Case &parameters, const RunOptions &options, Log &log);

/// Meshes @p parameters, prints quality histograms and writes a VTU of the
/// mesh into the output folder. Collective.
nlohmann::json
mesh_case(const Case &parameters, const RunOptions &options, Log &log);

/// Collective.
CostEstimate estimate_cost(const Case &parameters);
} // namespace miniscrew
