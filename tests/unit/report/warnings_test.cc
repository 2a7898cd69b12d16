// SPDX-License-Identifier: LGPL-2.1-or-later
// Warnings: each where it should be, and none where all is well.
#include "solver/case/case_file.h"
#include "solver/report/case_warnings.h"
#include "solver/report/record_json.h"
#include "solver/report/result_warnings.h"
#include "solver/report/warning_table.h"

#include <gtest/gtest.h>

#include <fstream>

using namespace miniscrew;
using Json = nlohmann::json;

namespace
{
const std::string usual = R"(
[screw]
system = "Dual Top"
diameter_mm = 1.6
length_mm = 8
[site]
near_cortex_mm = 1.5
cancellous_mm = 9.0
[load]
force_N = [2.0, 0.0, 0.0]
[discretisation]
interface_size_mm = 0.3
)";

const std::string contact = R"(
[interface]
condition = "frictional"
)";

const std::string inserted = contact + R"(
[materials]
law = "quadric"
[insertion]
technique = "self-drilling"
[tests]
run = ["service", "pullout"]
)";

Case
case_of(const std::string &text, const std::vector<std::string> &settings = {})
{
  const std::string path = "warnings_test.toml";
  std::ofstream(path) << text;
  return read_case_file(path, settings).front();
}

/// Warnings as summary.json has them.
std::string
text_of(const Warnings &warnings)
{
  report::Record summary;
  report::set_warnings(summary, warnings);
  return report::to_json(summary)["warnings"].dump();
}

/// The sentences of one key, one per line.
std::string
sentences(const Warnings &warnings, const std::string &key)
{
  std::string text;
  for (const Warning &warning : warnings.all())
    if (warning.key == key)
      text += warning.sentence + "\n";
  return text;
}

std::string
of_case(const std::string              &key,
        const std::vector<std::string> &settings,
        const std::string              &text = usual)
{
  const Case parameters = case_of(text, settings);
  return sentences(
    report::case_warnings(parameters, parameters.discretisation.interface_size),
    key);
}

std::string
of_result(const std::string &key,
          const Json        &summary,
          const std::string &text = usual)
{
  return sentences(
    report::result_warnings(case_of(text), report::record_from(summary)), key);
}

void
expect_in(const std::string &part, const std::string &text)
{
  EXPECT_NE(text.find(part), std::string::npos) << text;
}

/// A summary of a screw that is well.
Json
good_summary()
{
  const Json layer = {{"max_principal_strain", {{"p99_9", 1e-3}}},
                      {"min_principal_strain", {{"p99_9", -2e-3}}}};
  return {{"mesh", {{"interface_size_mm", 0.3}}},
          {"service",
           {{"head_displacement_mm", {0.001, 0., 0.}},
            {"screw",
             {{"max_von_mises_MPa", 90.},
              {"von_mises_stress_MPa", {{"p99_9", 50.}}}}},
            {"bone", {{"near_cortex", layer}}},
            {"contact",
             {{"max_micromotion_um", 0.3}, {"regularising_share", 1e-4}}}}}};
}
} // namespace

TEST(WarningList, HasEachOnceAndInOrder)
{
  Warnings list, more;
  list.add("b", "two");
  list.add("a", "one");
  more.add("b", "two");
  more.add("b", "three");
  list.add(more);
  EXPECT_EQ(text_of(list),
            R"([{"key":"b","sentence":"two"},{"key":"a","sentence":"one"},)"
            R"({"key":"b","sentence":"three"}])");
  EXPECT_EQ(text_of(Warnings()), "[]");
}

TEST(CaseWarnings, AUsualCaseOnlyAssumes)
{
  const Case parameters = case_of(usual);
  const auto warnings   = report::case_warnings(parameters, 0.3);
  for (const Warning &warning : warnings.all())
    EXPECT_EQ(warning.key, "assumed_values") << warning.sentence;
}

TEST(CaseWarnings, ThreadNeedsNodes)
{
  const std::string key = "thread_not_resolved";
  // 1 mm on a pitch of 0.7 mm gave 15.0 instead of 21.0 N cm.
  expect_in("1.4 nodes per pitch",
            of_case(key,
                    {"discretisation.interface_size_mm=1",
                     "insertion.technique=\"self-drilling\""},
                    usual + inserted));
  const std::vector<std::string> medium = {
    "discretisation.interface_size_mm=0.4"};
  EXPECT_EQ(of_case(key, medium), "");
  expect_in("pull-out forces need 5", of_case(key, medium, usual + inserted));
  EXPECT_EQ(
    of_case(key,
            {"discretisation.interface_size_mm=0.4", "tests.run=[\"service\"]"},
            usual + inserted),
    "");
  EXPECT_EQ(
    of_case(key, {"discretisation.interface_size_mm=0.28"}, usual + inserted),
    "");
  // A smooth pin has no thread to see.
  EXPECT_EQ(of_case(key,
                    {"screw.core_diameter_mm=1.6",
                     "discretisation.interface_size_mm=1"}),
            "");
  // What counts is the size of the cells that were made.
  EXPECT_EQ(
    sentences(report::case_warnings(
                case_of(usual, {"discretisation.interface_size_mm=1"}), 0.3),
              key),
    "");
}

TEST(CaseWarnings, HowTheScrewGetsIn)
{
  const std::string text = usual + inserted;
  for (const char *key :
       {"cut_fraction", "thread_is_formed", "tip_formed", "no_band"})
    EXPECT_EQ(of_case(key, {}, text), "") << key;
  expect_in(
    "an option for experts",
    of_case("cut_fraction", {"insertion.cortex.cut_fraction=0.9"}, text));
  expect_in("forms its thread",
            of_case("thread_is_formed", {"screw.cutting_length_mm=0"}, text));
  expect_in("widens up to 2.5 mm",
            of_case("tip_formed", {"screw.cutting_length_mm=2"}, text));
  expect_in("have no band",
            of_case("no_band",
                    {"insertion.cortex.residual_interference_um=5",
                     "insertion.cancellous.residual_interference_um=5"},
                    text));
}

TEST(ResultWarnings, DepthsWhereTheDriverLeads)
{
  Json summary                  = good_summary();
  summary["insertion"]["curve"] = {{{"depth_mm", 1.5}, {"is_led", true}},
                                   {{"depth_mm", 3.}, {"is_led", false}}};
  expect_in("at 1.50 mm the thread does not carry",
            of_result("driver_leads", summary, usual + inserted));
  summary["insertion"]["curve"][0]["normal_force_N"] = 0.;
  EXPECT_EQ(of_result("driver_leads", summary, usual + inserted), "");
  summary["insertion"]["curve"][0] = {{"depth_mm", 1.5}, {"is_led", false}};
  EXPECT_EQ(of_result("driver_leads", summary, usual + inserted), "");
}

TEST(CaseWarnings, CoarseAndLockingMeshes)
{
  expect_in("the mesh is coarse",
            of_case("coarse_mesh",
                    {"discretisation.interface_size_mm=0.8",
                     "discretisation.degree=1"}));
  EXPECT_EQ(of_case("coarse_mesh",
                    {"discretisation.interface_size_mm=0.3",
                     "discretisation.degree=1"}),
            "");
  const std::vector<std::string> soft = {
    "materials.cancellous={name=\"x\", young_modulus_MPa=1000.0, "
    "poisson_ratio=0.49}"};
  EXPECT_EQ(of_case("locking", soft), "");
  expect_in("materials.cancellous: linear elements",
            of_case("locking", {soft[0], "discretisation.degree=1"}));
}

TEST(CaseWarnings, CellsBesideTheScrewResolveTheInternalLength)
{
  const std::string key = "peak_not_resolved";
  const std::string law = "\n[materials]\nlaw = \"quadric\"\n";
  EXPECT_EQ(of_case(key, {}), "");
  expect_in("the internal length of materials.near_cortex and "
            "materials.cancellous is 0.05 mm",
            of_case(key, {}, usual + law));
  const std::string in_cortex =
    of_case(key, {"discretisation.interface_size_mm=0.15"}, usual + law);
  expect_in("the internal length of materials.near_cortex is 0.05 mm",
            in_cortex);
  EXPECT_EQ(
    of_case(key, {"discretisation.interface_size_mm=0.05"}, usual + law), "");
  // Without it softening is local, and the case's own affair.
  EXPECT_EQ(of_case(key,
                    {"materials.near_cortex={name=\"cortical bone\", "
                     "internal_length_mm=0}",
                     "materials.cancellous={name=\"cancellous bone\", "
                     "internal_length_mm=0}"},
                    usual + law),
            "");
}

TEST(CaseWarnings, UnitsThatLookWrong)
{
  const std::string                           key        = "unlikely_units";
  const std::pair<const char *, const char *> settings[] = {
    {"materials.near_cortex={name=\"x\", young_modulus_MPa=13.7, "
     "poisson_ratio=0.3}",
     "materials.near_cortex.young_modulus_MPa is 13.7"},
    {"materials.cancellous={name=\"cancellous bone\", "
     "young_modulus_MPa=1.37}",
     "materials.cancellous.young_modulus_MPa"},
    {"screw.material={name=\"x\", young_modulus_MPa=110.0, "
     "poisson_ratio=0.3}",
     "screw.material.young_modulus_MPa is 110"},
    {"screw.material={name=\"Ti-6Al-4V\", yield_stress_MPa=0.83}",
     "screw.material.yield_stress_MPa is 0.83"},
    {"load.force_N=[200.0,0.0,0.0]", "load.force_N is 200"},
    {"load.moment_N_mm=[0.0,0.0,5000.0]", "load.moment_N_mm"},
    {"site.near_cortex_mm=15.0", "site.near_cortex_mm is 15"}};
  for (const auto &[setting, sentence] : settings)
    expect_in(sentence, of_case(key, {setting}));
  // The softest foams are of the library.
  EXPECT_EQ(of_case(key,
                    {"materials.near_cortex=\"foam 5 pcf\"",
                     "materials.cancellous=\"foam 5 pcf\""}),
            "");
  EXPECT_EQ(of_case(key, {"load.force_N=[0.0,0.0,0.0]"}), "");
}

TEST(CaseWarnings, AssumptionsAreNamed)
{
  const std::string bonded = of_case("assumed_values", {});
  expect_in("elastic constants: cortical bone, cancellous bone", bonded);
  EXPECT_EQ(bonded.find("strengths"), std::string::npos);
  EXPECT_EQ(bonded.find("residual interference"), std::string::npos);
  const std::string all = of_case("assumed_values", {}, usual + inserted);
  expect_in("strengths: cortical bone and cancellous bone", all);
  expect_in("no measurement is known of the residual interference", all);
  expect_in("of the screw: ",
            of_case("assumed_values",
                    {},
                    "[screw]\ndiameter_mm = 1.6\nlength_mm = 8\n[site]\n"
                    "near_cortex_mm = 1.5\ncancellous_mm = 9.0\n"));
}

TEST(ResultWarnings, AGoodResultHasNone)
{
  EXPECT_EQ(text_of(report::result_warnings(
              case_of(usual), report::record_from(good_summary()))),
            "[]");
  EXPECT_EQ(text_of(report::result_warnings(case_of(usual), report::Record())),
            "[]");
}

TEST(ResultWarnings, ScrewsThatYield)
{
  Json summary                                     = good_summary();
  summary["service"]["screw"]["max_von_mises_MPa"] = 1660.;
  expect_in("service: the screw yields; von Mises stress up to 1660 MPa",
            of_result("screw_yields", summary));
  expect_in("modelled as elastic", of_result("screw_yields", summary));
  summary["insertion"]["torsional_safety_factor"] = 0.46;
  expect_in("safety factor 0.46", of_result("screw_yields", summary));
  // What counts is the stress in all, not that of the load alone.
  Json pressed                                              = good_summary();
  pressed["service"]["total"]["screw"]["max_von_mises_MPa"] = 900.;
  expect_in("service: the screw yields; von Mises stress up to 900 MPa",
            of_result("screw_yields", pressed));
  Json pulled;
  pulled["pullout"]["screw"]["max_von_mises_MPa"] = 830.;
  expect_in("pullout: the screw yields", of_result("screw_yields", pulled));
}

TEST(ResultWarnings, BeyondSmallStrain)
{
  Json  summary = good_summary();
  Json &service = summary["service"];
  service["bone"]["near_cortex"]["min_principal_strain"]["p99_9"] = -0.2;
  expect_in("service: strains of near_cortex reach 0.2",
            of_result("large_strain", summary));
  service["head_displacement_mm"] = {3., 4., 0.};
  expect_in("the head moves by 5 mm", of_result("large_motion", summary));
  service["contact"]["max_micromotion_um"] = 100.;
  expect_in("slip by up to 0.1 mm", of_result("large_slip", summary));
  summary["pullout"]["reached_displacement_mm"] = 0.5;
  expect_in("pullout: the screw moves by 0.5 mm",
            of_result("large_motion", summary));
  summary["removal"]["reached_angle_deg"] = 90.;
  expect_in("removal: the thread turns", of_result("large_slip", summary));
}

TEST(ResultWarnings, SpringsThatCarry)
{
  Json summary                                        = good_summary();
  summary["service"]["contact"]["regularising_share"] = 2.5;
  expect_in("carry a share of 2.5 of the forces",
            of_result("springs_carry", summary));
}

TEST(ResultWarnings, StagesWithoutAnEnd)
{
  Json summary                          = good_summary();
  summary["pullout"]["stopped_because"] = "equilibrium did not converge";
  summary["incomplete"]                 = {"pullout"};
  expect_in("pullout came to no end: equilibrium did not",
            of_result("incomplete", summary));
}

TEST(AllWarnings, AreOfResultAndCase)
{
  Json summary          = good_summary();
  summary["incomplete"] = {"service"};
  const auto all =
    report::all_warnings(case_of(usual), 0.3, report::record_from(summary))
      .all();
  ASSERT_EQ(all.size(), 2u);
  EXPECT_EQ(all[0].key, "incomplete");
  EXPECT_EQ(all[1].key, "assumed_values");
}

TEST(Comparison, CountsWarningsAndHasTheirSentences)
{
  report::NamedResult one{"one", {}, {}}, two{"two", {}, {}},
    old{"old", {}, {}};
  Warnings warnings;
  warnings.add("a", "first, of both");
  report::set_warnings(two.summary, warnings);
  warnings.add("b", "second");
  warnings.add("b", "third");
  report::set_warnings(one.summary, warnings);
  old.summary.set_value("title", std::string("of an old version"));
  const std::vector<report::NamedResult> results = {one, two, old};
  report::Table                          table = report::main_numbers(results);
  expect_in("warnings    3    1    -", table.text());
  expect_in("warnings,3,1,-\n", report::all_numbers(results).csv());
  EXPECT_EQ(report::all_numbers(results).csv().find("sentence"),
            std::string::npos);
  report::add_warnings(table, results);
  expect_in("warning: a,\"first, of both\",\"first, of both\",-\n",
            table.csv());
  expect_in("warning: b,second | third,-,-\n", table.csv());
  EXPECT_EQ(report::warning_lines(results),
            "warnings:\n  one, two: first, of both\n  one: second\n"
            "  one: third");
  EXPECT_EQ(report::warning_lines({old}), "");
  EXPECT_EQ(report::main_numbers({old}).text().find("warnings"),
            std::string::npos);
}
