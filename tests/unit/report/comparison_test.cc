// SPDX-License-Identifier: LGPL-2.1-or-later
// Tables, and results side by side.
#include "solver/base/errors.h"
#include "solver/report/comparison.h"
#include "solver/report/record_json.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

using namespace miniscrew;

namespace
{
report::NamedResult
result(const std::string &name,
       const int          n_dofs,
       const double       displacement,
       const std::string &effective)
{
  const nlohmann::json summary = {
    {"mesh", {{"n_dofs", n_dofs}}},
    {"service",
     {{"head_displacement_mm", {0.6 * displacement, 0., -0.8 * displacement}}}},
    {"screw", {{"name", "a screw"}}}};
  return {name,
          report::record_from(summary),
          EffectiveCase::from_toml(effective).value()};
}

/// The lines of a text that begin with @p start.
std::string
line_of(const std::string &text, const std::string &start)
{
  const auto begin = text.find(start);
  return begin == std::string::npos
           ? ""
           : text.substr(begin, text.find('\n', begin) - begin);
}
} // namespace

TEST(Table, AlignsLettersNotBytes)
{
  report::Table table("key", {"a", "bb"});
  table.add("µm", {"1", "2"});
  table.add("name", {"100", "-"});
  EXPECT_EQ(table.text(),
            "key     a  bb\n"
            "µm      1   2\n"
            "name  100   -\n");
}

TEST(Table, PutsWhatDoesNotFitIntoAnotherBlock)
{
  report::Table table("", {"aaaa", "bbbb"});
  table.add("n", {"1", "2"});
  EXPECT_EQ(table.text(10), "   aaaa\nn     1\n\n   bbbb\nn     2\n");
}

TEST(Table, QuotesCsv)
{
  report::Table table("key", {"a,b"});
  table.add("x", {"say \"y\""});
  EXPECT_EQ(table.csv(), "key,\"a,b\"\nx,\"say \"\"y\"\"\"\n");
}

TEST(MainNumbers, ScaleUnitsAndTakeLengthsOfVectors)
{
  const std::string text =
    report::main_numbers(
      {result("one", 1000, 0.0125, ""), report::NamedResult{"two", {}, {}}})
      .text();
  EXPECT_EQ(line_of(text, "head displacement, µm"),
            "head displacement, µm  12.5    -");
  EXPECT_EQ(text.find("tip displacement"), std::string::npos);
}

TEST(MainNumbers, TotalsFollowWhatIsDueToTheLoad)
{
  report::NamedResult bonded  = result("bonded", 10, 1., ""),
                      pressed = result("pressed", 10, 1., "");
  const auto strain           = [](const double value) {
    return report::record_from(
      {{"bone",
        {{"near_cortex", {{"max_principal_strain", {{"p99_9", value}}}}}}}});
  };
  bonded.summary.part("service").merge(strain(1e-4));
  pressed.summary.part("service").merge(strain(2e-4));
  pressed.summary.at("service.total") = strain(0.05);
  const std::string text = report::main_numbers({bonded, pressed}).text();
  const std::string due  = "near cortex, maximum principal strain 99.9 %, µε",
                    total =
                      "near cortex, maximum principal strain 99.9 % in all, µε";
  EXPECT_EQ(line_of(text, due), due + "            100      200");
  EXPECT_EQ(line_of(text, total), total + "       -    50000");
  EXPECT_LT(text.find(due), text.find(total));
}

TEST(MainNumbers, ShowConvergenceIfOnlyTheDiscretisationDiffers)
{
  const std::string same = "[site]\nwidth_mm = 1\n[discretisation]\nh = ";
  const std::string text =
    report::main_numbers(
      {result("coarse", 10, 0.9, same + "2\n[solver]\nx = 1\n"),
       result("fine", 20, 1., same + "1\n[solver]\nx = 1\n")})
      .text();
  EXPECT_EQ(
    line_of(text, "  head displacement"),
    "  head displacement, deviation from the finest mesh, %  -10.000     -");

  const std::string other =
    report::main_numbers({result("a", 10, 0.9, same + "2\n[solver]\nx = 1\n"),
                          result("b", 20, 1., same + "1\n[solver]\nx = 2\n")})
      .text();
  EXPECT_EQ(other.find("finest"), std::string::npos);
}

TEST(MainNumbers, ShowConvergenceOfTheTorque)
{
  const std::string                same = "[discretisation]\nh = ";
  std::vector<report::NamedResult> results{
    result("coarse", 10, 1., same + "2\n"),
    result("fine", 20, 1., same + "1\n")};
  results[0].summary.part("insertion").set_value("max_torque_N_cm", 19.);
  results[1].summary.part("insertion").set_value("max_torque_N_cm", 20.);
  EXPECT_EQ(
    line_of(report::main_numbers(results).text(), "  maximum insertion"),
    "  maximum insertion torque, deviation from the finest mesh, %  -5.000     "
    "-");
}

TEST(AllNumbers, HaveARowForEveryKey)
{
  report::NamedResult second = result("b", 20, 1., "");
  second.summary.set_value("extra", true);
  const std::string csv =
    report::all_numbers({result("a", 10, 1., ""), second}).csv();
  EXPECT_NE(csv.find("mesh.n_dofs,10,20\n"), std::string::npos);
  EXPECT_NE(csv.find("screw.name,a screw,a screw\n"), std::string::npos);
  EXPECT_NE(csv.find("extra,-,true\n"), std::string::npos);
}

TEST(ReadResults, FindsFoldersAndRefusesOthers)
{
  namespace fs        = std::filesystem;
  const fs::path root = "comparison_test_results";
  fs::create_directories(root / "a");
  fs::create_directories(root / "b.failed");
  fs::create_directories(root / "empty");
  for (const char *name : {"a", "b.failed"})
  {
    std::ofstream(root / name / "summary.json") << "{\"x\": 1}";
    std::ofstream(root / name / "case.toml") << "title = \"t\"\n";
  }
  const std::vector<report::NamedResult> results =
    report::read_results({root.string()});
  ASSERT_EQ(results.size(), 1u);
  EXPECT_EQ(results[0].name, "a");
  EXPECT_EQ(report::to_json(results[0].summary)["x"], 1);
  EXPECT_THROW(report::read_results({(root / "empty").string()}), UserError);
  EXPECT_THROW(report::read_results({"no_such_folder"}), UserError);

  // A file that was cut off, or holds anything else, is not a result.
  const std::string file = "'" + (root / "a" / "summary.json").string() + "' ";
  const std::pair<const char *, const char *> others[] = {
    {"", "is empty, so this is no whole result of miniscrew"},
    {"{\"x\": ",
     "is cut off or damaged, so this is no whole result of miniscrew"},
    {"7",
     "holds a single value instead of a table, so this is no result of "
     "miniscrew"},
    {"[1]",
     "holds an array instead of a table, so this is no result of miniscrew"}};
  for (const auto &[text, sentence] : others)
  {
    std::ofstream(root / "a" / "summary.json") << text;
    try
    {
      report::read_results({root.string()});
      FAIL() << text;
    }
    catch (const UserError &error)
    {
      EXPECT_EQ(error.what(), file + sentence);
    }
  }
  std::ofstream(root / "a" / "summary.json")
    << "{\"x\": " << std::string(100000, '[') << std::string(100000, ']')
    << "}";
  EXPECT_THROW(report::read_results({root.string()}), UserError);

  // Tables that are none of ours are shown as they are.
  std::ofstream(root / "a" / "summary.json")
    << "{\"mesh\": 7, \"service\": [1, {}], \"solver\": \"x\"}";
  const auto odd = report::read_results({root.string()});
  EXPECT_EQ(report::main_numbers(odd).csv(), ",a\n");
  EXPECT_NE(report::all_numbers(odd).csv().find("mesh,7\n"), std::string::npos);
  fs::remove_all(root);
}
