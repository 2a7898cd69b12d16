// SPDX-License-Identifier: LGPL-2.1-or-later
// What counts as a complete result, and what does not.
#include "solver/base/run_record.h"
#include "solver/report/result_check.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <functional>

using namespace miniscrew;

namespace
{
namespace fs = std::filesystem;

/// A folder with all that a run of a case leaves.
class CompleteResult : public ::testing::Test
{
protected:
  void
  SetUp() override
  {
    fs::remove_all(folder_);
    fs::create_directories(folder_ / "curves");
    effective_.add("title", "\"t\"");
    for (const char *name : {"mesh",
                             "solver",
                             "screw",
                             "insertion",
                             "seating",
                             "service",
                             "removal"})
      summary_[name] = {{"x", 1}};
    const RunRecord run = run_record(MPI_COMM_WORLD);
    run_                = {{"version", run.version}, {"commit", run.commit}};
    write("case.toml", effective_.to_toml());
    write_tables();
    for (const char *name : {"log.txt",
                             "results.h5",
                             "fields.pvd",
                             "curves/insertion.csv",
                             "curves/removal.csv"})
      write(name, "x");
  }

  void
  TearDown() override
  {
    fs::remove_all(folder_);
  }

  void
  write(const std::string &name, const std::string &text) const
  {
    std::ofstream(folder_ / name) << text;
  }

  void
  write_tables() const
  {
    write("summary.json", summary_.dump());
    write("run.json", run_.dump());
  }

  std::string
  reason() const
  {
    return report::why_not_complete(folder_.string(), effective_, contents_);
  }

  const fs::path folder_ = "result_check_test_results";
  EffectiveCase  effective_;
  nlohmann::json summary_, run_;

  const report::ResultContents contents_ = {
    {"mesh", "solver", "screw", "insertion", "seating", "service", "removal"},
    {"insertion", "removal"},
    {"fields"}};
};
} // namespace

TEST_F(CompleteResult, IsTaken)
{
  EXPECT_EQ(reason(), "");
}

TEST_F(CompleteResult, HasATableAsSummary)
{
  const std::string whole = summary_.dump();
  for (const std::string &text : {std::string(),
                                  std::string("7"),
                                  std::string("null"),
                                  std::string("[]"),
                                  std::string("\"x\""),
                                  std::string("true"),
                                  std::string("{"),
                                  whole.substr(0, whole.size() - 1),
                                  whole + whole,
                                  std::string("{}"),
                                  std::string("{\"mesh\": 7}"),
                                  std::string("\0", 1),
                                  std::string("\xff\xfe")})
  {
    write("summary.json", text);
    EXPECT_NE(reason(), "") << text;
  }
  fs::remove(folder_ / "summary.json");
  EXPECT_NE(reason(), "");
  fs::create_directories(folder_ / "summary.json");
  EXPECT_NE(reason(), "");
}

TEST_F(CompleteResult, HasAllTablesOfItsStages)
{
  const nlohmann::json whole = summary_;
  for (const auto &[name, table] : whole.items())
    for (const nlohmann::json &wrong :
         {nlohmann::json(), nlohmann::json(7), nlohmann::json::array()})
    {
      summary_       = whole;
      summary_[name] = wrong;
      write_tables();
      EXPECT_EQ(reason(), "summary.json has no table " + name);
      summary_.erase(name);
      write_tables();
      EXPECT_EQ(reason(), "summary.json has no table " + name);
    }
}

TEST_F(CompleteResult, CameToItsEnd)
{
  for (const char *mark : {"incomplete", "not_written"})
  {
    summary_[mark] = {"removal"};
    write_tables();
    EXPECT_EQ(reason(), "the run did not come to its end");
    summary_.erase(mark);
  }
}

TEST_F(CompleteResult, IsOfThisCaseAndThisProgram)
{
  const EffectiveCase kept = effective_;
  effective_.add("load.steps", "1");
  EXPECT_EQ(reason(), "it is of another case: load.steps is different");
  effective_.add("load.unload", "true");
  EXPECT_EQ(reason(),
            "it is of another case: load.steps and others are different");
  effective_ = kept;
  write("case.toml", "title: t\n");
  EXPECT_EQ(reason(), "its case.toml is not as it was written");
  write("case.toml", kept.to_toml());
  EXPECT_EQ(reason(), "");

  const nlohmann::json whole = run_;
  for (const char *name : {"version", "commit"})
    for (const nlohmann::json &wrong :
         {nlohmann::json("other"), nlohmann::json(1), nlohmann::json()})
    {
      run_       = whole;
      run_[name] = wrong;
      write_tables();
      EXPECT_EQ(reason().find("it was computed by miniscrew "), 0u) << reason();
    }
  for (const char *text : {"", "7", "[]", "{"})
  {
    write("run.json", text);
    EXPECT_NE(reason(), "") << text;
  }
}

TEST_F(CompleteResult, HasItsFiles)
{
  for (const char *name : {"case.toml",
                           "run.json",
                           "log.txt",
                           "results.h5",
                           "fields.pvd",
                           "curves/insertion.csv",
                           "curves/removal.csv"})
  {
    const fs::path aside = folder_ / "aside";
    fs::rename(folder_ / name, aside);
    EXPECT_NE(reason().find(name), std::string::npos) << reason();
    fs::rename(aside, folder_ / name);
  }
  EXPECT_EQ(reason(), "");
}
