// SPDX-License-Identifier: LGPL-2.1-or-later
// Materials in case files: plasticity, density, and axes that turn.
#include "materials/law_library.h"
#include "materials/library.h"

#include "solver/case/tables/parameter.h"

#include "tests/unit/case/case_text.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

using namespace miniscrew;
using namespace miniscrew::test;
using materials::FieldKind;
using materials::Material;
using materials::Plasticity;

namespace
{
/// A case with the given table [materials].
Case
with_materials(const std::string              &text,
               const std::vector<std::string> &settings = {})
{
  return read_text_as_case(catalogue_screw_text + ("[materials]\n" + text),
                           settings)
    .at(0);
}

std::string
complaint_about_materials(const std::string &text)
{
  return complaint_about(catalogue_screw_text + ("[materials]\n" + text));
}

bool
is_assumed(const Material &material, const std::string &name)
{
  const auto &all = material.strength_assumed;
  return std::find(all.begin(), all.end(), name) != all.end();
}

void
expect_same(const Material &a, const Material &b)
{
  EXPECT_EQ(a.name, b.name);
  EXPECT_EQ(a.stiffness({{1., 2., 3.}}), b.stiffness({{1., 2., 3.}}));
  EXPECT_EQ(a.yield_stress, b.yield_stress);
  EXPECT_EQ(a.law, b.law);
  for (double Plasticity::*member : {&Plasticity::yield_tension,
                                     &Plasticity::yield_compression,
                                     &Plasticity::interaction,
                                     &Plasticity::hardening_modulus,
                                     &Plasticity::saturation_ratio,
                                     &Plasticity::saturation_strain,
                                     &Plasticity::damage_limit_compression,
                                     &Plasticity::damage_limit_shear,
                                     &Plasticity::damage_onset_compression,
                                     &Plasticity::damage_onset_shear,
                                     &Plasticity::damage_strain_compression,
                                     &Plasticity::damage_strain_shear,
                                     &Plasticity::internal_length,
                                     &Plasticity::nonlocal_weight,
                                     &Plasticity::viscosity})
    EXPECT_EQ(a.plasticity.*member, b.plasticity.*member);
  EXPECT_EQ(a.plasticity.relaxation.share, b.plasticity.relaxation.share);
  EXPECT_EQ(a.plasticity.relaxation.time, b.plasticity.relaxation.time);
  EXPECT_EQ(a.source, b.source);
  EXPECT_EQ(a.assumed, b.assumed);
  EXPECT_EQ(a.strength_source, b.strength_source);
  EXPECT_EQ(a.strength_assumed, b.strength_assumed);
}

/// Every key of plasticity, axes and density, and load steps.
const std::string every_key = std::string(catalogue_screw_text) + R"(
material = { name = "Ti-6Al-4V", law = "von-mises", yield_stress_MPa = 900 }
[materials]
law = "quadric"
near_cortex = { name = "cortical bone", yield_tension_MPa = 90, yield_compression_MPa = 150, interaction = 0.3, hardening_modulus_MPa = 600, saturation_ratio = 0.8, saturation_strain = 0.02, damage_limit_compression = 0.5, damage_limit_shear = 0.6, damage_onset_compression = 0.01, damage_onset_shear = 0.03, damage_strain_compression = 0.2, damage_strain_shear = 0.4, internal_length_mm = 0.15, nonlocal_weight = 1.5, relaxation_share_1 = 0.05, relaxation_time_1_s = 7, relaxation_share_2 = 0, relaxation_time_2_s = 70, relaxation_share_3 = 0.2, relaxation_time_3_s = 7000, viscosity_MPa_s = 0.3, strength_assumed = ["damage_strain_shear"] }
cancellous = { name = "cancellous bone", density_g_cm3 = 0.4, density_law = "Carter and Hayes 1977", strength_law = "Carter and Hayes 1977", strain_rate_per_s = 0.1, law = "drucker-prager" }
far_cortex = { name = "orthotropic cortical bone", law = "elastic", axes = "cylindrical", axes_centre_mm = [0, 10, -3], axes_line = [1, 0, 0.5] }
[load]
steps = 7
unload = true
duration_s = 0.25
)";
} // namespace

TEST(MaterialParameters, AreElasticUnlessALawIsGiven)
{
  const Case c = with_materials("");
  for (const Material *material :
       {&c.screw_material, &c.near_cortex, &c.cancellous, &c.far_cortex})
    EXPECT_FALSE(material->is_inelastic());
  EXPECT_EQ(c.load.steps, 2u);
  EXPECT_FALSE(c.load.unload);
  EXPECT_EQ(c.load.duration, 1.);
}

TEST(MaterialParameters, ALawTakesTheStrengthsOfTheLibrary)
{
  const Case c = with_materials(
    "near_cortex = { name = 'cortical bone', law = 'quadric' }\n"
    "cancellous = { name = 'foam 10 pcf', law = 'drucker-prager' }");
  const Plasticity &bone = c.near_cortex.plasticity;
  EXPECT_EQ(c.near_cortex.law, "quadric");
  EXPECT_EQ(bone.yield_tension, 88.);
  EXPECT_EQ(bone.yield_compression, 145.);
  EXPECT_EQ(bone.interaction, 0.49);
  EXPECT_EQ(bone.damage_limit_shear, 0.98);
  EXPECT_EQ(bone.internal_length, 0.1);
  EXPECT_EQ(bone.relaxation.time[2], 900.);
  EXPECT_TRUE(is_assumed(c.near_cortex, "interaction"));
  EXPECT_EQ(c.cancellous.plasticity.yield_tension, 2.1);
  // A cone, whatever the interaction of the library.
  EXPECT_EQ(c.cancellous.plasticity.interaction, 0.5);
  EXPECT_FALSE(c.far_cortex.is_inelastic());
}

TEST(MaterialParameters, OneKeyGivesAllBoneALaw)
{
  const Case c = with_materials("law = 'quadric'\n"
                                "far_cortex = { name = 'cortical bone', "
                                "law = 'elastic' }\n");
  EXPECT_EQ(c.near_cortex.law, "quadric");
  EXPECT_EQ(c.cancellous.law, "quadric");
  EXPECT_FALSE(c.far_cortex.is_inelastic());
  EXPECT_FALSE(c.screw_material.is_inelastic());
}

TEST(MaterialParameters, VonMisesYieldsAtTheYieldStress)
{
  const Case c =
    read_text_as_case(std::string(catalogue_screw_text) +
                      "material = { name = 'Ti-6Al-4V', law = 'von-mises' }")
      .at(0);
  EXPECT_EQ(c.screw_material.plasticity.yield_tension, 830.);
  EXPECT_EQ(c.screw_material.plasticity.yield_compression, 830.);
  EXPECT_EQ(c.screw_material.plasticity.hardening_modulus, 375.);
}

TEST(MaterialParameters, OwnStrengthsAreTheUsers)
{
  const Case      c    = with_materials("cancellous = { name = 'foam 10 pcf', "
                                        "yield_compression_MPa = 1.1 }");
  const Material &bone = c.cancellous;
  EXPECT_EQ(bone.plasticity.yield_compression, 1.1);
  EXPECT_EQ(bone.plasticity.yield_tension, 2.1);
  // Half the strength, half the hardening.
  EXPECT_NEAR(bone.plasticity.hardening_modulus, 0.29, 1e-12);
  EXPECT_EQ(bone.strength_source, "user");
  EXPECT_FALSE(is_assumed(bone, "yield_compression"));
  EXPECT_TRUE(is_assumed(bone, "yield_tension"));
  // The elastic constants are still those of the library.
  EXPECT_EQ(bone.source, materials::find_material("foam 10 pcf").source);
}

TEST(MaterialParameters, AnotherModulusHasNoStrengthsOfTheLibrary)
{
  const std::string changed =
    "cancellous = { name = 'cancellous bone', young_modulus_MPa = 500";
  EXPECT_EQ(with_materials(changed + " }").cancellous.plasticity.yield_tension,
            0.);
  EXPECT_EQ(with_materials(changed + " }").cancellous.strength_source, "");
  EXPECT_NE(complaint_about_materials(changed + ", law = 'quadric' }")
              .find("needs yield_tension_MPa and yield_compression_MPa, which "
                    "'cancellous bone' has not; the library's are for its "
                    "modulus of 1370 MPa"),
            std::string::npos);
  EXPECT_NE(complaint_about_materials(
              changed + ", law = 'quadric', yield_tension_MPa = 3 }")
              .find("needs yield_compression_MPa, which"),
            std::string::npos);
  EXPECT_EQ(complaint_about_materials(
              changed + ", law = 'quadric', yield_tension_MPa = 3, "
                        "yield_compression_MPa = 4 }"),
            "");
}

TEST(MaterialParameters, ADensityGivesModulusAndStrengths)
{
  const Case c = with_materials(
    "cancellous = { name = 'cancellous bone', density_g_cm3 = 0.5, "
    "density_law = 'Morgan 2003 femoral neck' }");
  const Material &bone = c.cancellous;
  const double    E    = 6850. * std::pow(0.5, 1.49);
  EXPECT_NEAR(bone.isotropic.young_modulus, E, 1e-9);
  EXPECT_EQ(bone.isotropic.poisson_ratio, 0.3);
  EXPECT_NEAR(bone.plasticity.yield_tension, 0.0065 * E, 1e-9);
  EXPECT_NEAR(bone.plasticity.yield_compression, 0.0078 * E, 1e-9);
  // The library's: hardening is a ratio, damage by plastic strain.
  EXPECT_EQ(bone.plasticity.saturation_ratio, 1.2);
  EXPECT_EQ(bone.plasticity.damage_strain_shear, 0.03);
  EXPECT_EQ(bone.source, "density 0.5 g/cm3, law 'Morgan 2003 femoral neck'");
  EXPECT_FALSE(bone.assumed);
  EXPECT_TRUE(is_assumed(bone, "yield_tension"));
}

TEST(MaterialParameters, ADensityNeedsNoMaterialOfTheLibrary)
{
  const Case c =
    with_materials("far_cortex = { density_g_cm3 = 1.9, poisson_ratio = 0.32, "
                   "density_law = 'Rho 1995', law = 'quadric', "
                   "strength_law = 'Bayraktar 2004 cortical' }");
  EXPECT_NEAR(c.far_cortex.isotropic.young_modulus, 13665.9, 1e-9);
  EXPECT_EQ(c.far_cortex.isotropic.poisson_ratio, 0.32);
  EXPECT_NEAR(c.far_cortex.plasticity.yield_tension, 0.0073 * 13665.9, 1e-9);
  EXPECT_TRUE(c.far_cortex.assumed);
}

TEST(MaterialParameters, TheRateOfStrainIsQuasiStaticUnlessGiven)
{
  const std::string text =
    "cancellous = { name = 'cancellous bone', density_g_cm3 = 0.5, "
    "density_law = 'Carter and Hayes 1977'";
  const auto modulus = [](const Case &c) {
    return c.cancellous.isotropic.young_modulus;
  };
  EXPECT_NEAR(modulus(with_materials(text + "}")),
              3790. * std::pow(0.01, 0.06) / 8.,
              1e-9);
  EXPECT_NEAR(modulus(with_materials(text + ", strain_rate_per_s = 1 }")),
              3790. / 8.,
              1e-9);
}

TEST(MaterialParameters, ADensityReplacesAModulusAndTheReverse)
{
  const std::string by_modulus = "cancellous = { name = 'cancellous bone', "
                                 "young_modulus_MPa = 500 }";
  EXPECT_NEAR(
    with_materials(by_modulus,
                   {"materials.cancellous.density_g_cm3=0.3",
                    "materials.cancellous.density_law=Wirtz 2000 cancellous"})
      .cancellous.isotropic.young_modulus,
    1904. * std::pow(0.3, 1.64),
    1e-9);
  const std::string by_density =
    "cancellous = { name = 'cancellous bone', density_g_cm3 = 0.3, "
    "density_law = 'Wirtz 2000 cancellous' }";
  EXPECT_EQ(
    with_materials(by_density, {"materials.cancellous.young_modulus_MPa=321"})
      .cancellous.isotropic.young_modulus,
    321.);
}

TEST(MaterialParameters, AxesMayTurnAroundALine)
{
  const Case c = with_materials(
    "near_cortex = { name = 'orthotropic cortical bone', axes = 'cylindrical', "
    "axes_centre_mm = [0, 0, -8], axes_line = [1, 0, 0] }");
  EXPECT_TRUE(c.near_cortex.varies_in_space());
  const auto &field = c.near_cortex.orthotropic.field;
  EXPECT_EQ(field.kind, FieldKind::cylindrical);
  EXPECT_EQ(field.centre[2], -8.);
  EXPECT_EQ(field.line[0], 1.);
  EXPECT_FALSE(c.cancellous.varies_in_space());
}

TEST(MaterialParameters, TheEffectiveCaseGivesTheSameMaterials)
{
  const Case first  = read_text_as_case(every_key).at(0);
  const Case second = read_text_as_case(first.effective.to_toml()).at(0);
  EXPECT_EQ(first.effective.to_toml(), second.effective.to_toml());
  expect_same(first.screw_material, second.screw_material);
  expect_same(first.near_cortex, second.near_cortex);
  expect_same(first.cancellous, second.cancellous);
  expect_same(first.far_cortex, second.far_cortex);
  EXPECT_EQ(second.load.steps, 7u);
  EXPECT_TRUE(second.load.unload);
  EXPECT_EQ(second.load.duration, 0.25);
  EXPECT_EQ(second.near_cortex.plasticity.viscosity, 0.3);
  EXPECT_EQ(second.cancellous.law, "drucker-prager");
  EXPECT_EQ(second.screw_material.plasticity.yield_tension, 900.);
  EXPECT_TRUE(is_assumed(second.near_cortex, "damage_strain_shear"));
  EXPECT_EQ(second.near_cortex.plasticity.internal_length, 0.15);
  EXPECT_EQ(second.near_cortex.plasticity.relaxation.share[2], 0.2);
  EXPECT_EQ(second.near_cortex.plasticity.relaxation.time[2], 7000.);
  EXPECT_FALSE(is_assumed(second.near_cortex, "interaction"));
}

TEST(MaterialParameters, MistakesAreReportedAtTheirLines)
{
  EXPECT_NE(complaint_about_materials("cancellous.name = 'cancellous bone'\n"
                                      "cancellous.law = 'quadratic'\n")
              .find(".toml:7:18: materials.cancellous.law: 'quadratic' is not "
                    "known, allowed is elastic, quadric, drucker-prager or "
                    "von-mises; did you mean 'quadric'?"),
            std::string::npos);
  EXPECT_NE(
    complaint_about_materials("near_cortex.name = 'cortical bone'\n"
                              "near_cortex.damage_limit_shear = 1\n")
      .find(".toml:7:34: materials.near_cortex.damage_limit_shear: 1 is out "
            "of range, allowed is a number >= 0 and <= 0.99"),
    std::string::npos);
  EXPECT_NE(complaint_about_materials(
              "cancellous = { name = 'cancellous bone', axes = 'cylindrical' }")
              .find("axes are for orthotropic materials"),
            std::string::npos);
  EXPECT_NE(complaint_about_materials("cancellous = { name = 'cancellous "
                                      "bone', strength_law = 'Keller 1994' }")
              .find("strength_law goes with density_g_cm3, which is missing"),
            std::string::npos);
  EXPECT_NE(complaint_about_materials(
              "cancellous = { name = 'cancellous bone', density_g_cm3 = 0.3, "
              "density_law = 'Keller 1994', strain_rate_per_s = 1 }")
              .find("neither density_law nor strength_law depends on it"),
            std::string::npos);
  EXPECT_NE(complaint_about_materials("cancellous = { name = 'dentin', "
                                      "law = 'von-mises' }")
              .find("law = \"von-mises\" needs yield_stress_MPa, as 'dentin' "
                    "has none"),
            std::string::npos);
}

// Of a version whose damage knew one kind of stress.
TEST(MaterialParameters, OldKeysOfDamageNameTheNewOnes)
{
  const auto complaint = [](const std::string &key) {
    return complaint_about_materials(
      "near_cortex = { name = 'cortical bone', law = 'quadric', " + key +
      " = 0.5 }");
  };
  for (const char *word : {"damage_limit_compression and damage_limit_shear",
                           "unknown key 'damage_limit' in "
                           "[materials.near_cortex]"})
    EXPECT_NE(complaint("damage_limit").find(word), std::string::npos) << word;
  for (const char *word :
       {"damage_strain_compression and damage_strain_shear (1 / damage_rate)",
        "damage_onset_compression and damage_onset_shear"})
    EXPECT_NE(complaint("damage_rate").find(word), std::string::npos) << word;
  EXPECT_NE(complaint("relaxation_share_1 = 0.5, relaxation_share_2")
              .find("the sum of relaxation_share_1, _2 and _3 must be less "
                    "than 1, but is 1.1"),
            std::string::npos)
    << complaint("relaxation_share_1 = 0.5, relaxation_share_2");
}

TEST(MaterialParameters, LengthsLargerThanTheBlockAreRefused)
{
  const std::string text = "near_cortex = { name = 'cortical bone', law = "
                           "'quadric', internal_length_mm = 9.5 }\n[site]\n"
                           "width_mm = 9\n";
  EXPECT_NE(complaint_about_materials(text).find(
              "materials.near_cortex.internal_length_mm: 9.5 mm is more than "
              "the block's width of 9 mm"),
            std::string::npos)
    << complaint_about_materials(text);
}

TEST(MaterialParameters, ConstantsHaveTheUnitsOfTheirKeys)
{
  for (const auto &constant : materials::all_law_constants())
    EXPECT_EQ(constant.name(), bare_name(constant.key)) << constant.key;
}

TEST(MaterialParameters, AreInSchemaAndTemplate)
{
  const auto  schema = nlohmann::json::parse(case_json_schema());
  const auto &table  = schema["$defs"]["material"]["properties"];
  for (const char *key : {"law",
                          "yield_tension_MPa",
                          "viscosity_MPa_s",
                          "internal_length_mm",
                          "relaxation_time_2_s",
                          "density_g_cm3",
                          "strength_assumed",
                          "axes_line"})
    EXPECT_TRUE(table.contains(key)) << key;
  EXPECT_EQ(table["interaction"]["maximum"], 0.5);
  EXPECT_TRUE(schema["properties"]["materials"]["properties"].contains("law"));
  for (const char *line : {"# material.law = \"elastic\"",
                           "# material.density_g_cm3 = 0.5",
                           "# law = \"elastic\"",
                           "\nsteps = 2",
                           "\nunload = false",
                           "\nduration_s = 1.0"})
    EXPECT_NE(case_template().find(line), std::string::npos) << line;
}
