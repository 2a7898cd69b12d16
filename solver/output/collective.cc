// SPDX-License-Identifier: LGPL-2.1-or-later
// Failures of file operations, made known on all ranks.
#include "solver/output/collective.h"

#include "solver/base/guard.h"

namespace miniscrew::output
{
namespace
{
/// Throws on all ranks what happened on the first one that failed.
void
throw_first(const Outcome &mine, MPI_Comm communicator)
{
  int n_ranks = 1;
  MPI_Comm_size(communicator, &n_ranks);
  const int failed =
    mine.code == ExitCode::success ? n_ranks : rank_in(communicator);
  int first = n_ranks;
  MPI_Allreduce(&failed, &first, 1, MPI_INT, MPI_MIN, communicator);
  if (first == n_ranks)
    return;

  int code = static_cast<int>(mine.code);
  MPI_Bcast(&code, 1, MPI_INT, first, communicator);
  throw_outcome({static_cast<ExitCode>(code),
                 text_of_rank(mine.message, first, communicator)});
}
} // namespace


int
rank_in(MPI_Comm communicator)
{
  int rank = 0;
  MPI_Comm_rank(communicator, &rank);
  return rank;
}


std::string
of_first_rank(const std::string &text, MPI_Comm communicator)
{
  return text_of_rank(text, 0, communicator);
}


void
throw_together(const std::string &error, MPI_Comm communicator)
{
  throw_first({error.empty() ? ExitCode::success : ExitCode::io_error, error},
              communicator);
}


void
on_first_rank(MPI_Comm communicator, const std::function<void()> &work)
{
  throw_first(rank_in(communicator) == 0 ? outcome_of(work) : Outcome(),
              communicator);
}


void
on_all_ranks(MPI_Comm communicator, const std::function<void()> &work)
{
  throw_first(outcome_of(work), communicator);
}
} // namespace miniscrew::output
