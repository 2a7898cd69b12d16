// SPDX-License-Identifier: LGPL-2.1-or-later
// What a run ran with: for run.json and --version.
#pragma once

#include <mpi.h>

#include <map>
#include <string>

namespace miniscrew
{
/// "miniscrew 0.1.0 (commit abc)": of this program, or of another.
std::string version_line();
std::string version_line(const std::string &version, const std::string &commit);

/// "0.1.0".
std::string program_version();

/// Date and time of now, as in "2026-01-31T12:00:00Z".
std::string utc_now();

/// What is in run.json.
struct RunRecord
{
  std::string version, commit, compiler, build_type;
  /// Versions by name: deal.II, PETSc, p4est, HDF5, VTK, MPI.
  std::map<std::string, std::string> libraries;
  int                                n_ranks = 1, n_hosts = 1;
  std::string started_utc, finished_utc; ///< the latter empty while it runs
  std::string preconditioner, petsc_options;
  double      total_seconds = 0., setup_seconds = 0., solve_seconds = 0.;
};

/// Versions, ranks and hosts; now as the start of the run. Collective.
RunRecord run_record(MPI_Comm communicator);

/// Peak resident memory of all ranks together, in MB. Collective.
double peak_memory_MB(MPI_Comm communicator);
} // namespace miniscrew
