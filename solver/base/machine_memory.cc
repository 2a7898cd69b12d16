// SPDX-License-Identifier: LGPL-2.1-or-later
// Memory of the machine, of control groups and of Slurm.
#include "solver/base/machine_memory.h"

#include "solver/base/errors.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <limits>
#include <sstream>

namespace miniscrew
{
namespace
{
namespace fs = std::filesystem;

constexpr double infinite = std::numeric_limits<double>::infinity();

// Version 1 of control groups writes a huge number where there is no limit.
constexpr double no_limit = 1e18;

/// The number that a file begins with; infinite without ("max" is none).
double
number_in(const fs::path &file)
{
  double        number = infinite;
  std::ifstream in(file);
  if (!(in >> number) || number > no_limit)
    return infinite;
  return number;
}

/// The number behind @p name in a file of names and numbers; 0 without.
double
entry_of(const fs::path &file, const std::string &name)
{
  std::ifstream in(file);
  std::string   word;
  for (double number = 0.; in >> word >> number;)
    if (word == name)
      return number;
  return 0.;
}

/// What a group leaves, by the files of version 2 or 1. Files in the cache are
/// counted as used, but give way.
double
left_by_group(const fs::path &group)
{
  struct Names
  {
    const char *limit, *usage, *cache;
  };
  for (const Names &names :
       {Names{"memory.max", "memory.current", "inactive_file"},
        Names{"memory.limit_in_bytes",
              "memory.usage_in_bytes",
              "total_inactive_file"}})
  {
    const double granted = number_in(group / names.limit);
    if (granted == infinite)
      continue;
    const double used  = number_in(group / names.usage);
    const double cache = entry_of(group / "memory.stat", names.cache);
    return std::max(
      0., granted - (used == infinite ? 0. : std::max(0., used - cache)));
  }
  return infinite;
}

double
available_on_machine()
{
  std::ifstream in("/proc/meminfo");
  for (std::string line; std::getline(in, line);)
    if (line.rfind("MemAvailable:", 0) == 0)
      return 1024. * std::strtod(line.c_str() + 13, nullptr);
  return infinite;
}

double
environment_number(const char *name)
{
  const char *text = std::getenv(name);
  if (text == nullptr || *text == '\0')
    return infinite;
  char        *end   = nullptr;
  const double value = std::strtod(text, &end);
  return *end == '\0' && value > 0. ? value : infinite;
}

/// MB of this node, and the source's place in the list below.
std::pair<double, int>
limit_of_node()
{
  std::ifstream     in("/proc/self/cgroup");
  std::stringstream membership;
  membership << in.rdbuf();
  const std::array<double, 3> all = {
    {1e-6 * available_on_machine(),
     1e-6 * left_by_control_groups(membership.str(), "/sys/fs/cgroup"),
     granted_by_slurm()}};
  const auto least = std::min_element(all.begin(), all.end());
  return {*least, static_cast<int>(least - all.begin())};
}
} // namespace


double
left_by_control_groups(const std::string &membership, const std::string &root)
{
  double             left = infinite;
  std::istringstream lines(membership);
  for (std::string line; std::getline(lines, line);)
  {
    // hierarchy:controllers:path; no controllers in version 2.
    const auto first = line.find(':'), second = line.find(':', first + 1);
    if (first == std::string::npos || second == std::string::npos)
      continue;
    const std::string controllers = line.substr(first + 1, second - first - 1);
    if (!controllers.empty() &&
        ("," + controllers + ",").find(",memory,") == std::string::npos)
      continue;
    const fs::path base =
      controllers.empty() ? fs::path(root) : fs::path(root) / "memory";
    // Inside a container the path may be that of the host, which is not there.
    fs::path group = fs::path(line.substr(second + 1)).relative_path();
    for (;; group = group.parent_path())
    {
      left = std::min(left, left_by_group(base / group));
      if (group.empty())
        break;
    }
  }
  return left;
}


double
granted_by_slurm()
{
  const double node = environment_number("SLURM_MEM_PER_NODE");
  if (node < infinite)
    return node;
  return environment_number("SLURM_MEM_PER_CPU") *
         environment_number("SLURM_CPUS_ON_NODE");
}


MemoryLimit
memory_limit(MPI_Comm communicator)
{
  const char *const sources[] = {"free on this machine",
                                 "left by the control group of this process",
                                 "granted by Slurm",
                                 "allowed by MINISCREW_MEMORY_MB"};
  auto [megabytes, source]    = limit_of_node();
  const char *stated          = std::getenv("MINISCREW_MEMORY_MB");
  int         is_wrong        = 0;
  if (stated != nullptr && *stated != '\0')
  {
    megabytes = environment_number("MINISCREW_MEMORY_MB");
    source    = 3;
    is_wrong  = megabytes < infinite ? 0 : 1;
  }
  MPI_Allreduce(MPI_IN_PLACE, &is_wrong, 1, MPI_INT, MPI_MAX, communicator);
  if (is_wrong == 1)
    throw UserError("the environment variable MINISCREW_MEMORY_MB must be a "
                    "number above 0, the MB that the ranks of one node may "
                    "take together");

  MPI_Comm node = MPI_COMM_NULL;
  MPI_Comm_split_type(
    communicator, MPI_COMM_TYPE_SHARED, 0, MPI_INFO_NULL, &node);
  int n_on_node = 1, n_in_all = 1;
  MPI_Comm_size(node, &n_on_node);
  MPI_Comm_free(&node);
  MPI_Comm_size(communicator, &n_in_all);

  // The node with least memory per rank decides, since ranks get equal parts.
  struct
  {
    double per_rank;
    int    source;
  } mine{megabytes / n_on_node, source}, least{};
  MPI_Allreduce(&mine, &least, 1, MPI_DOUBLE_INT, MPI_MINLOC, communicator);
  return {least.per_rank * n_in_all, sources[least.source]};
}
} // namespace miniscrew
