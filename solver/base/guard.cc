// SPDX-License-Identifier: LGPL-2.1-or-later
// One outcome for all ranks, whichever of them failed.
#include "solver/base/guard.h"

#include <chrono>
#include <iostream>
#include <new>
#include <sstream>
#include <system_error>
#include <thread>
#include <vector>

namespace miniscrew
{
namespace
{
/// The words of @p text in one line, without rulers made of dashes.
std::string
one_line(const std::string &text)
{
  std::istringstream words(text);
  std::string        word, line;
  while (words >> word)
    if (word.find_first_not_of('-') != std::string::npos)
      line += (line.empty() ? "" : " ") + word;
  return line;
}

/// The exit codes of all ranks. A rank that failed waits no longer than its
/// patience for the others, then ends the program.
std::vector<int>
gather_codes(MPI_Comm       communicator,
             const Outcome &mine,
             const double   patience_seconds)
{
  int n_ranks = 1;
  MPI_Comm_size(communicator, &n_ranks);
  const int        code = static_cast<int>(mine.code);
  std::vector<int> codes(n_ranks);
  MPI_Request      request;
  MPI_Iallgather(
    &code, 1, MPI_INT, codes.data(), 1, MPI_INT, communicator, &request);
  const auto start = std::chrono::steady_clock::now();
  int        done  = 0;
  while (MPI_Test(&request, &done, MPI_STATUS_IGNORE), done == 0)
  {
    const std::chrono::duration<double> waited =
      std::chrono::steady_clock::now() - start;
    if (mine.code != ExitCode::success && waited.count() > patience_seconds)
    {
      std::cerr << mine.message << std::endl;
      MPI_Abort(communicator, code);
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  return codes;
}
} // namespace

std::string
text_of_rank(const std::string &text, const int root, MPI_Comm communicator)
{
  unsigned long size = text.size();
  MPI_Bcast(&size, 1, MPI_UNSIGNED_LONG, root, communicator);
  std::string result = text;
  result.resize(size);
  MPI_Bcast(
    result.data(), static_cast<int>(size), MPI_CHAR, root, communicator);
  return result;
}


Outcome
outcome_of(const std::function<void()> &work)
{
  try
  {
    work();
    return {};
  }
  catch (const UserError &error)
  {
    return {ExitCode::user_error, error.what()};
  }
  catch (const ConvergenceError &error)
  {
    return {ExitCode::not_converged, error.what()};
  }
  catch (const IoError &error)
  {
    return {ExitCode::io_error, error.what()};
  }
  catch (const std::system_error &error)
  {
    return {ExitCode::io_error, one_line(error.what())};
  }
  catch (const InternalError &error)
  {
    return {ExitCode::internal_error, error.what()};
  }
  catch (const std::bad_alloc &)
  {
    return {ExitCode::internal_error,
            "out of memory; use more nodes, or a coarser discretisation"};
  }
  catch (const std::exception &error)
  {
    return {ExitCode::internal_error,
            "internal error: " + one_line(error.what())};
  }
  catch (...)
  {
    return {ExitCode::internal_error, "internal error of unknown kind"};
  }
}


void
throw_outcome(const Outcome &outcome)
{
  switch (outcome.code)
  {
    case ExitCode::success:
      return;
    case ExitCode::user_error:
      throw UserError(outcome.message);
    case ExitCode::not_converged:
      throw ConvergenceError(outcome.message);
    case ExitCode::io_error:
      throw IoError(outcome.message);
    default:
      throw InternalError(outcome.message);
  }
}


Outcome
run_guarded(MPI_Comm                     communicator,
            const std::function<void()> &work,
            const double                 patience_seconds)
{
  // An own communicator, so that this agreement never meets a message of work
  // that broke off.
  MPI_Comm own;
  MPI_Comm_dup(communicator, &own);
  const Outcome          mine  = outcome_of(work);
  const std::vector<int> codes = gather_codes(own, mine, patience_seconds);
  Outcome                all;
  // The first rank that failed speaks for all.
  for (std::size_t rank = 0; rank < codes.size(); ++rank)
    if (codes[rank] != static_cast<int>(ExitCode::success))
    {
      all.code    = static_cast<ExitCode>(codes[rank]);
      all.message = text_of_rank(mine.message, static_cast<int>(rank), own);
      break;
    }
  MPI_Comm_free(&own);
  return all;
}
} // namespace miniscrew
