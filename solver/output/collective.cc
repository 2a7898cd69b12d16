// SPDX-License-Identifier: LGPL-2.1-or-later
// Failures of file operations, made known on all ranks.
#include "solver/output/collective.h"

#include "solver/base/errors.h"

namespace miniscrew::output
{
namespace
{
/// The text of the exception that @p work ends with, or nothing.
std::string
error_of(const std::function<void()> &work)
{
  try
  {
    work();
  }
  catch (const std::exception &exception)
  {
    const std::string text = exception.what();
    return text.empty() ? "unknown error while writing a file" : text;
  }
  return {};
}
} // namespace


int
rank_in(MPI_Comm communicator)
{
  int rank = 0;
  MPI_Comm_rank(communicator, &rank);
  return rank;
}


void
throw_together(const std::string &error, MPI_Comm communicator)
{
  int n_ranks = 1;
  MPI_Comm_size(communicator, &n_ranks);
  const int mine  = error.empty() ? n_ranks : rank_in(communicator);
  int       first = n_ranks;
  MPI_Allreduce(&mine, &first, 1, MPI_INT, MPI_MIN, communicator);
  if (first == n_ranks)
    return;

  int length = static_cast<int>(error.size());
  MPI_Bcast(&length, 1, MPI_INT, first, communicator);
  std::string text = error;
  text.resize(length);
  MPI_Bcast(text.data(), length, MPI_CHAR, first, communicator);
  throw UserError(text);
}


void
on_first_rank(MPI_Comm communicator, const std::function<void()> &work)
{
  throw_together(rank_in(communicator) == 0 ? error_of(work) : std::string(),
                 communicator);
}


void
on_all_ranks(MPI_Comm communicator, const std::function<void()> &work)
{
  throw_together(error_of(work), communicator);
}
} // namespace miniscrew::output
