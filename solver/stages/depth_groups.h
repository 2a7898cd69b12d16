// SPDX-License-Identifier: LGPL-2.1-or-later
// Depths of insertion, shared out to groups of ranks.
#pragma once

#include "solver/stages/insertion_march.h"

#include <mpi.h>

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace miniscrew::stages
{
/// A depth to which a screw was to be inserted, and what came of it.
struct DepthOutcome
{
  double                        depth = 0.; ///< mm
  std::optional<InsertionPoint> point;      ///< none if it failed
  std::string                   failure;    ///< one sentence, if it did
};

/// Inserts to a depth (mm) on the ranks of a communicator, on all of them.
using InsertTo = std::function<InsertionPoint(double depth, MPI_Comm group)>;

/// Does @p insert_to for each of @p depths, on @p n_groups groups of the ranks
/// of @p all at a time. Whatever is thrown costs its depth only. @p tell hears
/// of outcomes in the order of @p depths, on all ranks the same. Collective.
void insert_in_groups(MPI_Comm                   all,
                      unsigned int               n_groups,
                      const std::vector<double> &depths,
                      const InsertTo            &insert_to,
                      const std::function<void(const DepthOutcome &)> &tell);
} // namespace miniscrew::stages
