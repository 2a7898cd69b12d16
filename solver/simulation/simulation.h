// SPDX-License-Identifier: LGPL-2.1-or-later
// The pipeline of one case, from geometry to result files.
#pragma once

#include "solver/base/log.h"
#include "solver/case/case.h"

#include <nlohmann/json.hpp>

#include <string>

namespace miniscrew::simulation
{
/// Where results go and what is computed.
struct RunOptions
{
  /// Folder of the results; empty: results/<case>[/<variant>] under the
  /// current directory.
  std::string output;
  /// Go on from a checkpoint that an interrupted run left.
  bool resume = false;
  /// The file that the case was read from, which no result may replace; empty
  /// if there is none.
  std::string case_file;
};

/// Runs @p parameters and writes its results; returns the summary. Collective.
/// Throws UserError, IoError or ConvergenceError (results so far are kept).
/// Files that could not be written are named in "not_written" of the summary.
nlohmann::json
run_case(const Case &parameters, const RunOptions &options, Log &log);

/// Meshes @p parameters, prints quality histograms and writes a VTU of the
/// mesh into the folder options.output, which must be named. Collective.
nlohmann::json
mesh_case(const Case &parameters, const RunOptions &options, Log &log);
} // namespace miniscrew::simulation
