// SPDX-License-Identifier: LGPL-2.1-or-later
// No number, text or size of a case is without limits.
#include "tests/unit/case/case_text.h"

#include "solver/base/shown.h"
#include "solver/case/entries.h"
#include "solver/case/tables/parameters.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>

using namespace miniscrew;
using namespace miniscrew::test;

namespace
{
const std::string screw = catalogue_screw_text;

/// Whether a number in @p schema, or in one below it, lacks a limit.
bool
lacks_limits(const nlohmann::json &schema)
{
  if (schema.is_object() && schema.contains("type") &&
      (schema["type"] == "number" || schema["type"] == "integer"))
    return schema.contains("minimum") + schema.contains("exclusiveMinimum") !=
             1 ||
           schema.contains("maximum") + schema.contains("exclusiveMaximum") !=
             1;
  if (schema.is_structured())
    for (const auto &member : schema)
      if (lacks_limits(member))
        return true;
  return false;
}

bool
takes_numbers(const nlohmann::json &schema)
{
  const std::string text = schema.dump();
  return text.find("\"number\"") != std::string::npos ||
         text.find("\"integer\"") != std::string::npos;
}

/// Whether a sentence is about the number, and not about what else is missing.
bool
is_about_range(const std::string &complaint)
{
  for (const char *words :
       {"is out of range", "in size, allowed", "expected ", "an array is for"})
    if (complaint.find(words) != std::string::npos)
      return true;
  return false;
}

/// A vector where one number will not do.
std::vector<std::string>
values_like(const std::string &number)
{
  return {number, "[" + number + ", 0, 0]", "[0, 0, " + number + "]"};
}
} // namespace

TEST(Limits, AreThereForEveryNumber)
{
  for (const Parameter &parameter : parameters())
  {
    EXPECT_FALSE(lacks_limits(parameter.schema)) << parameter.key;
    EXPECT_TRUE(!takes_numbers(parameter.schema) || !parameter.allowed.empty())
      << parameter.key;
  }
  EXPECT_FALSE(lacks_limits(nlohmann::json::parse(case_json_schema())));
}

// Whole numbers that no double holds were garbage (an empty optional).
TEST(Limits, ExtremeNumbersAreRefusedByEveryKey)
{
  for (const Parameter &parameter : parameters())
    if (takes_numbers(parameter.schema))
      for (const std::string number : {"9007199254740993",
                                       "-9007199254740993",
                                       "9223372036854775807",
                                       "-9223372036854775808",
                                       "1e308",
                                       "-1e308",
                                       "1e999",
                                       "inf",
                                       "-inf",
                                       "nan",
                                       "4294967296",
                                       "4294967297",
                                       "1e17"})
        for (const std::string &value : values_like(number))
        {
          const std::string setting   = parameter.key + "=" + value;
          const std::string complaint = complaint_about(screw, {setting});
          EXPECT_TRUE(is_about_range(complaint))
            << setting << " gave " << complaint;
        }
}

// Sizes that are next to nothing are slips, and bodies of such sizes are none.
TEST(Limits, SizesNextToNothingAreRefused)
{
  for (const std::string setting :
       {"site.near_cortex_mm=1e-300",
        "site.cancellous_mm=1e-300",
        "site.far_cortex_mm=1e-300",
        "site.insertion_depth_mm=1e-300",
        "site.width_mm=1e-300",
        "screw.head_width_mm=1e-9",
        "screw.head_height_mm=1e-9",
        "screw.collar_height_mm=1e-9",
        "screw.collar_diameter_mm=1e-9",
        "screw.core_diameter_mm=1e-9",
        "screw.core_taper=0.999999",
        "screw.pitch_mm=1e-9",
        "screw.crest_width_mm=1e-9",
        "screw.fillet_radius_mm=1e-12",
        "screw.thread_runout_mm=1e-9",
        "screw.tip_length_mm=1e-9",
        "screw.tip_radius_mm=1e-9",
        "materials.cancellous.young_modulus_MPa=5.8e-9",
        "materials.cancellous.young_modulus_MPa=1e12",
        "materials.cancellous.poisson_ratio=0.49999",
        "materials.cancellous.poisson_ratio=-0.99999",
        "materials.cancellous.yield_stress_MPa=1e-300",
        "materials.cancellous.yield_compression_MPa=1e-300",
        "materials.cancellous.saturation_strain=1e-300",
        "materials.cancellous.saturation_ratio=1e-300",
        "materials.cancellous.viscosity_MPa_s=1e300",
        "materials.cancellous.density_g_cm3=1e-300",
        "interface.friction_coefficient=1e-300",
        "interface.tolerance_mm=1e-300",
        "insertion.relative_tolerance=1e-300",
        "tests.pullout_distance_mm=1e-300",
        "tests.sideways_distance_mm=1e-300",
        "tests.removal_angle_deg=1e-300",
        "load.force_N=[1e-300, 0, 0]",
        "load.moment_N_mm=[0, 1e-300, 0]",
        "load.duration_s=1e-300",
        "discretisation.adaptive_fraction=1e-300",
        "solver.relative_tolerance=1e-300"})
    EXPECT_TRUE(is_about_range(complaint_about(screw, {setting}))) << setting;
}

TEST(Limits, ZeroIsAllowedWhereItMeansNone)
{
  for (const std::string setting :
       {"site.far_cortex_mm=0",
        "load.force_N=[0, 0, 0]",
        "load.force_N=[2, 1e-17, 0]",
        "load.moment_N_mm=[0, 0, 0]",
        "screw.collar_height_mm=0",
        "screw.material={ name = 'Ti-6Al-4V', yield_stress_MPa = 0 }"})
    EXPECT_EQ(complaint_about(screw, {setting}), "") << setting;
}

TEST(Limits, AForceNeedsADirectionOfSomeLength)
{
  for (const std::string direction :
       {"[0, 0, 0]", "[1e-300, 0, 0]", "[1e308, 1e308, 1e308]"})
    EXPECT_NE(
      complaint_about(screw, {"load.force_N=2", "load.direction=" + direction}),
      "")
      << direction;
}

TEST(Limits, ToleranceOfAnExpectedValueMeansSomething)
{
  const auto with = [](const std::string &tolerance) {
    return complaint_about(screw + "[expected]\na.b = { value = 1, " +
                           tolerance + ", source = 's' }\n");
  };
  EXPECT_EQ(with("relative_tolerance = 0.01"), "");
  EXPECT_EQ(with("absolute_tolerance = 1e-6"), "");
  EXPECT_NE(with("relative_tolerance = 1e8"), "");
  EXPECT_NE(with("relative_tolerance = 1e-300"), "");
  EXPECT_NE(with("absolute_tolerance = 1e300"), "");
}

TEST(Limits, KeysOfExpectedArePaths)
{
  for (const std::string key :
       {"\"\"", "a.\"\"", "\"a..b\"", "\".a\"", "\"a\\nb\""})
    EXPECT_NE(complaint_about(screw + "[expected]\n" + key +
                              " = { value = 1, absolute_tolerance = 0.1, "
                              "source = 's' }\n"),
              "")
      << key;
}

// Messages quote what is wrong, but not all of it.
TEST(Limits, MessagesAreShort)
{
  const std::string name(500000, 'k');
  for (const std::string &text :
       {screw + name + " = 1\n",
        screw + "[" + name + "]\nx = 1\n",
        screw + "[site]\nnear_cortex_mm = '" + name + "'\n",
        screw + "[materials]\ncancellous = '" + name + "'\n",
        screw + "material = '" + name + "'\n",
        screw + "[boundary]\nbottom = '" + name + "'\n",
        screw + "[materials.cancellous]\nname = '" + name + "'\n",
        screw + "[expected]\n" + name + ".value = 1\n",
        screw + "[[variant]]\nname = '" + name + "'\n",
        screw + "[[variant]]\nname = 'a'\n" + name + " = 1\n",
        "title = '" + name + "'\n" + screw,
        "[screw]\nsystem = '" + name + "'\ndiameter_mm = 1\nlength_mm = 1\n"})
  {
    const std::string complaint = complaint_about(text);
    EXPECT_NE(complaint, "");
    EXPECT_LT(complaint.size(), 3000u) << complaint.substr(0, 3000);
  }
  for (const std::string &setting :
       {name + "=1", "site.near_cortex_mm=" + name, name, "title=" + name})
  {
    const std::string complaint = complaint_about(screw, {setting});
    EXPECT_NE(complaint, "");
    EXPECT_LT(complaint.size(), 3000u) << complaint.substr(0, 3000);
  }
}

TEST(Limits, ManyMistakesGiveAFewMessages)
{
  std::string text = screw;
  for (int i = 0; i < 50000; ++i)
    text += "k" + std::to_string(i) + " = 1\n";
  const std::string complaint = complaint_about(text);
  EXPECT_NE(complaint.find("more is not looked at"), std::string::npos);
  EXPECT_LE(std::count(complaint.begin(), complaint.end(), '\n'), 50);
}

TEST(Limits, NumberOfVariantsAndValues)
{
  std::string variants = screw, values = screw + "[expected]\n";
  for (int i = 0; i < 1001; ++i)
  {
    variants += "[[variant]]\nname = 'v" + std::to_string(i) + "'\n";
    values += "a.b" + std::to_string(i) + ".value = 1\n";
  }
  EXPECT_NE(complaint_about(variants).find("1001 variants, allowed are up to"),
            std::string::npos);
  EXPECT_NE(complaint_about(values).find("allowed are up to 1000"),
            std::string::npos);
}

TEST(Texts, HaveNoControlCharactersAndAreUtf8)
{
  EXPECT_EQ(
    read_text_as_case("title = \"\"\"a\nb\tc\"\"\"\n" + screw).at(0).title,
    "a b c");
  EXPECT_NE(complaint_about("title = \"a\\u001B[31m\"\n" + screw), "");
  EXPECT_NE(complaint_about("title = \"a\\u0000b\"\n" + screw), "");
  EXPECT_NE(complaint_about("title = '\xE4'\n" + screw).find("is not UTF-8"),
            std::string::npos);
  EXPECT_EQ(complaint_about(screw, {"title=\xE4"}),
            "--set title=\\xE4: is not UTF-8");
  EXPECT_EQ(complaint_about(screw, {"title=\xC3\xA4"}), "");
}

// Quotes can put a value into a table twice; the later one won, silently.
TEST(Keys, WithQuotedDotsDoNotHideOthers)
{
  EXPECT_NE(complaint_about("\"site.near_cortex_mm\" = 2\n" + screw +
                            "[site]\nnear_cortex_mm = 1\n")
              .find("site.near_cortex_mm: is already given at"),
            std::string::npos);
  EXPECT_NE(complaint_about("\"\".title = 'x'\n" + screw), "");
}

TEST(Keys, SuggestNothingThatWasWritten)
{
  for (const std::string setting :
       {"variant=[]", "variant=1", "variant.name=x", "variant=[{name='a'}]"})
  {
    const std::string complaint = complaint_about(screw, {setting});
    EXPECT_NE(complaint.find("--variant NAME chooses"), std::string::npos)
      << complaint;
    EXPECT_EQ(complaint.find("did you mean"), std::string::npos) << complaint;
  }
  EXPECT_NE(complaint_about(screw + "[[variant]]\nname='a'\nvariant=1\n")
              .find("--variant NAME chooses"),
            std::string::npos);
  EXPECT_NE(complaint_about(screw + "[[varient]]\nname = 'a'\n")
              .find("did you mean 'variant'?"),
            std::string::npos);
  EXPECT_NE(complaint_about(screw + "title = 'x'\n").find("mean 'title'?"),
            std::string::npos);
  EXPECT_EQ(complaint_about(screw + "itle = 'x'\n").find("mean 'title'?"),
            std::string::npos);
}
