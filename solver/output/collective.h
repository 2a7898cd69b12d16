// SPDX-License-Identifier: LGPL-2.1-or-later
// Failures of file operations, made known on all ranks.
#pragma once

#include <mpi.h>

#include <functional>
#include <string>

namespace miniscrew::output
{
/// Throws IoError on all ranks if @p error is not empty on any rank; the text
/// is that of the first such rank. Collective.
void throw_together(const std::string &error, MPI_Comm communicator);

/// Runs @p work on rank 0 while the others wait; if it throws there, throws an
/// exception of the same kind and text on all ranks: UserError, IoError (which
/// errors of std::filesystem become too) or InternalError. Collective.
void on_first_rank(MPI_Comm communicator, const std::function<void()> &work);

/// Runs @p work, which must not communicate, on all ranks; if it throws on
/// any of them, throws on all as on_first_rank() does. Collective.
void on_all_ranks(MPI_Comm communicator, const std::function<void()> &work);

/// The text of rank 0 on all ranks. Collective.
std::string of_first_rank(const std::string &text, MPI_Comm communicator);

/// The rank in @p communicator.
int rank_in(MPI_Comm communicator);
} // namespace miniscrew::output
