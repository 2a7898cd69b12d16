// SPDX-License-Identifier: LGPL-2.1-or-later
// What a run ran with: for run.json and --version.
#pragma once

#include <mpi.h>

#include <nlohmann/json.hpp>

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

/// Version, commit, compiler and library versions (deal.II, PETSc, p4est,
/// HDF5, VTK, MPI), ranks and host count; now as the start of the run (UTC).
/// Collective.
nlohmann::json run_record(MPI_Comm communicator);

/// Peak resident memory of all ranks together, in MB. Collective.
double peak_memory_MB(MPI_Comm communicator);
} // namespace miniscrew
