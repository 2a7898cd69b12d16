// SPDX-License-Identifier: LGPL-2.1-or-later
// Insertion and tests in case files: what follows from the technique, what
// contradicts it, and round trips.
#include "mesh/screw/catalogue.h"

#include "solver/base/log.h"
#include "solver/case/tables/stage_keys.h"

#include "tests/unit/case/case_text.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <cmath>

using namespace miniscrew;
using namespace miniscrew::test;

namespace
{
const std::string frictional = "[interface]\ncondition = 'frictional'\n";

/// A screw of the catalogue in frictional contact, then @p text.
std::string
case_with(const std::string &text)
{
  return catalogue_screw_text + frictional + text;
}

Case
read(const std::string &text, const std::vector<std::string> &settings = {})
{
  return read_text_as_case(case_with(text), settings).at(0);
}

/// The diameter of the pilot hole of a screw of a system.
double
pilot_of(const std::string &system, const double diameter)
{
  const std::string text = format("[screw]\nsystem = '%s'\n"
                                  "diameter_mm = %g\nlength_mm = 8\n",
                                  system.c_str(),
                                  diameter);
  const std::string length =
    format("screw.length_mm=%g",
           mesh::find_system(system).sizes.front().lengths.front());
  return read_text_as_case(text + frictional +
                             "[insertion]\ntechnique = 'self-tapping'\n",
                           {length})
    .at(0)
    .insertion.pilot_diameter;
}

void
expect_complaint(const std::string &text, const std::string &part)
{
  const std::string complaint = complaint_about(text);
  EXPECT_NE(complaint.find(part), std::string::npos)
    << text << "\ngives: " << complaint;
  EXPECT_EQ(complaint.find('\n'), std::string::npos) << complaint;
}

void
expect_same(const BoneCutting &a, const BoneCutting &b)
{
  EXPECT_EQ(a.residual, b.residual);
  EXPECT_EQ(a.cut_fraction, b.cut_fraction);
  EXPECT_EQ(a.friction, b.friction);
  EXPECT_EQ(a.friction_range, b.friction_range);
  EXPECT_EQ(a.friction_limit, b.friction_limit);
  EXPECT_EQ(a.cutting_energy, b.cutting_energy);
}
} // namespace

TEST(Insertion, IsOffUnlessItIsAskedFor)
{
  const Case c = read_text_as_case(catalogue_screw_text).at(0);
  EXPECT_EQ(c.insertion.technique, "none");
  EXPECT_EQ(c.insertion.pilot_diameter, 0.);
  EXPECT_EQ(c.insertion.pilot_depth, 0.);
  EXPECT_TRUE(c.asks_for(service_stage));
  EXPECT_FALSE(c.asks_for(pullout_stage));
  EXPECT_EQ(c.effective.to_toml().find("pilot_"), std::string::npos);
}

TEST(Insertion, DefaultsOfTheHeaderAreThoseOfTheFile)
{
  const Case      c = read("[insertion]\ntechnique = 'self-drilling'\n");
  const Insertion insertion;
  const Tests     tests;
  expect_same(c.insertion.cortex, insertion.cortex);
  expect_same(c.insertion.cancellous, insertion.cancellous);
  EXPECT_EQ(c.insertion.driver_force, insertion.driver_force);
  EXPECT_EQ(c.insertion.depths, insertion.depths);
  EXPECT_EQ(c.insertion.extra_depths, insertion.extra_depths);
  EXPECT_EQ(c.insertion.steps, insertion.steps);
  EXPECT_EQ(c.insertion.relative_tolerance, insertion.relative_tolerance);
  EXPECT_EQ(c.tests.run, tests.run);
  EXPECT_EQ(c.value(pullout_distance), 0.5);
  EXPECT_EQ(c.count(removal_steps), 10u);
}

TEST(Insertion, PilotHoleFollowsFromTheTechnique)
{
  const Case tapping = read("[insertion]\ntechnique = 'self-tapping'\n"
                            "[site]\ninsertion_depth_mm = 7\n");
  EXPECT_EQ(tapping.insertion.technique, "self-tapping");
  EXPECT_EQ(tapping.insertion.pilot_diameter, 1.2); // 75 % of 1.6
  EXPECT_EQ(tapping.insertion.pilot_depth, 7.);

  const Case drilling = read("[insertion]\ntechnique = 'self-drilling'\n");
  EXPECT_EQ(drilling.insertion.technique, "self-drilling");
  EXPECT_EQ(drilling.insertion.pilot_diameter, 0.);
  EXPECT_EQ(drilling.insertion.pilot_depth, 0.);

  const Case perforation =
    read("[insertion]\ntechnique = 'cortical-perforation'\n"
         "[site]\nnear_cortex_mm = 1.5\ninsertion_angle_deg = 60\n");
  EXPECT_EQ(perforation.insertion.technique, "cortical-perforation");
  EXPECT_EQ(perforation.insertion.pilot_diameter, 1.2);
  EXPECT_NEAR(perforation.insertion.pilot_depth, 1.5 / std::sqrt(0.75), 1e-12);
}

TEST(Insertion, PilotHoleIsThatOfTheSystemsDrills)
{
  EXPECT_EQ(pilot_of("Tomas", 1.6), 1.2);         // of 1.1 and 1.2, core 1.2
  EXPECT_EQ(pilot_of("Lomas", 1.5), 1.);          // 1.5 would hold nothing
  EXPECT_EQ(pilot_of("Lomas", 2.), 1.5);          // core 1.5
  EXPECT_EQ(pilot_of("Ortho Implant", 1.8), 1.1); // the only one
  EXPECT_EQ(pilot_of("Dual Top", 1.4), 1.05);     // none is known
  EXPECT_EQ(pilot_of("Dual Top", 2.), 1.5);
  // The drill follows the core that the file gives, and the file's own wins.
  const std::string tomas = "[screw]\nsystem = 'Tomas'\ndiameter_mm = 1.6\n"
                            "length_mm = 8\n" +
                            frictional +
                            "[insertion]\ntechnique = 'self-tapping'\n";
  EXPECT_EQ(read_text_as_case(tomas, {"screw.core_diameter_mm=1.05"})
              .at(0)
              .insertion.pilot_diameter,
            1.1);
  EXPECT_EQ(read_text_as_case(tomas, {"insertion.pilot_diameter_mm=0.9"})
              .at(0)
              .insertion.pilot_diameter,
            0.9);
  // An own screw has no system.
  EXPECT_EQ(read_text_as_case("[screw]\ndiameter_mm = 1.5\nlength_mm = 8\n" +
                              frictional +
                              "[insertion]\ntechnique = 'self-tapping'\n")
              .at(0)
              .insertion.pilot_diameter,
            1.15);
}

TEST(Insertion, EveryScrewOfTheCatalogueCanBeTurnedIn)
{
  for (const mesh::CatalogueSystem &row : mesh::catalogue())
    for (const mesh::CatalogueSize &size : row.sizes)
    {
      const Case c = read_text_as_case(
                       format("[screw]\nsystem = '%s'\ndiameter_mm = %g\n"
                              "length_mm = %g\n",
                              row.system.c_str(),
                              size.diameter,
                              size.lengths.front()) +
                       frictional + "[insertion]\ntechnique = 'self-tapping'\n")
                       .at(0);
      EXPECT_GE(c.insertion.pilot_diameter, 0.45 * size.diameter);
      EXPECT_LE(c.insertion.pilot_diameter, 0.95 * size.diameter);
    }
}

TEST(Insertion, EdgesFollowFromTheTip)
{
  const std::string technique = "[insertion]\ntechnique = 'self-tapping'\n";
  EXPECT_EQ(read(technique).screw.cutting_length, 2.5);
  EXPECT_EQ(read(technique, {"screw.tip=blunt"}).screw.cutting_length, 0.);
  EXPECT_EQ(read(technique, {"screw.tip=flat"}).screw.cutting_length, 0.);
  EXPECT_EQ(read(technique, {"screw.tip=blunt", "screw.cutting_length_mm=3"})
              .screw.cutting_length,
            3.);
  EXPECT_EQ(read(technique, {"screw.tip_length_mm=1"}).screw.cutting_length,
            1.25);
  // A system that is only self-tapping has a flute.
  const mesh::CatalogueSystem &spider = mesh::find_system("Spider Screw");
  EXPECT_EQ(mesh::catalogue_screw("Spider Screw",
                                  spider.sizes.front().diameter,
                                  spider.sizes.front().lengths.front())
              .cutting_length,
            2.);
}

TEST(Insertion, WhatIsLeftIsABandUnlessItIsANumber)
{
  const std::string technique = "[insertion]\ntechnique = 'self-tapping'\n";
  const Case        usual     = read(technique);
  const std::array<double, 3> bone{{0.002, 0.005, 0.008}};
  EXPECT_EQ(usual.insertion.cortex.residual, bone);
  EXPECT_EQ(usual.insertion.cancellous.residual, bone);
  EXPECT_EQ(usual.insertion.cortex.cutting_energy, 100.);
  EXPECT_EQ(usual.insertion.cancellous.cutting_energy, 10.);
  EXPECT_EQ(usual.insertion.driver_force, 10.);
  EXPECT_TRUE(usual.insertion.has_band());
  EXPECT_FALSE(usual.insertion.cortex.cut_fraction);

  const Case foam =
    read(technique,
         {"insertion.cortex.residual_interference_um=7",
          "insertion.cancellous.residual_interference_um=[30, 50, 80]",
          "insertion.cancellous.friction_limit_MPa=2.5"});
  EXPECT_EQ(foam.insertion.cortex.residual,
            (std::array<double, 3>{{0.007, 0.007, 0.007}}));
  EXPECT_EQ(foam.insertion.cancellous.residual[2], 0.08);
  EXPECT_EQ(foam.insertion.cancellous.friction_limit, 2.5);
  EXPECT_FALSE(foam.insertion.cortex.has_band());
  EXPECT_TRUE(foam.insertion.has_band());

  const Case rough = read(technique,
                          {"interface.friction_coefficient=0.4",
                           "insertion.cancellous.friction_coefficient=0.6",
                           "insertion.cortex.friction_range=[0.2, 0.45]",
                           "insertion.cortex.cut_fraction=1"});
  EXPECT_EQ(rough.insertion.cortex.friction, 0.4);
  EXPECT_EQ(rough.insertion.cancellous.friction, 0.6);
  EXPECT_EQ(rough.insertion.cortex.cut_fraction, 1.);
  EXPECT_TRUE(rough.insertion.cortex.has_band());

  const Case block = read(technique,
                          {"materials.near_cortex.name='foam 30 pcf'",
                           "materials.cancellous.name='foam 10 pcf'",
                           "insertion.cortex.residual_interference_um=20"});
  EXPECT_EQ(block.insertion.cancellous.residual,
            (std::array<double, 3>{{0.03, 0.05, 0.08}}));
  EXPECT_EQ(block.insertion.cortex.residual[1], 0.02);
}

TEST(Insertion, RefusesBandsThatAreNone)
{
  const std::string technique =
    case_with("[insertion]\ntechnique = 'self-tapping'\n");
  expect_complaint(technique + "cortex.residual_interference_um = [8, 5, 2]\n",
                   "so in ascending order, not [8.0, 5.0, 2.0]");
  expect_complaint(technique + "cortex.residual_interference_um = -1\n",
                   "out of range");
  expect_complaint(technique + "cortex.residual_interference_um = [1, 2]\n",
                   "an array [low, mid, high] of three numbers in um");
  expect_complaint(technique + "cortex.friction_range = [0.31, 0.45]\n",
                   "the coefficient of friction, 0.3, must be between");
  expect_complaint("[screw]\ndiameter_mm = 1.6\nlength_mm = 8\n"
                   "cutting_length_mm = 8.5\n",
                   "cutting_length is 8.5 mm, but must be at least 0 and at "
                   "most the length of 8 mm");
}

TEST(Insertion, TechniquesAreVariants)
{
  const std::vector<Case> cases = read_text_as_case(
    case_with("[insertion]\ndepths = 5\n"
              "[[variant]]\nname = 'a'\ninsertion.technique = 'self-tapping'\n"
              "[[variant]]\nname = 'b'\ninsertion.technique = 'self-drilling'\n"
              "insertion.cortex.cut_fraction = 0.7\n"));
  ASSERT_EQ(cases.size(), 2u);
  EXPECT_EQ(cases[0].insertion.pilot_depth, 8.);
  EXPECT_FALSE(cases[0].insertion.cortex.cut_fraction);
  EXPECT_EQ(cases[1].insertion.pilot_diameter, 0.);
  EXPECT_EQ(cases[1].insertion.cortex.cut_fraction, 0.7);
  EXPECT_EQ(cases[1].insertion.depths, 5u);
}

TEST(Insertion, EffectiveCaseGivesTheSameCase)
{
  for (const std::string text :
       {"[insertion]\ntechnique = 'none'\n",
        "[insertion]\ntechnique = 'self-drilling'\n",
        "[insertion]\ntechnique = 'cortical-perforation'\n"
        "[site]\ninsertion_angle_deg = 70\n",
        "[insertion]\ntechnique = 'self-tapping'\n"
        "pilot_diameter_mm = 1.15\npilot_depth_mm = 6.5\n"
        "depths = 11\nextra_depths = 0\nsteps = 7\nrelative_tolerance = 0.05\n"
        "[insertion.cortex]\ncut_fraction = 0.75\n"
        "friction_coefficient = 0.25\ncutting_energy_MPa = 80\n"
        "[insertion.cancellous]\n"
        "residual_interference_um = [0.7, 30.1, 77.7]\n"
        "friction_range = [0, 0.1]\nfriction_limit_MPa = 1.5\n"
        "friction_coefficient = 0\ncutting_energy_MPa = 0.5\n"
        "[tests]\nrun = ['removal', 'service', 'pullout', 'sideways']\n"
        "pullout_distance_mm = 1\npullout_steps = 4\n"
        "sideways_distance_mm = 0.6\nsideways_steps = 3\n"
        "removal_angle_deg = 45\nremoval_steps = 9\n"})
  {
    const Case first  = read(text);
    const Case second = read_text_as_case(first.effective.to_toml()).at(0);
    EXPECT_EQ(first.effective.to_toml(), second.effective.to_toml());
    const Insertion &a = first.insertion, &b = second.insertion;
    EXPECT_EQ(a.technique, b.technique);
    EXPECT_EQ(a.pilot_diameter, b.pilot_diameter);
    EXPECT_EQ(a.pilot_depth, b.pilot_depth);
    expect_same(a.cortex, b.cortex);
    expect_same(a.cancellous, b.cancellous);
    EXPECT_EQ(a.depths, b.depths);
    EXPECT_EQ(a.extra_depths, b.extra_depths);
    EXPECT_EQ(a.steps, b.steps);
    EXPECT_EQ(a.relative_tolerance, b.relative_tolerance);
    const Tests &s = first.tests, &t = second.tests;
    EXPECT_EQ(s.run, t.run);
    for (const StageKey *key : {&pullout_distance,
                                &pullout_steps,
                                &sideways_distance,
                                &sideways_steps,
                                &removal_angle,
                                &removal_steps})
      EXPECT_EQ(first.value(*key), second.value(*key)) << key->key;
  }
}

TEST(Insertion, ReadsEveryValue)
{
  const Case c = read("[insertion]\ntechnique = 'Self-Tapping'\n"
                      "pilot_diameter_mm = 1.15\npilot_depth_mm = 6.5\n"
                      "depths = 11\nextra_depths = 0\nsteps = 7\n"
                      "relative_tolerance = 0.05\n"
                      "cortex = { cut_fraction = 0.75, "
                      "friction_coefficient = 0.25, cutting_energy_MPa = 80 }\n"
                      "cancellous.cut_fraction = 0\n"
                      "[tests]\nrun = ['removal', 'sideways']\n"
                      "sideways_distance_mm = 0.6\nremoval_angle_deg = 45\n");
  EXPECT_EQ(c.insertion.pilot_diameter, 1.15);
  EXPECT_EQ(c.insertion.pilot_depth, 6.5);
  EXPECT_EQ(c.insertion.depths, 11u);
  EXPECT_EQ(c.insertion.extra_depths, 0u);
  EXPECT_EQ(c.insertion.steps, 7u);
  EXPECT_EQ(c.insertion.relative_tolerance, 0.05);
  EXPECT_EQ(c.insertion.cortex.cut_fraction, 0.75);
  EXPECT_EQ(c.insertion.cortex.friction, 0.25);
  EXPECT_EQ(c.insertion.cortex.cutting_energy, 80.);
  EXPECT_EQ(c.insertion.cancellous.cut_fraction, 0.);
  EXPECT_EQ(c.tests.run,
            (std::vector<std::string>{removal_stage, sideways_stage}));
  EXPECT_EQ(c.value(sideways_distance), 0.6);
  EXPECT_EQ(c.value(removal_angle), 45.);
}

TEST(Insertion, RefusesWhatContradictsTheTechnique)
{
  const std::string drilling = "[insertion]\ntechnique = 'self-drilling'\n";
  const std::string tapping  = "[insertion]\ntechnique = 'self-tapping'\n";
  const std::string perforation =
    "[insertion]\ntechnique = 'cortical-perforation'\n";
  expect_complaint(catalogue_screw_text + drilling, "must slide");
  expect_complaint(case_with(drilling + "[discretisation]\n"
                                        "adaptive_cycles = 1\n"),
                   "discretisation.adaptive_cycles");
  expect_complaint(catalogue_screw_text + frictional +
                     "interference_mm = 0.002\n" + drilling,
                   "insertion makes its own interference");
  for (const char *key : {"pilot_diameter_mm", "pilot_depth_mm"})
  {
    const std::string value = std::string(key) + " = 1\n",
                      zero  = std::string(key) + " = 0\n";
    expect_complaint(case_with(drilling + value), "has no pilot hole");
    expect_complaint(case_with("[insertion]\n" + value), "has no pilot hole");
    expect_complaint(case_with(tapping + zero), "needs a pilot hole");
    expect_complaint(case_with(perforation + zero), "needs a pilot hole");
    EXPECT_EQ(complaint_about(case_with(drilling + zero)), "");
  }
  expect_complaint(case_with(tapping + "pilot_diameter_mm = 1.6\n"),
                   "leaves nothing to hold");
  EXPECT_EQ(complaint_about(case_with(tapping + "pilot_diameter_mm = 1.58\n")),
            "");
}

TEST(Insertion, OnlyCuttingTipsGoWithoutAPilotHole)
{
  for (const char *tip : {"blunt", "flat"})
  {
    const std::string setting = std::string("screw.tip=") + tip;
    for (const char *technique : {"self-drilling", "cortical-perforation"})
      EXPECT_NE(complaint_about(case_with(std::string("[insertion]\n"
                                                      "technique = '") +
                                          technique + "'\n"),
                                {setting})
                  .find("only a cutting tip"),
                std::string::npos);
    EXPECT_EQ(
      complaint_about(case_with("[insertion]\ntechnique = 'self-tapping'\n"),
                      {setting}),
      "");
  }
}

TEST(Tests, RefusesWhatCannotBeTested)
{
  const std::string screw = catalogue_screw_text;
  for (const char *test : {"pullout", "sideways", "removal"})
  {
    const std::string run = format("[tests]\nrun = ['service', '%s']\n", test);
    expect_complaint(screw + run, "can move against the bone");
    EXPECT_EQ(complaint_about(case_with(run)), "");
  }
  const std::string smooth = "[interface]\ncondition = 'frictionless'\n";
  expect_complaint(screw + smooth + "[tests]\nrun = ['removal']\n",
                   "without friction");
  EXPECT_EQ(complaint_about(screw + smooth + "[tests]\nrun = ['pullout']\n"),
            "");
  expect_complaint(case_with("[tests]\nrun = ['pullout', 'Pullout']\n"),
                   "\"pullout\" is there twice");
  expect_complaint(case_with("[tests]\nrun = []\n"), "is empty");
  EXPECT_TRUE(
    read("[insertion]\ntechnique = 'self-drilling'\n[tests]\nrun = []\n")
      .tests.run.empty());
}

TEST(Insertion, IsInTemplateAndSchema)
{
  for (const char *line :
       {"\n[insertion]\n",
        "\ntechnique = \"none\"\n",
        "\n# pilot_diameter_mm = 1.2\n",
        "\n# cortex.residual_interference_um = [2.0, 5.0, 8.0]\n",
        "\n# cortex.cut_fraction = 0.9\n",
        "\n# cancellous.cutting_energy_MPa = 10.0\n",
        "\n[tests]\n",
        "\nrun = [\"service\"]\n"})
    EXPECT_NE(case_template().find(line), std::string::npos) << line;
  const auto  schema    = nlohmann::json::parse(case_json_schema());
  const auto &insertion = schema["properties"]["insertion"]["properties"];
  EXPECT_EQ(insertion["technique"]["enum"].size(), 4u);
  EXPECT_EQ(insertion["cortex"]["properties"]["cut_fraction"]["maximum"], 1.);
  EXPECT_FALSE(insertion["cortex"]["additionalProperties"]);
  EXPECT_FALSE(schema["properties"].contains("insertion.cortex"));
  EXPECT_EQ(schema["properties"]["tests"]["properties"]["run"]["uniqueItems"],
            true);
}
