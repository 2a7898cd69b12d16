// SPDX-License-Identifier: LGPL-2.1-or-later
// Reading of case files: values, defaults, variants, settings, round trips.
// Wrong files are in cases/failure.
#include "materials/library.h"

#include "mesh/screw/catalogue.h"

#include "solver/base/log.h"

#include "tests/unit/case/case_text.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

using namespace miniscrew;
using namespace miniscrew::test;

namespace
{
const std::string screw = catalogue_screw_text;

bool
contains(const std::vector<std::string> &names, const std::string &name)
{
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// Everything that a case can say.
const std::string rich_case = screw + R"(
pitch_mm = 0.65
head = "octagonal"
material = { name = "stainless steel", yield_stress_MPa = 700.5 }
[site]
near_cortex_mm = 1.3
cancellous_mm = 7
far_cortex_mm = 2.0
width_mm = [11, 9.5]
insertion_angle_deg = 80
insertion_depth_mm = 7.9
[materials]
near_cortex = { young_modulus_MPa = [10e3, 13e3, 19e3], poisson_ratio = [0.25, 0.2, 0.3], shear_modulus_MPa = [6e3, 5e3, 4e3], axis_1 = [0, 0, 1], axis_2 = [0.1, 1, 0] }
cancellous = { name = "marrow \"fat\"", young_modulus_MPa = 123.456789012345, poisson_ratio = 0.1, source = "µCT" }
[load]
force_N = 1.5
direction = [1, 2, -3]
moment_N_mm = [0, 0.1, 1e-7]
height_mm = 1.2
[boundary]
lateral = "roller"
bottom = "roller"
[discretisation]
degree = 3
interface_size_mm = 0.21
far_size_mm = 1.1
adaptive_cycles = 2
adaptive_fraction = 0.45
[solver]
relative_tolerance = 3e-10
max_iterations = 77
petsc_options = "-coarse_pc_gamg_threshold 0.02"
[output]
vtu = false
[expected]
service.axis_rotation_deg = { value = 0.125, relative_tolerance = 0.01, source = "a closed form" }
"service.reaction_force_N.0" = { value = -2, absolute_tolerance = 1e-6, source = "balance" }
)";
} // namespace

TEST(CaseFile, FillsDefaults)
{
  const Case c = read_text_as_case(screw).at(0);
  const Case defaults;
  EXPECT_EQ(c.variant, "");
  EXPECT_EQ(c.screw.name, "Dual Top 1.6 x 8 mm");
  EXPECT_EQ(c.screw.length, 8.);
  EXPECT_EQ(c.site.insertion_depth, 8.);
  EXPECT_EQ(c.site.width_x, defaults.site.width_x);
  EXPECT_EQ(c.near_cortex.name, "cortical bone");
  EXPECT_EQ(c.cancellous.name, "cancellous bone");
  EXPECT_EQ(c.screw_material.name, "Ti-6Al-4V");
  EXPECT_EQ(c.load.force, defaults.load.force);
  EXPECT_FALSE(c.load.height);
  EXPECT_EQ(c.discretisation.degree, defaults.discretisation.degree);
  EXPECT_TRUE(contains(c.screw.assumed, "pitch"));
}

TEST(CaseFile, ReadsEveryValue)
{
  const Case c = read_text_as_case(rich_case).at(0);
  EXPECT_EQ(c.screw.pitch, 0.65);
  EXPECT_EQ(c.screw.head, mesh::HeadShape::octagonal);
  EXPECT_FALSE(contains(c.screw.assumed, "pitch"));
  EXPECT_FALSE(contains(c.screw.assumed, "head"));
  EXPECT_TRUE(contains(c.screw.assumed, "core_diameter"));
  EXPECT_EQ(c.screw_material.yield_stress, 700.5);
  EXPECT_EQ(
    c.screw_material.isotropic.young_modulus,
    materials::find_material("stainless steel").isotropic.young_modulus);
  EXPECT_EQ(c.site.width_y, 9.5);
  EXPECT_EQ(c.site.insertion_depth, 7.9);
  EXPECT_FALSE(c.near_cortex.is_isotropic);
  EXPECT_EQ(c.near_cortex.orthotropic.young_modulus[2], 19e3);
  EXPECT_EQ(c.near_cortex.source, "user");
  EXPECT_EQ(c.cancellous.name, "marrow \"fat\"");
  EXPECT_EQ(c.cancellous.source, "µCT");
  EXPECT_NEAR(
    std::hypot(c.load.force[0], c.load.force[1], c.load.force[2]), 1.5, 1e-14);
  EXPECT_NEAR(c.load.force[1], 2. * c.load.force[0], 1e-14);
  EXPECT_EQ(c.load.height.value(), 1.2);
  EXPECT_EQ(c.boundary.lateral, BoundaryCondition::roller);
  EXPECT_EQ(c.discretisation.degree, 3u);
  EXPECT_EQ(c.solver.max_iterations, 77u);
  EXPECT_FALSE(c.output.vtu);
  EXPECT_TRUE(c.output.hdf5_fields);
  ASSERT_EQ(c.expected.size(), 2u);
  EXPECT_EQ(c.expected[0].key, "service.axis_rotation_deg");
  EXPECT_EQ(c.expected[1].absolute_tolerance, 1e-6);
}

TEST(CaseFile, EffectiveCaseGivesTheSameCase)
{
  for (const std::string &text : {screw, rich_case, case_template()})
  {
    const Case first  = read_text_as_case(text).at(0);
    const Case second = read_text_as_case(first.effective.to_toml()).at(0);
    EXPECT_EQ(first.effective.to_toml(), second.effective.to_toml());
    EXPECT_EQ(first.screw.name, second.screw.name);
    EXPECT_EQ(first.screw.core_diameter, second.screw.core_diameter);
    EXPECT_EQ(first.screw.assumed, second.screw.assumed);
    EXPECT_EQ(first.cancellous.isotropic.young_modulus,
              second.cancellous.isotropic.young_modulus);
    EXPECT_EQ(first.near_cortex.stiffness(), second.near_cortex.stiffness());
    EXPECT_EQ(first.load.force, second.load.force);
    EXPECT_EQ(first.expected.size(), second.expected.size());
  }
}

TEST(CaseFile, VariantsOverrideByKey)
{
  const std::vector<Case> cases = read_text_as_case(screw + R"(
[site]
near_cortex_mm = 1.1
cancellous_mm = 9
[load]
force_N = 3
direction = [0, 1, 0]
[[variant]]
name = "first"
site.far_cortex_mm = 2
screw.length_mm = 6
[[variant]]
name = "second"
materials.cancellous.name = "soft cancellous bone"
load.force_N = [1, 0, 0]
)");
  ASSERT_EQ(cases.size(), 2u);
  EXPECT_EQ(cases[0].variant, "first");
  EXPECT_EQ(cases[0].site.far_cortex, 2.);
  EXPECT_EQ(cases[0].site.near_cortex, 1.1);
  EXPECT_EQ(cases[0].site.insertion_depth, 6.);
  EXPECT_EQ(cases[0].load.force[1], 3.);
  EXPECT_EQ(cases[1].site.far_cortex, 0.);
  EXPECT_EQ(cases[1].cancellous.name, "soft cancellous bone");
  EXPECT_EQ(cases[1].load.force[0], 1.);
  EXPECT_EQ(cases[1].load.force[1], 0.);
}

TEST(CaseFile, ANamedMaterialReplacesATableAndTheReverse)
{
  const std::vector<Case> cases = read_text_as_case(screw + R"(
[materials]
near_cortex = { young_modulus_MPa = 1e4, poisson_ratio = 0.2 }
cancellous = "soft cancellous bone"
[[variant]]
name = "a"
materials.near_cortex = "cortical bone"
materials.cancellous.young_modulus_MPa = 333
)");
  const Case             &c     = cases.at(0);
  EXPECT_EQ(c.near_cortex.isotropic.poisson_ratio,
            materials::find_material("cortical bone").isotropic.poisson_ratio);
  EXPECT_EQ(c.cancellous.isotropic.young_modulus, 333.);
  EXPECT_EQ(c.cancellous.name, "soft cancellous bone");
  EXPECT_EQ(c.cancellous.source, "user");
}

TEST(CaseFile, SettingsOverrideEverything)
{
  const std::string       text = screw + R"(
[[variant]]
name = "a"
site.width_mm = 9
)";
  const std::vector<Case> cases =
    read_text_as_case(text,
                      {"site.width_mm=[8, 12]",
                       "boundary.bottom = free",
                       "materials.cancellous=soft cancellous bone",
                       "title=a b",
                       "solver.relative_tolerance=1e-6",
                       "discretisation.degree=1"});
  EXPECT_EQ(cases.at(0).site.width_x, 8.);
  EXPECT_EQ(cases.at(0).boundary.bottom, BoundaryCondition::free);
  EXPECT_EQ(cases.at(0).cancellous.name, "soft cancellous bone");
  EXPECT_EQ(cases.at(0).title, "a b");
  EXPECT_EQ(cases.at(0).solver.relative_tolerance, 1e-6);
  EXPECT_EQ(cases.at(0).discretisation.degree, 1u);
}

TEST(CaseFile, TakesEveryScrewOfTheCatalogue)
{
  for (const mesh::CatalogueSystem &row : mesh::catalogue())
    for (const mesh::CatalogueSize &size : row.sizes)
      for (const double length : size.lengths)
        for (const std::string &shape : row.shapes)
        {
          const std::string text = format("[screw]\nsystem = '%s'\n"
                                          "diameter_mm = %g\n"
                                          "length_mm = %g\nshape = '%s'\n"
                                          "[site]\ncancellous_mm = 12\n",
                                          row.system.c_str(),
                                          size.diameter,
                                          length,
                                          shape.c_str());
          EXPECT_EQ(complaint_about(text), "") << text;
        }
}

TEST(CaseFile, MakesASmoothPin)
{
  const Case pin = read_text_as_case(R"(
[screw]
diameter_mm = 1.2
length_mm = 10
core_diameter_mm = 1.2
tip = "flat"
collar_height_mm = 0
head = "none"
[site]
insertion_depth_mm = 8
)")
                     .at(0);
  EXPECT_EQ(pin.screw.thread_depth(), 0.);
  EXPECT_EQ(pin.screw.tip_radius, 0.6);
  EXPECT_EQ(pin.screw.total_length(), 10.);
}

TEST(CaseFile, PointsAtTheLineOfEachMistake)
{
  const std::string text =
    complaint_about(screw + "pich_mm = 1\n[site]\nnear_cortex_mm = \"1\"\n");
  EXPECT_NE(text.find(".toml:5:1: unknown key 'pich_mm'"), std::string::npos)
    << text;
  EXPECT_NE(text.find(".toml:7:18: site.near_cortex_mm: expected a number in "
                      "mm, got the string '1'"),
            std::string::npos)
    << text;
}

TEST(CaseFile, ReportsAMistakeOnceForAllVariants)
{
  const std::string variants = "[[variant]]\nname = 'a'\n"
                               "[[variant]]\nname = 'b'\n";
  for (const std::string base : {"[screw]\nsystem = 'Dual Tob'\n"
                                 "diameter_mm = 1.5\nlength_mm = 8\n",
                                 "[screw]\nsystem = 'Dual Top'\n"
                                 "diameter_mm = 1.5\nlength_mm = 8\n",
                                 "[screw]\ndiameter_mm = 1.5\nlength_mm = 8\n"
                                 "[materials]\ncancellous.name = 'x'\n"})
  {
    const std::string text = complaint_about(base + variants);
    EXPECT_NE(text, "");
    EXPECT_EQ(text.find('\n'), std::string::npos) << text;
  }
}

// A complaint about dimensions is where the file gives the one that is wrong,
// whatever else its sentence speaks of.
TEST(CaseFile, PointsAtTheDimensionThatIsWrong)
{
  const std::string own = "[screw]\ndiameter_mm = 1.5\nlength_mm = 8\n";
  for (const auto &[text, place] :
       {std::pair<std::string, std::string>{own + "core_diameter_mm = 1.7\n",
                                            ":4:20: screw 'custom screw"},
        {own + "name = 'pitch and core_taper'\ncrest_width_mm = 0.6\n",
         ":5:18: screw 'pitch"},
        {own + "tip_radius_mm = 1\ncore_taper = 0.1\n", ":4:17: screw"},
        {screw + "tip = 'flat'\ntip_length_mm = 1\n",
         ":6:17: screw.tip_length_mm is 1"},
        {"[screw]\nsystem = 'Tomas'\ndiameter_mm = 1.6\nlength_mm = 9\n",
         ":4:13: screw: Tomas"},
        {"[screw]\nsystem = 'Tomas'\ndiameter_mm = 1.65\nlength_mm = 8\n",
         ":3:15: screw: Tomas"}})
    EXPECT_NE(complaint_about(text).find(place), std::string::npos)
      << complaint_about(text);
}

TEST(CaseFile, NamesAFileThatIsNotThere)
{
  try
  {
    static_cast<void>(read_case_file("no_such_folder/case.toml"));
    FAIL();
  }
  catch (const UserError &error)
  {
    EXPECT_STREQ(error.what(), "no_such_folder/case.toml does not exist");
  }
  EXPECT_THROW(static_cast<void>(read_case_file(".")), UserError);
}

TEST(CaseTemplate, IsAValidCaseWithEveryKey)
{
  EXPECT_EQ(read_text_as_case(case_template()).size(), 1u);
  for (const char *line : {"# pitch_mm = ",
                           "# insertion_depth_mm = ",
                           "# height_mm = ",
                           "\ndegree = ",
                           "\npetsc_options = "})
    EXPECT_NE(case_template().find(line), std::string::npos) << line;
}

TEST(CaseSchema, IsJsonWithTheSameKeys)
{
  const auto  schema = nlohmann::json::parse(case_json_schema());
  const auto &site   = schema["properties"]["site"]["properties"];
  EXPECT_EQ(site["insertion_angle_deg"]["minimum"], 30.);
  EXPECT_EQ(site["insertion_angle_deg"]["maximum"], 90.);
  EXPECT_TRUE(
    schema["$defs"]["material"]["properties"].contains("young_modulus_MPa"));
  const auto &variant = schema["properties"]["variant"]["items"]["properties"];
  EXPECT_TRUE(variant.contains("site"));
  EXPECT_TRUE(variant.contains("name"));
}
