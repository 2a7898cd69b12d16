// SPDX-License-Identifier: LGPL-2.1-or-later
// Every material of the library is complete and stores positive energy; its
// strengths make an admissible law.
#include "materials/law_library.h"
#include "materials/library.h"
#include "materials/quadric/quadric_law.h"

#include "solver/base/errors.h"

#include <Eigen/Dense>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

using namespace miniscrew::materials;
using miniscrew::UserError;

namespace
{
bool
has_strengths(const Material &material)
{
  return material.plasticity.yield_compression > 0.;
}

/// Yield stress in pure shear of the quadric with the material's strengths: the
/// trace is zero, so that F_0 tau sqrt(2 (1 + zeta)) = 1.
double
shear_strength(const Plasticity &p)
{
  const double F_0 = 0.5 * (1. / p.yield_compression + 1. / p.yield_tension);
  return 1. / (F_0 * std::sqrt(2. * (1. + p.interaction)));
}
} // namespace

TEST(Library, EveryMaterialIsPositiveDefiniteAndHasASource)
{
  std::set<std::string> names;
  for (const Material &material : library())
  {
    SCOPED_TRACE(material.name);
    EXPECT_TRUE(names.insert(material.name).second);
    EXPECT_FALSE(material.source.empty());
    const VoigtMatrix C = material.stiffness();
    const auto matrix = Eigen::Map<const Eigen::Matrix<double, 6, 6>>(C.data());
    EXPECT_EQ(matrix, matrix.transpose());
    EXPECT_GT((Eigen::SelfAdjointEigenSolver<Eigen::Matrix<double, 6, 6>>(
                 matrix, Eigen::EigenvaluesOnly)
                 .eigenvalues()
                 .minCoeff()),
              0.);
  }
  EXPECT_EQ(names.size(), 19u);
}

TEST(Library, HasTheMaterialsOfTheBenchmark)
{
  EXPECT_EQ(find_material("cortical bone").isotropic.young_modulus, 13700.);
  EXPECT_EQ(find_material("Cancellous Bone").isotropic.young_modulus, 1370.);
  const Material &titanium = find_material("ti-6al-4v");
  EXPECT_EQ(titanium.isotropic.young_modulus, 110000.);
  EXPECT_EQ(titanium.isotropic.poisson_ratio, 0.34);
  EXPECT_EQ(titanium.yield_stress, 830.);
}

TEST(Library, EveryStrengthMakesAnAdmissibleLawAndHasASource)
{
  unsigned int n_with_strengths = 0;
  for (Material material : library())
  {
    SCOPED_TRACE(material.name);
    EXPECT_EQ(material.law, "elastic");
    if (!has_strengths(material))
      continue;
    ++n_with_strengths;
    EXPECT_GT(material.plasticity.yield_tension, 0.);
    EXPECT_FALSE(material.strength_source.empty());
    material.law = "quadric";
    EXPECT_NO_THROW(QuadricLaw{material});
    material.law = "drucker-prager";
    EXPECT_NO_THROW(QuadricLaw{material});
  }
  EXPECT_EQ(n_with_strengths, 13u); // 3 bones, 9 foams, epoxy
}

// Strength is where hardening ends and damage begins.
TEST(Library, BoneFoamAndEpoxySoftenAndMetalsDoNot)
{
  struct Softening
  {
    std::string name;
    double      onset, limit_compression, limit_shear, strain_compression,
      strain_shear, length;
  };
  for (const Softening &s :
       {Softening{"cortical bone", 0.02, 0.8, 0.98, 0.05, 0.08, 0.1},
        Softening{"cancellous bone", 0.015, 0.6, 0.95, 0.05, 0.03, 0.3},
        Softening{"soft cancellous bone", 0.015, 0.6, 0.95, 0.05, 0.03, 0.3},
        Softening{"foam 10 pcf", 0.05, 0.2, 0.95, 0.1, 0.1, 0.1},
        Softening{"foam 50 pcf", 0.05, 0.2, 0.95, 0.1, 0.1, 0.1},
        Softening{"short-fibre epoxy", 0.02, 0.8, 0.98, 0.05, 0.08, 0.1}})
  {
    const Plasticity &p = find_material(s.name).plasticity;
    EXPECT_EQ(p.damage_onset_shear, s.onset) << s.name;
    EXPECT_EQ(p.damage_limit_compression, s.limit_compression) << s.name;
    EXPECT_EQ(p.damage_limit_shear, s.limit_shear) << s.name;
    EXPECT_EQ(p.damage_strain_compression, s.strain_compression) << s.name;
    EXPECT_EQ(p.damage_strain_shear, s.strain_shear) << s.name;
    EXPECT_EQ(p.internal_length, s.length) << s.name;
    EXPECT_EQ(p.nonlocal_weight, 2.) << s.name;
  }
  for (const char *name : {"Ti-6Al-4V", "stainless steel", "dentin"})
  {
    const Plasticity &p = find_material(name).plasticity;
    EXPECT_EQ(p.damage_limit_compression, 0.) << name;
    EXPECT_EQ(p.damage_limit_shear, 0.) << name;
    EXPECT_EQ(p.saturation_ratio, 1.) << name;
  }
}

TEST(Library, BoneAloneRelaxes)
{
  for (const Material &material : library())
  {
    const PronyConstants       &prony = material.plasticity.relaxation;
    const std::array<double, 3> none{}, cortical{{0.1, 0.1, 0.1}},
      cancellous{{0.15, 0.2, 0.15}}, times{{5., 60., 900.}};
    const bool is_cortical = material.name == "cortical bone",
               is_cancellous =
                 material.name.find("cancellous bone") != std::string::npos &&
                 material.is_isotropic;
    EXPECT_EQ(prony.share,
              is_cortical     ? cortical
              : is_cancellous ? cancellous
                              : none)
      << material.name;
    if (is_cortical || is_cancellous)
    {
      EXPECT_EQ(prony.time, times) << material.name;
    }
  }
}

TEST(Library, StrengthsOfBoneAreItsYieldStrains)
{
  const Material &cortical = find_material("cortical bone");
  EXPECT_NEAR(
    cortical.plasticity.yield_compression, 0.0073 * 13700. * 193. / 133., 0.2);
  for (const char *name : {"cancellous bone", "soft cancellous bone"})
  {
    const Material &bone = find_material(name);
    const double    E    = bone.isotropic.young_modulus;
    EXPECT_NEAR(bone.plasticity.yield_tension / E, 0.0065, 5e-5);
    EXPECT_NEAR(bone.plasticity.yield_compression / E, 0.0078, 5e-5);
    // Closed under pressure from all sides: F_0 sqrt(3 (1 - 2 zeta)) > 3 F_2.
    const double sum =
      bone.plasticity.yield_compression + bone.plasticity.yield_tension;
    const double difference =
      bone.plasticity.yield_compression - bone.plasticity.yield_tension;
    EXPECT_GT(std::sqrt(3. * (1. - 2. * bone.plasticity.interaction)) * sum,
              3. * difference);
  }
}

TEST(Library, CorticalBoneIsAsStrongAsThatOfAValidatedModel)
{
  // 175 MPa in compression and 0.6 of it in tension (Zhou et al. 2024).
  const Plasticity &p = find_material("cortical bone").plasticity;
  EXPECT_EQ(p.hardening_modulus, 0.);
  const double hardened =
    1. + (p.saturation_ratio - 1.) *
           (1. - std::exp(-p.damage_onset_compression / p.saturation_strain));
  EXPECT_NEAR(hardened * p.yield_compression, 175., 2.);
  EXPECT_NEAR(hardened * p.yield_tension, 105., 1.);
}

TEST(Library, FoamsHaveTheShearStrengthOfTheirDataSheet)
{
  struct Grade
  {
    std::string name;
    double      shear_strength;
  };
  for (const Grade &grade : {Grade{"foam 5 pcf", 0.59},
                             Grade{"foam 10 pcf", 1.6},
                             Grade{"foam 15 pcf", 2.8},
                             Grade{"foam 20 pcf", 4.3}})
    EXPECT_NEAR(shear_strength(find_material(grade.name).plasticity),
                grade.shear_strength,
                1e-4 * grade.shear_strength);
  // Denser ones are weaker in shear than any convex quadric of their strengths.
  for (const Grade &grade : {Grade{"foam 25 pcf", 5.9},
                             Grade{"foam 30 pcf", 7.6},
                             Grade{"foam 35 pcf", 9.4},
                             Grade{"foam 40 pcf", 11.},
                             Grade{"foam 50 pcf", 16.}})
  {
    const Plasticity &p = find_material(grade.name).plasticity;
    EXPECT_EQ(p.interaction, 0.49);
    EXPECT_GT(shear_strength(p), grade.shear_strength);
    EXPECT_LT(shear_strength(p), 1.26 * grade.shear_strength);
  }
}

TEST(Library, MetalsHardenToTheirUltimateStrength)
{
  for (const char *name : {"Ti-6Al-4V", "stainless steel"})
  {
    Material material                     = find_material(name);
    material.law                          = "von-mises";
    material.plasticity.yield_tension     = material.yield_stress;
    material.plasticity.yield_compression = material.yield_stress;
    EXPECT_NO_THROW(QuadricLaw{material});
    EXPECT_GT(material.plasticity.hardening_modulus, 0.);
    EXPECT_FALSE(material.strength_assumed.empty());
  }
  EXPECT_EQ(find_material("stainless steel").yield_stress, 690.);
}

TEST(Library, AssumedStrengthsAreNamedAsInTheCaseFile)
{
  std::set<std::string> known = {
    "yield_stress", "yield_tension", "yield_compression"};
  for (const LawConstant &constant : all_law_constants())
    known.insert(constant.name());
  for (const Material &material : library())
    for (const std::string &name : material.strength_assumed)
      EXPECT_EQ(known.count(name), 1u) << material.name << ": " << name;
}

TEST(Library, ConstantsHaveUnits)
{
  const LawConstant viscosity = law_constant("viscosity_MPa_s", 0., 1., 0., ""),
                    time  = law_constant("relaxation_time_1_s", 0., 1., 0., ""),
                    ratio = law_constant("saturation_ratio", 0., 1., 0., "");
  EXPECT_EQ(viscosity.name(), "viscosity");
  EXPECT_EQ(viscosity.unit(), "MPa s");
  EXPECT_EQ(time.name(), "relaxation_time_1");
  EXPECT_EQ(time.unit(), "s");
  EXPECT_EQ(ratio.name(), "saturation_ratio");
  EXPECT_EQ(ratio.unit(), "");
}

TEST(Library, OrthotropicBoneIsStiffestAlongTheMandible)
{
  // Placed from the buccal side: x along the mandible, y infero-superior, z
  // bucco-lingual.
  const VoigtMatrix cortical =
    find_material("orthotropic cortical bone").stiffness();
  EXPECT_GT(cortical[0], cortical[14]); // xx, zz
  EXPECT_GT(cortical[14], cortical[7]); // zz, yy
  const VoigtMatrix cancellous =
    find_material("orthotropic cancellous bone").stiffness();
  EXPECT_NEAR(cancellous[0], cancellous[14], 1e-5 * cancellous[0]);
  EXPECT_GT(cancellous[14], 4. * cancellous[7]);
  // Transverse isotropy: G_xz = E / (2 (1 + nu)).
  EXPECT_NEAR(cancellous[28], 1148. / (2. * 1.322), 1.);
}

TEST(Library, UnknownNamesAreExplained)
{
  try
  {
    static_cast<void>(find_material("cortical bones"));
    FAIL();
  }
  catch (const UserError &error)
  {
    const std::string text = error.what();
    EXPECT_EQ(text.find("the library has no material 'cortical bones', but "
                        "cortical bone, cancellous bone, "),
              0u);
    EXPECT_NE(text.find("; did you mean 'cortical bone'?"), std::string::npos);
  }
}
