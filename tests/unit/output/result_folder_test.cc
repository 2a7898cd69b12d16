// SPDX-License-Identifier: LGPL-2.1-or-later
// Results appear whole or not at all, and nothing computed is lost.
#include "test_folder.h"

#include "solver/base/errors.h"
#include "solver/output/manifest.h"
#include "solver/output/replacement.h"
#include "solver/output/result_folder.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <optional>
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


/// A run that may write a piece of each of three ranks and the run record.
ResultPlan
plan_for(const std::string &place, const std::string &case_file = "")
{
  return {place, {"piece_0", "piece_1", "piece_2", "run.json"}, case_file};
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


/// A whole run into @p place. Collective.
void
run_into(const std::string &place, const std::string &text)
{
  ResultFolder results(plan_for(place), MPI_COMM_WORLD);
  write_files(results, text);
  results.commit();
}


std::string
message_of(const ResultPlan &plan)
{
  try
  {
    ResultFolder results(plan, MPI_COMM_WORLD);
  }
  catch (const UserError &error)
  {
    return error.what();
  }
  return "no error";
}


void
expect_refusal(const ResultPlan &plan, const std::string &part)
{
  const std::string message = message_of(plan);
  EXPECT_NE(message.find(part), std::string::npos) << message;
}


/// What a run leaves that is killed while it computes. Collective.
std::string
leave_unfinished(const TestFolder &folder, const Writer &writer)
{
  const std::string name =
    ".case.partial-" + writer.host + "-" + std::to_string(writer.process);
  folder.write(name + "/run.json", "half");
  folder.write(name + "/piece_0.unfinished", "ha");
  on_first_rank(MPI_COMM_WORLD, [&] {
    Manifest manifest;
    manifest.state  = ResultState::being_written;
    manifest.files  = {"run.json", "piece_0", "piece_1"};
    manifest.writer = writer;
    write_manifest(folder.path() + "/" + name, manifest);
  });
  return name;
}


Writer
gone_process()
{
  Writer writer  = this_process();
  writer.process = 999999999; // no process has this number
  return writer;
}
} // namespace


TEST(ResultFolder, AppearsOnlyWhenWhole)
{
  const TestFolder folder("appears");
  ResultFolder     results(plan_for(folder.path() + "/case/variant/"),
                       MPI_COMM_WORLD);
  write_files(results, "new");
  EXPECT_FALSE(folder.has("case/variant"));
  results.commit();
  EXPECT_EQ(folder.read("case/variant/run.json"), "new");
  EXPECT_EQ(n_entries(folder.path() + "/case"), 1);
  EXPECT_EQ(results.file("log.txt"), folder.path() + "/case/variant/log.txt");
}


TEST(ResultFolder, SaysWhatItWrote)
{
  const TestFolder folder("says");
  {
    ResultFolder results(plan_for(folder.path() + "/case"), MPI_COMM_WORLD);
    write_files(results, "new");
    results.commit({"results.h5"});
  }
  const auto manifest = read_manifest(folder.path() + "/case");
  ASSERT_TRUE(manifest);
  EXPECT_EQ(manifest->state, ResultState::incomplete);
  EXPECT_EQ(manifest->not_written, std::vector<std::string>{"results.h5"});
  EXPECT_EQ(manifest->files.count("run.json"), 1u);
  EXPECT_EQ(manifest->files.count("piece_0"), 1u);
  EXPECT_EQ(manifest->writer.process, 0);
}


TEST(ResultFolder, ReplacesAnOlderResultAndKeepsTheRest)
{
  const TestFolder folder("replaces");
  {
    ResultFolder results({folder.path() + "/case", {}, ""}, MPI_COMM_WORLD);
    on_first_rank(MPI_COMM_WORLD, [&] {
      for (const std::string part : {"fields", "curves", "figures"})
        std::filesystem::create_directories(results.file(part));
      for (const std::string name :
           {"run.json", "fields/fields_0000.pvtu", "curves/removal.csv"})
        std::ofstream(results.file(name)) << "old";
    });
    results.commit();
  }
  folder.write("case/notes.txt", "mine");
  folder.write("case/curves/measured.csv", "mine");
  folder.write("case/figures/photo.png", "mine");
  folder.write("case/soft/run.json", "variant");
  folder.write("case/mesh/mesh.pvd", "of another command");
  on_first_rank(MPI_COMM_WORLD, [&] {
    std::filesystem::create_directory(folder.path() + "/case/empty");
    std::filesystem::create_symlink("nothing", folder.path() + "/case/link");
  });
  {
    ResultFolder results(plan_for(folder.path() + "/case"), MPI_COMM_WORLD);
    write_files(results, "new");
    EXPECT_EQ(folder.read("case/run.json"), "old");
    results.commit();
  }
  EXPECT_EQ(folder.read("case/run.json"), "new");
  EXPECT_FALSE(folder.has("case/fields"));
  EXPECT_FALSE(folder.has("case/curves/removal.csv"));
  EXPECT_EQ(folder.read("case/notes.txt"), "mine");
  EXPECT_EQ(folder.read("case/curves/measured.csv"), "mine");
  EXPECT_EQ(folder.read("case/figures/photo.png"), "mine");
  EXPECT_EQ(folder.read("case/soft/run.json"), "variant");
  EXPECT_TRUE(folder.has("case/mesh/mesh.pvd"));
  EXPECT_TRUE(folder.has("case/empty"));
  EXPECT_TRUE(is_taken(folder.path() + "/case/link"));
  EXPECT_FALSE(std::filesystem::is_symlink(folder.path() + "/case/notes.txt"));
  EXPECT_FALSE(std::filesystem::is_symlink(folder.path() + "/case/soft"));
  EXPECT_EQ(n_entries(folder.path()), 1);
}


TEST(ResultFolder, KeepsForeignFilesOfAFolderWithoutAResult)
{
  const TestFolder folder("foreign");
  folder.write("case/photos/holiday.png", "mine");
  folder.write("case/fine.toml", "mine");
  run_into(folder.path() + "/case", "new");
  EXPECT_EQ(folder.read("case/run.json"), "new");
  EXPECT_EQ(folder.read("case/photos/holiday.png"), "mine");
  EXPECT_EQ(folder.read("case/fine.toml"), "mine");
  EXPECT_EQ(n_entries(folder.path()), 1);
}


TEST(ResultFolder, KeepsWhatAFailedRunHad)
{
  const TestFolder folder("failed");
  run_into(folder.path() + "/case", "old");
  for (const std::string text : {"first", "second"})
    try
    {
      ResultFolder results(plan_for(folder.path() + "/case"), MPI_COMM_WORLD);
      write_files(results, text);
      EXPECT_EQ(results.failed_place(), folder.path() + "/case.failed");
      MPI_Barrier(MPI_COMM_WORLD); // all have written
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


TEST(ResultFolder, LeavesForeignFoldersOfFailedRunsAlone)
{
  const TestFolder folder("spares");
  folder.write("case.failed/notes.txt", "mine");
  run_into(folder.path() + "/case.2.failed", "a result of this name");
  try
  {
    ResultFolder results(plan_for(folder.path() + "/case"), MPI_COMM_WORLD);
    write_files(results, "half");
    throw std::runtime_error("the solver failed");
  }
  catch (const std::runtime_error &)
  {}
  MPI_Barrier(MPI_COMM_WORLD);
  EXPECT_EQ(folder.read("case.failed/notes.txt"), "mine");
  EXPECT_EQ(n_entries(folder.path() + "/case.failed"), 1);
  EXPECT_EQ(folder.read("case.2.failed/run.json"), "a result of this name");
  EXPECT_EQ(folder.read("case.3.failed/run.json"), "half");
}


TEST(ResultFolder, LeavesNothingIfNothingWasWritten)
{
  const TestFolder folder("nothing");
  {
    ResultFolder results(plan_for(folder.path() + "/case"), MPI_COMM_WORLD);
  }
  EXPECT_EQ(n_entries(folder.path()), 0);
}


// A killed run cannot tidy up; the next one for the same place does, but spares
// what no manifest lists, and runs that are under way or on other machines.
TEST(ResultFolder, TakesAwayWhatKilledRunsLeft)
{
  const TestFolder folder("leftovers");
  Writer           running = this_process(), elsewhere = gone_process();
  running.process = 1;
  elsewhere.boot += "x";
  elsewhere.process      = 999999998;
  const std::string gone = leave_unfinished(folder, gone_process()),
                    left = leave_unfinished(folder, running),
                    away = leave_unfinished(folder, elsewhere);
  folder.write(".case.partial-mine-999999999/notes.txt", "mine");
  {
    const ResultFolder results(plan_for(folder.path() + "/case"),
                               MPI_COMM_WORLD);
    EXPECT_FALSE(folder.has(gone));
    EXPECT_EQ(folder.read(left + "/run.json"), "half");
    EXPECT_EQ(folder.read(away + "/run.json"), "half");
    EXPECT_TRUE(folder.has(".case.partial-mine-999999999/notes.txt"));
  }
}


TEST(ResultFolder, TakesNothingForeignFromWhatKilledRunsLeft)
{
  const TestFolder  folder("foreign_leftovers");
  const std::string gone = leave_unfinished(folder, gone_process());
  folder.write(gone + "/notes.txt", "mine");
  run_into(folder.path() + "/case", "new");
  EXPECT_EQ(folder.read(gone + "/notes.txt"), "mine");
  EXPECT_FALSE(folder.has(gone + "/run.json"));
}


// A run is killed when the folders have changed places but nothing is put back.
TEST(ResultFolder, FinishesAnExchangeThatWasCutShort)
{
  const TestFolder folder("exchange");
  run_into(folder.path() + "/case", "old");
  folder.write("case/notes.txt", "mine");
  folder.write("case/soft/run.json", "variant");
  const std::string older = ".case.partial-host-1";
  on_first_rank(MPI_COMM_WORLD, [&] {
    namespace fs     = std::filesystem;
    const fs::path f = folder.path();
    fs::rename(f / "case", f / older);
    fs::create_directory(f / "case");
    std::ofstream(f / "case/run.json") << "new";
    Manifest manifest;
    manifest.files = {"run.json"};
    manifest.older = older;
    write_manifest(f / "case", manifest);
    fs::create_symlink(fs::path("..") / older / "notes.txt",
                       f / "case/notes.txt");
    fs::create_symlink(fs::path("..") / older / "soft", f / "case/soft");
  });
  EXPECT_EQ(folder.read("case/notes.txt"), "mine");
  EXPECT_EQ(folder.read("case/soft/run.json"), "variant");
  on_first_rank(MPI_COMM_WORLD,
                [&] { finish_replacement(folder.path() + "/case"); });
  EXPECT_EQ(folder.read("case/run.json"), "new");
  EXPECT_EQ(folder.read("case/notes.txt"), "mine");
  EXPECT_EQ(folder.read("case/soft/run.json"), "variant");
  EXPECT_FALSE(std::filesystem::is_symlink(folder.path() + "/case/notes.txt"));
  EXPECT_EQ(n_entries(folder.path()), 1);
}


// Where two folders cannot change places at once, a killed run may leave the
// place empty.
TEST(ResultFolder, PutsTheOlderResultBack)
{
  const TestFolder folder("back");
  run_into(folder.path() + "/case", "old");
  folder.write("case/notes.txt", "mine");
  const std::string fresh = leave_unfinished(folder, gone_process());
  on_first_rank(MPI_COMM_WORLD, [&] {
    std::filesystem::rename(folder.path() + "/case",
                            folder.path() + "/" + fresh + "-older");
  });
  {
    const ResultFolder results(plan_for(folder.path() + "/case"),
                               MPI_COMM_WORLD);
    EXPECT_EQ(folder.read("case/run.json"), "old");
    EXPECT_EQ(folder.read("case/notes.txt"), "mine");
  }
  EXPECT_EQ(n_entries(folder.path()), 1);
}


TEST(ResultFolder, RefusesPlacesThatAreNotItsOwn)
{
  const TestFolder folder("refuses");
  folder.write("file", "text");
  folder.write("photos/run.json/holiday.png", "text");
  folder.write("earlier/run.json", "of a version without manifests");
  folder.write("odd/manifest.json", "of another program");
  folder.write("odd/deep/manifest.json",
               R"({"program": "miniscrew", "state": "complete",
                   "files": ["../../file", "run.json"]})");
  folder.write("odd/deep/run.json", "of another program");
  const std::string path = folder.path();
  expect_refusal(plan_for(path + "/file"), "is a file");
  expect_refusal(plan_for(path + "/photos"), "'run.json' is there");
  expect_refusal(plan_for(path + "/earlier"), "'run.json' is there");
  expect_refusal(plan_for(path + "/odd"), "'manifest.json' is there");
  expect_refusal(plan_for(path + "/odd/deep"), "'manifest.json' is there");
  expect_refusal(plan_for("."), "working directory");
  expect_refusal(plan_for(path + "/file/case"), "cannot be put");
  EXPECT_EQ(folder.read("photos/run.json/holiday.png"), "text");
  EXPECT_EQ(folder.read("file"), "text");
}


TEST(ResultFolder, RefusesLinksToNothing)
{
  const TestFolder folder("links");
  on_first_rank(MPI_COMM_WORLD, [&] {
    std::filesystem::create_symlink("nothing", folder.path() + "/link");
  });
  expect_refusal(plan_for(folder.path() + "/link"), "link to nothing");
}


TEST(ResultFolder, NeverReplacesTheCase)
{
  const TestFolder folder("case");
  run_into(folder.path() + "/case", "old");
  const std::string file = folder.path() + "/case/run.json";
  expect_refusal(plan_for(folder.path() + "/case", file), "the case file");
  EXPECT_EQ(folder.read("case/run.json"), "old");
}


TEST(AddFile, ListsItAndReplacesOnlyItsOwn)
{
  const TestFolder folder("add");
  folder.write("case/notes.csv", "mine");
  for (const std::string text : {"one", "two"})
  {
    add_file(folder.path() + "/case", "table.csv", text, MPI_COMM_WORLD);
    EXPECT_EQ(folder.read("case/table.csv"), text);
  }
  EXPECT_THROW(
    add_file(folder.path() + "/case", "notes.csv", "new", MPI_COMM_WORLD),
    UserError);
  EXPECT_EQ(folder.read("case/notes.csv"), "mine");
  EXPECT_EQ(read_manifest(folder.path() + "/case")->files.size(), 1u);
}
} // namespace miniscrew::output
