// SPDX-License-Identifier: LGPL-2.1-or-later
// Failures of file operations, made known on all ranks.
#pragma once

#include <mpi.h>

#include <functional>
#include <string>

namespace miniscrew::output
{
/// Throws UserError on all ranks if @p error is not empty on any rank; the
/// text is that of the first such rank. Collective.
void throw_together(const std::string &error, MPI_Comm communicator);

/// Runs @p work on rank 0 while the others wait; if it throws there, throws
/// UserError with the same text on all ranks. Collective.
void on_first_rank(MPI_Comm communicator, const std::function<void()> &work);

/// Runs @p work, which must not communicate, on all ranks; if it throws on
/// any of them, throws UserError on all. Collective.
void on_all_ranks(MPI_Comm communicator, const std::function<void()> &work);

/// The rank in @p communicator.
int rank_in(MPI_Comm communicator);
} // namespace miniscrew::output
