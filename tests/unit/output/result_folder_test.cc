// SPDX-License-Identifier: LGPL-2.1-or-later
// Results appear whole or not at all, and nothing computed is lost.
#include "test_folder.h"

#include "solver/base/errors.h"
#include "solver/output/result_folder.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <stdexcept>

namespace miniscrew::output
{
namespace
{
/// Files and folders in @p path, hidden ones too. Collective.
int
n_entries(const std::string &path)
{
  MPI_Barrier(MPI_COMM_WORLD);
  const auto entries = std::filesystem::directory_iterator(path);
  const auto n       = std::distance(begin(entries), end(entries));
  MPI_Barrier(MPI_COMM_WORLD);
  return int(n);
}


/// One file of each rank, as a run writes them, and the run record.
void
write_files(const ResultFolder &results, const std::string &text)
{
  const int rank = rank_in(MPI_COMM_WORLD);
  std::ofstream(results.file("piece_" + std::to_string(rank))) << text;
  if (rank == 0)
    std::ofstream(results.file("run.json")) << text;
}


std::string
message_of(const std::string &place)
{
  try
  {
    ResultFolder results(place, MPI_COMM_WORLD);
  }
  catch (const UserError &error)
  {
    return error.what();
  }
  return "no error";
}
} // namespace


TEST(ResultFolder, AppearsOnlyWhenWhole)
{
  const TestFolder folder("appears");
  ResultFolder     results(folder.path() + "/case/variant/", MPI_COMM_WORLD);
  write_files(results, "new");
  EXPECT_FALSE(folder.has("case/variant"));
  results.commit();
  EXPECT_EQ(folder.read("case/variant/run.json"), "new");
  EXPECT_EQ(n_entries(folder.path() + "/case"), 1);
  EXPECT_EQ(results.file("log.txt"), folder.path() + "/case/variant/log.txt");
}


TEST(ResultFolder, ReplacesAnOlderResultAndKeepsTheRest)
{
  const TestFolder folder("replaces");
  folder.write("case/run.json", "old");
  folder.write("case/fields/fields_0000.pvtu", "old");
  folder.write("case/notes.txt", "mine");
  folder.write("case/soft/run.json", "variant");
  folder.write("case/mesh/mesh.pvd", "of another command");
  {
    ResultFolder results(folder.path() + "/case", MPI_COMM_WORLD);
    write_files(results, "new");
    EXPECT_EQ(folder.read("case/run.json"), "old");
    results.commit();
  }
  EXPECT_EQ(folder.read("case/run.json"), "new");
  EXPECT_FALSE(folder.has("case/fields"));
  EXPECT_EQ(folder.read("case/notes.txt"), "mine");
  EXPECT_EQ(folder.read("case/soft/run.json"), "variant");
  EXPECT_TRUE(folder.has("case/mesh/mesh.pvd"));
  EXPECT_EQ(n_entries(folder.path()), 1);
}


TEST(ResultFolder, KeepsWhatAFailedRunHad)
{
  const TestFolder folder("failed");
  folder.write("case/run.json", "old");
  for (const std::string text : {"first", "second"})
    try
    {
      ResultFolder results(folder.path() + "/case", MPI_COMM_WORLD);
      write_files(results, text);
      EXPECT_EQ(results.failed_place(), folder.path() + "/case.failed");
      throw std::runtime_error("the solver failed");
    }
    catch (const std::runtime_error &)
    {
      MPI_Barrier(MPI_COMM_WORLD);
      EXPECT_EQ(folder.read("case.failed/run.json"), text);
    }
  EXPECT_EQ(folder.read("case/run.json"), "old");
  EXPECT_EQ(n_entries(folder.path()), 2);
}


TEST(ResultFolder, LeavesNothingIfNothingWasWritten)
{
  const TestFolder folder("nothing");
  {
    ResultFolder results(folder.path() + "/case", MPI_COMM_WORLD);
  }
  EXPECT_EQ(n_entries(folder.path()), 0);
}


// A killed run cannot tidy up; the next one for the same place does, but spares
// folders of runs that are under way or on other machines.
TEST(ResultFolder, TakesAwayWhatKilledRunsLeft)
{
  const TestFolder folder("leftovers");
  std::string      host(256, '\0');
  gethostname(host.data(), host.size() - 1);
  host                   = host.c_str();
  const std::string mine = ".case.partial-" + host + "-",
                    gone = mine + "999999999", // no process has this number
    running = mine + "1", elsewhere = ".case.partial-" + host + "x-999999999",
                    other = ".kase.partial-" + host + "-999999999";
  if (rank_in(MPI_COMM_WORLD) == 0)
    for (const std::string &name : {gone, running, elsewhere, other})
      std::filesystem::create_directories(folder.path() + "/" + name);
  MPI_Barrier(MPI_COMM_WORLD);
  {
    const ResultFolder results(folder.path() + "/case", MPI_COMM_WORLD);
    EXPECT_FALSE(folder.has(gone));
    EXPECT_TRUE(folder.has(running));
    EXPECT_TRUE(folder.has(elsewhere));
    EXPECT_TRUE(folder.has(other));
  }
}

TEST(ResultFolder, RefusesPlacesThatAreNotItsOwn)
{
  const TestFolder folder("refuses");
  folder.write("file", "text");
  folder.write("photos/holiday.png", "text");
  EXPECT_NE(message_of(folder.path() + "/file").find("is a file"),
            std::string::npos);
  EXPECT_NE(message_of(folder.path() + "/photos").find("not results"),
            std::string::npos);
  EXPECT_NE(message_of(".").find("working directory"), std::string::npos);
  EXPECT_NE(message_of(folder.path() + "/file/case").find("cannot be put"),
            std::string::npos);
  EXPECT_EQ(folder.read("photos/holiday.png"), "text");
}
} // namespace miniscrew::output
