// SPDX-License-Identifier: LGPL-2.1-or-later
// The commands that work on a case file: run, check, mesh.
#pragma once

#include "solver/base/errors.h"
#include "solver/case/case.h"

#include <mpi.h>

#include <string>
#include <vector>

namespace miniscrew::app
{
/// What the command line asks for.
struct CaseRequest
{
  std::string              case_file;
  std::vector<std::string> settings; ///< "key=value"
  std::vector<std::string> variants; ///< names; empty: all
  std::string              output;   ///< empty: results/<case>
  bool                     resume = false;
};

/// The cases that are asked for. Throws UserError. Not collective.
std::vector<Case> requested_cases(const CaseRequest &request);

/// "variant 'x': " for sentences, or nothing if the case has no variants.
std::string variant_prefix(const Case &parameters);

/// Runs the variants one after another; one that fails does not stop the
/// others. Ends with a table of all results. Collective.
ExitCode run_command(const CaseRequest &request, MPI_Comm communicator);

/// Validates, prints the effective cases and what they would cost, and makes
/// the meshes of all variants and depths as far as they are small: a few
/// seconds in all. Refuses what folds or needs more memory than there is.
/// Collective.
ExitCode check_command(const CaseRequest &request, MPI_Comm communicator);

/// Meshes the variants, with histograms of quality and VTU files. Collective.
ExitCode mesh_command(const CaseRequest &request, MPI_Comm communicator);
} // namespace miniscrew::app
