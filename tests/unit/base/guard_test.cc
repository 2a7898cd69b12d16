// SPDX-License-Identifier: LGPL-2.1-or-later
// One outcome on all ranks, whichever of them failed.
#include "solver/base/guard.h"

#include <gtest/gtest.h>

#include <filesystem>

using namespace miniscrew;

namespace
{
int
rank()
{
  int result = 0;
  MPI_Comm_rank(MPI_COMM_WORLD, &result);
  return result;
}

int
last_rank()
{
  int n_ranks = 1;
  MPI_Comm_size(MPI_COMM_WORLD, &n_ranks);
  return n_ranks - 1;
}
} // namespace

TEST(RunGuarded, SaysSuccess)
{
  bool          done    = false;
  const Outcome outcome = run_guarded(MPI_COMM_WORLD, [&] { done = true; });
  EXPECT_TRUE(done);
  EXPECT_EQ(outcome.code, ExitCode::success);
  EXPECT_EQ(outcome.message, "");
}

TEST(RunGuarded, KnowsTheKindOfFailure)
{
  EXPECT_EQ(run_guarded(MPI_COMM_WORLD, [] { throw UserError("u"); }).code,
            ExitCode::user_error);
  EXPECT_EQ(
    run_guarded(MPI_COMM_WORLD, [] { throw ConvergenceError("c"); }).code,
    ExitCode::not_converged);
  EXPECT_EQ(run_guarded(MPI_COMM_WORLD, [] { throw IoError("i"); }).code,
            ExitCode::io_error);
  EXPECT_EQ(run_guarded(MPI_COMM_WORLD,
                        [] { std::filesystem::rename("no such file", "x"); })
              .code,
            ExitCode::io_error);
  EXPECT_EQ(run_guarded(MPI_COMM_WORLD, [] { throw std::bad_alloc(); }).code,
            ExitCode::internal_error);
  EXPECT_EQ(run_guarded(MPI_COMM_WORLD, [] { throw 3; }).code,
            ExitCode::internal_error);
}

TEST(RunGuarded, TellsAllRanksWhatOneRankSays)
{
  const Outcome outcome = run_guarded(MPI_COMM_WORLD, [] {
    if (rank() == last_rank())
      throw UserError("only the last rank knows");
  });
  EXPECT_EQ(outcome.code, ExitCode::user_error);
  EXPECT_EQ(outcome.message, "only the last rank knows");
}

TEST(RunGuarded, MakesOneLineOfALongMessage)
{
  const Outcome outcome = run_guarded(MPI_COMM_WORLD, [] {
    throw std::runtime_error("\n----------\nAn error  occurred\n-----\n");
  });
  EXPECT_EQ(outcome.message, "internal error: An error occurred");
}
