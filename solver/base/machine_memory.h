// SPDX-License-Identifier: LGPL-2.1-or-later
// How much memory a run may take.
#pragma once

#include <mpi.h>

#include <string>

namespace miniscrew
{
/// Memory that is free for all ranks together, and who says so.
struct MemoryLimit
{
  double      megabytes = 0.;
  std::string source; ///< e.g. "free on this machine", for sentences
};

/// The least of what is free on the machine (MemAvailable), what control groups
/// leave and what Slurm grants a node, per rank of the node that has least and
/// for all ranks. The environment variable MINISCREW_MEMORY_MB (of each node)
/// replaces all three. Throws UserError if that is not a number above 0.
/// Collective.
MemoryLimit memory_limit(MPI_Comm communicator);

/// Bytes that the control groups in @p membership (the text of
/// /proc/self/cgroup) below @p root leave; infinite if they set no limit.
double left_by_control_groups(const std::string &membership,
                              const std::string &root);

/// MB that Slurm grants this node, by its environment; infinite without.
double granted_by_slurm();
} // namespace miniscrew
