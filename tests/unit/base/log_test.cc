// SPDX-License-Identifier: LGPL-2.1-or-later
// The log file, timers and the run record.
#include "solver/base/log.h"
#include "solver/base/run_record.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <sstream>

using namespace miniscrew;

namespace
{
std::string
content(const std::string &path)
{
  std::ifstream      file(path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}
} // namespace

TEST(Log, PutsEarlierLinesIntoTheFile)
{
  int rank = 0;
  MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  const std::string path = "log_test_" + std::to_string(rank) + ".txt";
  Log               log(MPI_COMM_WORLD);
  log.line("before");
  log.attach_file(path);
  log.line("after");
  log.progress("not a step");
  log.detach_file();
  log.line("not in the file");
  EXPECT_EQ(content(path), rank == 0 ? "before\nafter\n" : "");

  log.attach_file(path);
  log.detach_file();
  EXPECT_EQ(content(path), rank == 0 ? "not in the file\n" : "");
  std::remove(path.c_str());
}

TEST(Log, FormatsLikePrintf)
{
  EXPECT_EQ(format("%d of %s", 3, "x"), "3 of x");
  EXPECT_EQ(format("%s", std::string(5000, 'x').c_str()).size(), 5000u);
}

TEST(Timers, SumPartsInOrderOfUse)
{
  Timers timers;
  {
    const Timers::Scope solve(timers, "solve");
    const Timers::Scope inner(timers, "assemble");
  }
  {
    const Timers::Scope solve(timers, "solve");
  }
  ASSERT_EQ(timers.seconds().size(), 2u);
  EXPECT_EQ(timers.seconds()[0].first, "solve");
  EXPECT_EQ(timers.seconds()[1].first, "assemble");
  EXPECT_GE(timers.seconds()[0].second, timers.seconds()[1].second);
}

TEST(RunRecord, NamesVersionsAndRanks)
{
  int n_ranks = 1;
  MPI_Comm_size(MPI_COMM_WORLD, &n_ranks);
  const RunRecord record = run_record(MPI_COMM_WORLD);
  EXPECT_EQ(record.n_ranks, n_ranks);
  EXPECT_EQ(record.n_hosts, 1);
  for (const char *library :
       {"deal.II", "PETSc", "p4est", "HDF5", "VTK", "MPI"})
    EXPECT_EQ(record.libraries.count(library), 1u) << library;
  EXPECT_EQ(version_line().substr(0, 10), "miniscrew ");
  EXPECT_GT(peak_memory_MB(MPI_COMM_WORLD), n_ranks * 1.);
}
