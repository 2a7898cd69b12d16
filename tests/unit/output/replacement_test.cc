// SPDX-License-Identifier: LGPL-2.1-or-later
// An exchange of results that is killed at any moment loses nothing.
#include "test_folder.h"

#include "solver/base/errors.h"
#include "solver/output/manifest.h"
#include "solver/output/replacement.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <random>
#include <set>

namespace miniscrew::output
{
namespace
{
namespace fs = std::filesystem;

const std::vector<std::string> of_user = {"notes.txt",
                                          "soft/summary.json",
                                          "soft/fields/part.vtu",
                                          "curves/measured.csv",
                                          "new/photo.png"};


void
write(const fs::path &file, const std::string &text)
{
  fs::create_directories(file.parent_path());
  std::ofstream(file) << text;
}


std::string
text_of(const fs::path &file)
{
  std::ifstream stream(file);
  return {std::istreambuf_iterator<char>(stream),
          std::istreambuf_iterator<char>()};
}


/// A folder of a result with the text in all its files.
Manifest
write_result(const fs::path              &folder,
             const std::set<std::string> &files,
             const std::string           &text)
{
  Manifest manifest;
  manifest.files = files;
  for (const std::string &file : files)
    write(folder / file, text);
  write_manifest(folder, manifest);
  return manifest;
}


/// An older result in "res" with files of the user, and a new one beside it.
Manifest
prepare(const fs::path &folder)
{
  fs::remove_all(folder);
  write_result(folder / "res",
               {"summary.json", "curves/removal.csv", "old/old.vtu"},
               "old");
  for (const std::string &file : of_user)
    write(folder / "res" / file, "mine");
  Manifest manifest =
    write_result(folder / ".res.partial-host-1",
                 {"summary.json", "curves/insertion.csv", "new/new.vtu"},
                 "new");
  manifest.writer = this_process();
  return manifest;
}


/// Which result is in the place, if it is whole and nothing is lost.
std::string
state_of(const fs::path &place)
{
  for (const std::string &file : of_user)
    if (text_of(place / file) != "mine")
      return "lost " + file;
  const auto manifest = read_manifest(place);
  if (!manifest)
    return "no manifest";
  const std::string text = text_of(place / "summary.json");
  for (const std::string &file : manifest->files)
    if (text_of(place / file) != text)
      return "not whole: " + file;
  return text;
}


/// Starts a process that puts the new result in place.
pid_t
put_in_another_process(const fs::path &folder, const Manifest &manifest)
{
  const pid_t child = fork();
  if (child == 0)
  {
    put_in_place(folder / ".res.partial-host-1", folder / "res", manifest);
    _exit(0);
  }
  return child;
}


/// Microseconds that it takes if nobody kills it, at most of five times.
int
time_to_put(const fs::path &folder)
{
  using Clock = std::chrono::steady_clock;
  Clock::duration longest{};
  for (int i = 0; i < 5; ++i)
  {
    const Manifest manifest = prepare(folder);
    const auto     start    = Clock::now();
    waitpid(put_in_another_process(folder, manifest), nullptr, 0);
    longest = std::max(longest, Clock::now() - start);
    EXPECT_EQ(state_of(folder / "res"), "new");
  }
  return static_cast<int>(
    std::chrono::duration_cast<std::chrono::microseconds>(longest).count());
}


/// What the next run does for the place.
void
tidy_up(const fs::path &folder)
{
  finish_replacement(folder / "res");
  settle_leftover(folder / ".res.partial-host-1", folder / "res");
}
} // namespace


TEST(Replacement, LosesNothingWheneverItIsKilled)
{
  const TestFolder           folder("killed");
  const fs::path             base = fs::path(folder.path()) / "base";
  const int                  time = time_to_put(base);
  std::mt19937               random(1);
  std::map<std::string, int> seen;
  for (int trial = 0; trial < 150; ++trial)
  {
    const Manifest manifest = prepare(base);
    const pid_t    child    = put_in_another_process(base, manifest);
    usleep(random() % static_cast<unsigned int>(time));
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
    const std::string state = state_of(base / "res");
    ASSERT_TRUE(state == "old" || state == "new") << state;
    const bool is_cut = read_manifest(base / "res")->older != "" ||
                        fs::exists(base / ".res.partial-host-1");
    ++seen[state + (is_cut ? ", cut short" : "")];
    tidy_up(base);
    ASSERT_EQ(state_of(base / "res"), state);
    for (const auto &entry : fs::recursive_directory_iterator(base))
      ASSERT_FALSE(entry.is_symlink()) << entry.path();
    ASSERT_EQ(std::distance(fs::directory_iterator(base), {}), 1);
  }
  // The moments were those that matter.
  EXPECT_GT(seen["old, cut short"], 0);
  EXPECT_GT(seen["new, cut short"], 0);
}


TEST(Replacement, ForgetsAManifestThatWasBeingWritten)
{
  const TestFolder folder("being_written");
  const fs::path   base = fs::path(folder.path()) / "base";
  Manifest manifest     = write_result(base / "res", {"summary.json"}, "new");
  manifest.older        = ".res.partial-host-1";
  write_manifest(base / "res", manifest);
  write(base / manifest.older / "manifest.json.unfinished", "{");
  finish_replacement(base / "res");
  EXPECT_EQ(read_manifest(base / "res")->older, "");
  EXPECT_EQ(std::distance(fs::directory_iterator(base / "res"), {}), 2);
  EXPECT_EQ(std::distance(fs::directory_iterator(base), {}), 1);
}


TEST(Replacement, KeepsWhatHasComeMeanwhile)
{
  const TestFolder folder("meanwhile");
  const fs::path   base     = fs::path(folder.path()) / "base";
  const Manifest   manifest = prepare(base);
  write(base / "res/new/new.vtu", "mine");
  EXPECT_THROW(
    put_in_place(base / ".res.partial-host-1", base / "res", manifest),
    UserError);
  EXPECT_EQ(state_of(base / "res"), "old");
  EXPECT_EQ(text_of(base / "res/new/new.vtu"), "mine");
}


// Folders that the manifest names may have become links to somewhere else.
TEST(Replacement, FollowsNoLinks)
{
  const TestFolder folder("no_links");
  const fs::path   base     = fs::path(folder.path()) / "base";
  const Manifest   manifest = prepare(base);
  write(base / "elsewhere/old.vtu", "mine");
  fs::remove_all(base / "res/old");
  fs::create_symlink(base / "elsewhere", base / "res/old");
  put_in_place(base / ".res.partial-host-1", base / "res", manifest);
  EXPECT_EQ(state_of(base / "res"), "new");
  EXPECT_EQ(text_of(base / "elsewhere/old.vtu"), "mine");
  EXPECT_TRUE(fs::is_symlink(base / "res/old"));
}


// The name of a folder may be any bytes.
TEST(Replacement, RemembersAnyName)
{
  const TestFolder  folder("names");
  const std::string name = ".Zahnf\xe4ule\x80\xff\xc3\xa4.partial-host-1";
  Manifest          manifest;
  manifest.older = name;
  write_manifest(folder.path(), manifest);
  ASSERT_TRUE(read_manifest(folder.path()));
  EXPECT_EQ(read_manifest(folder.path())->older, name);
}
} // namespace miniscrew::output
