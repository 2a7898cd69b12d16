// SPDX-License-Identifier: LGPL-2.1-or-later
// A stage that is declared at run time, through all that the case file has:
// keys, ranges, suggestions, settings, template, schema, effective case.
#include "solver/case/tables/stage_keys.h"

#include "tests/unit/case/case_text.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <stdexcept>

using namespace miniscrew;
using namespace miniscrew::test;

namespace
{
const StageKey cyclic_force{"cyclic_force_N",
                            Range{0.1, 100.},
                            3.,
                            "Amplitude of the cyclic load"};
const StageKey cyclic_cycles{"cyclic_cycles",
                             Range{1., 50.},
                             4.,
                             "Cycles of the load",
                             true};

/// The stage as its file would declare it.
StageEntry
cyclic_load()
{
  return {"cyclic",
          "the head is loaded to and fro",
          {cyclic_force, cyclic_cycles},
          true,
          true,
          "a screw rattles",
          [](const Case &c) -> std::vector<Contradiction> {
            if (c.load.unload)
              return {{"load.unload", "load.unload: no rest for the screw"}};
            return {};
          }};
}

// The one line.
const bool is_there = (declare_stage(cyclic_load()), true);

/// True if a stage is refused.
bool
is_refused(const StageEntry &entry)
{
  try
  {
    declare_stage(entry);
  }
  catch (const std::logic_error &)
  {
    return true;
  }
  return false;
}

const bool same_name_is_refused = is_refused(cyclic_load());
const bool built_in_name_is_refused =
  is_refused({removal_stage, "turned back once more", {}});
const bool same_key_is_refused =
  is_refused({"other", "loads too", {cyclic_force}});

const bool default_out_of_range_is_refused = is_refused(
  {"other", "loads too", {{"other_steps", Range{1., 5.}, 6., "Steps", true}}});

const std::string screw = catalogue_screw_text;
const std::string frictional =
  screw + "[interface]\ncondition = 'frictional'\n";

void
expect_in(const std::string &text, const std::string &part)
{
  EXPECT_NE(text.find(part), std::string::npos) << part << "\nin: " << text;
}
} // namespace


TEST(NewStage, IsReadWithItsKeys)
{
  ASSERT_TRUE(is_there);
  const Case unsaid = read_text_as_case(frictional).at(0);
  EXPECT_FALSE(unsaid.asks_for("cyclic"));
  EXPECT_EQ(unsaid.value(cyclic_force), 3.);
  EXPECT_EQ(unsaid.count(cyclic_cycles), 4u);

  const Case c =
    read_text_as_case(frictional + "[tests]\nrun = ['Cyclic', 'pullout']\n"
                                   "cyclic_force_N = 7.5\n",
                      {"tests.cyclic_cycles=9"})
      .at(0);
  EXPECT_EQ(c.tests.run, (std::vector<std::string>{"cyclic", "pullout"}));
  EXPECT_TRUE(c.asks_for("cyclic"));
  EXPECT_EQ(c.value(cyclic_force), 7.5);
  EXPECT_EQ(c.count(cyclic_cycles), 9u);
  EXPECT_EQ(c.value(pullout_distance), 0.5);
}


TEST(NewStage, MistakesAreRefusedInSentences)
{
  const std::string run = "[tests]\nrun = ['cyclic']\n";
  expect_in(complaint_about(frictional + "[tests]\nrun = ['cylic']\n"),
            "'cylic' is not known, allowed is service, pullout, sideways, "
            "removal or cyclic; did you mean 'cyclic'?");
  expect_in(complaint_about(frictional + run + "cyclic_forces_N = 1\n"),
            "did you mean 'cyclic_force_N'?");
  expect_in(complaint_about(frictional + run + "cyclic_force_N = 101\n"),
            "tests.cyclic_force_N: 101 is out of range, allowed is a number in "
            "N >= 0.1 and <= 100");
  expect_in(complaint_about(frictional + run + "cyclic_cycles = 2.5\n"),
            "tests.cyclic_cycles: expected a whole number, got the number 2.5");
  expect_in(complaint_about(frictional + run + "[load]\nunload = true\n"),
            ":10:10: load.unload: no rest for the screw");
  EXPECT_EQ(complaint_about(frictional + "[load]\nunload = true\n"), "");
  expect_in(complaint_about(frictional + run + "cyclic_cycles = 51\n"),
            "out of range");
  expect_in(complaint_about(screw + run),
            "pullout, sideways, removal and cyclic need a screw that can move");
  expect_in(
    complaint_about(screw + "[interface]\ncondition = 'frictionless'\n" + run),
    "without friction a screw rattles; use interface.condition = "
    "\"frictional\", or leave out \"cyclic\"");
}


TEST(NewStage, IsInTemplateSchemaAndEffectiveCase)
{
  expect_in(case_template(), "\ncyclic_force_N = 3.0\n");
  expect_in(case_template(), "\ncyclic_cycles = 4\n");
  expect_in(case_template(), "# Cycles of the load [a whole number, >= 1");
  const auto schema = nlohmann::json::parse(case_json_schema());
  const auto tests  = schema["properties"]["tests"]["properties"];
  EXPECT_EQ(tests["run"]["items"]["enum"].back(), "cyclic");
  EXPECT_EQ(tests["cyclic_force_N"]["maximum"], 100.);
  EXPECT_EQ(tests["cyclic_cycles"]["type"], "integer");

  const Case c = read_text_as_case(frictional, {"tests.cyclic_cycles=6"}).at(0);
  expect_in(c.effective.to_toml(),
            "\ncyclic_force_N = 3.0\ncyclic_cycles = 6\n");
  EXPECT_EQ(read_text_as_case(c.effective.to_toml()).at(0).count(cyclic_cycles),
            6u);
}


TEST(NewStage, OfATakenNameOrTooLateIsRefused)
{
  EXPECT_TRUE(same_name_is_refused);
  EXPECT_TRUE(built_in_name_is_refused);
  EXPECT_TRUE(same_key_is_refused);
  EXPECT_TRUE(default_out_of_range_is_refused);
  static_cast<void>(stage_entries());
  EXPECT_TRUE(is_refused({"late", "comes too late", {}}));
  EXPECT_EQ(stage_names().size(), 5u);
}
