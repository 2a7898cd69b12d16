// SPDX-License-Identifier: LGPL-2.1-or-later
// What a run ran with: versions, machine, time and memory.
#include "solver/base/run_record.h"

#include <deal.II/base/config.h>

// Only the version macros of these libraries are used here.
#include <H5public.h>
#include <petscversion.h>
#include <sys/resource.h>

#include <ctime>
#include <set>
#include <vector>

namespace miniscrew
{
namespace
{
std::string
version(int major, int minor, int patch)
{
  return std::to_string(major) + '.' + std::to_string(minor) + '.' +
         std::to_string(patch);
}

/// The MPI library in one short line ("Open MPI v4.1.4").
std::string
mpi_library()
{
  char text[MPI_MAX_LIBRARY_VERSION_STRING];
  int  length = 0;
  MPI_Get_library_version(text, &length);
  const std::string full(text, length);
  return full.substr(0, full.find_first_of(",\n"));
}

/// Number of different hosts among the ranks. Collective.
int
host_count(MPI_Comm communicator)
{
  int n_ranks = 1;
  MPI_Comm_size(communicator, &n_ranks);
  constexpr int     width = MPI_MAX_PROCESSOR_NAME;
  std::vector<char> name(width, '\0'), names(width * n_ranks, '\0');
  int               length = 0;
  MPI_Get_processor_name(name.data(), &length);
  MPI_Allgather(
    name.data(), width, MPI_CHAR, names.data(), width, MPI_CHAR, communicator);
  std::set<std::string> hosts;
  for (int rank = 0; rank < n_ranks; ++rank)
    hosts.insert(std::string(&names[rank * width]));
  return static_cast<int>(hosts.size());
}

std::map<std::string, std::string>
library_versions()
{
  std::map<std::string, std::string> libraries;
  libraries["deal.II"] = DEAL_II_PACKAGE_VERSION;
  libraries["PETSc"] =
    version(PETSC_VERSION_MAJOR, PETSC_VERSION_MINOR, PETSC_VERSION_SUBMINOR);
  libraries["p4est"] = version(DEAL_II_P4EST_VERSION_MAJOR,
                               DEAL_II_P4EST_VERSION_MINOR,
                               DEAL_II_P4EST_VERSION_SUBMINOR);
  libraries["HDF5"]  = version(H5_VERS_MAJOR, H5_VERS_MINOR, H5_VERS_RELEASE);
  libraries["VTK"]   = MINISCREW_VTK_VERSION;
  libraries["MPI"]   = mpi_library();
  return libraries;
}
} // namespace

std::string
version_line()
{
  return version_line(MINISCREW_VERSION, MINISCREW_COMMIT);
}

std::string
version_line(const std::string &version, const std::string &commit)
{
  return "miniscrew " + version + " (commit " + commit + ")";
}

std::string
program_version()
{
  return MINISCREW_VERSION;
}

std::string
utc_now()
{
  const std::time_t now = std::time(nullptr);
  std::tm           utc{};
  gmtime_r(&now, &utc);
  char text[32];
  std::strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%SZ", &utc);
  return text;
}

RunRecord
run_record(MPI_Comm communicator)
{
  RunRecord record;
  MPI_Comm_size(communicator, &record.n_ranks);
  record.version     = MINISCREW_VERSION;
  record.commit      = MINISCREW_COMMIT;
  record.compiler    = MINISCREW_COMPILER;
  record.build_type  = MINISCREW_BUILD_TYPE;
  record.libraries   = library_versions();
  record.n_hosts     = host_count(communicator);
  record.started_utc = utc_now();
  return record;
}

double
peak_memory_MB(MPI_Comm communicator)
{
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  // Linux gives ru_maxrss in KiB.
  const double mine  = usage.ru_maxrss * 1024. / 1e6;
  double       total = 0.;
  MPI_Allreduce(&mine, &total, 1, MPI_DOUBLE, MPI_SUM, communicator);
  return total;
}
} // namespace miniscrew
