// SPDX-License-Identifier: LGPL-2.1-or-later
// What a run ran with: for run.json and --version.
#pragma once

#include <mpi.h>

#include <nlohmann/json.hpp>

#include <string>

namespace miniscrew
{
/// "miniscrew 0.1.0 (commit abc)".
std::string version_line();

/// Version, commit, compiler and library versions (deal.II, PETSc, p4est,
/// HDF5, VTK, MPI), ranks and host count, start time (UTC). Collective.
nlohmann::json run_record(MPI_Comm communicator);

/// Peak resident memory of all ranks together, in MB. Collective.
double peak_memory_MB(MPI_Comm communicator);
} // namespace miniscrew
