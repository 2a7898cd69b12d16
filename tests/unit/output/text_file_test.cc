// SPDX-License-Identifier: LGPL-2.1-or-later
// Small files: JSON that people can read, and CSV.
#include "test_folder.h"

#include "solver/base/errors.h"
#include "solver/output/text_file.h"

#include <gtest/gtest.h>

#include <limits>

namespace miniscrew::output
{
TEST(Json, HasAllDigitsAndArraysInOneLine)
{
  nlohmann::json content;
  content["service"]["head_displacement_mm"] = {0.1, 1. / 3., -2e-7};
  content["name"]                            = "with \"quotes\"";
  content["none"]                            = nlohmann::json::object();
  content["list"]                            = {{{"a", 1}},
                                                {{"b", std::numeric_limits<double>::infinity()}}};
  const std::string text                     = pretty_json(content);
  EXPECT_NE(text.find("\"head_displacement_mm\": [0.1, 0.3333333333333333, "
                      "-2e-07]"),
            std::string::npos);
  EXPECT_NE(text.find("{\n  \"list\": [\n    {\n      \"a\": 1\n    },"),
            std::string::npos);
  const auto again = nlohmann::json::parse(text);
  EXPECT_EQ(again["service"], content["service"]);
  EXPECT_EQ(again["name"], content["name"]);
  EXPECT_EQ(again["none"], content["none"]);
  EXPECT_TRUE(again["list"][1]["b"].is_null());
}


TEST(Json, ReplacesAnOlderFile)
{
  const TestFolder folder("json");
  write_json(folder.path() + "/a.json", {{"value", 1}}, MPI_COMM_WORLD);
  write_json(folder.path() + "/a.json", {{"value", 2}}, MPI_COMM_WORLD);
  EXPECT_EQ(folder.read("a.json"), "{\n  \"value\": 2\n}\n");
  EXPECT_FALSE(folder.has("a.json.unfinished"));
}


TEST(Json, FailsOnAllRanks)
{
  const TestFolder folder("json_fails");
  try
  {
    write_json(folder.path() + "/none/a.json", {}, MPI_COMM_WORLD);
    FAIL() << "no error";
  }
  catch (const IoError &error)
  {
    EXPECT_NE(std::string(error.what()).find("No such file"),
              std::string::npos);
  }
}


TEST(Csv, HasAHeadAndAllDigits)
{
  const TestFolder folder("csv");
  const Curve      curve{
    "pull_out", {"displacement_mm", "force_N"}, {{0., 0.}, {0.1, 1. / 3.}}};
  write_csv(folder.path() + "/pull_out.csv", curve, MPI_COMM_WORLD);
  EXPECT_EQ(folder.read("pull_out.csv"),
            "displacement_mm,force_N\n0,0\n"
            "0.10000000000000001,0.33333333333333331\n");
}
} // namespace miniscrew::output
