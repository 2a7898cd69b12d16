// SPDX-License-Identifier: LGPL-2.1-or-later
// Every material of the library is complete and stores positive energy; its
// strengths make an admissible law.
#include "materials/library.h"
#include "materials/quadric/quadric_law.h"

#include "solver/base/errors.h"

#include <Eigen/Dense>
#include <gtest/gtest.h>

#include <algorithm>
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

TEST(Library, NothingEverSoftens)
{
  // The yield stress in compression is (1 - D) times what has hardened.
  for (const Material &material : library())
  {
    const Plasticity &p = material.plasticity;
    EXPECT_EQ(p.saturation_ratio, 1.);
    double before = p.yield_compression;
    for (double kappa = 0.01; kappa <= 2. && before > 0.; kappa += 0.01)
    {
      const double damage =
        p.damage_limit * (1. - std::exp(-p.damage_rate * kappa));
      const double stress =
        (1. - damage) * (p.yield_compression + p.hardening_modulus * kappa);
      ASSERT_GE(stress, before) << material.name << " at " << kappa;
      before = stress;
    }
  }
}

TEST(Library, StrengthsOfBoneAreItsYieldStrains)
{
  const Material &cortical = find_material("cortical bone");
  EXPECT_NEAR(cortical.plasticity.yield_tension, 0.0073 * 13700., 0.1);
  EXPECT_NEAR(cortical.plasticity.yield_compression, 100. * 193. / 133., 0.2);
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

TEST(Library, CorticalBoneHardensToItsTensileStrength)
{
  // To 133 MPa x 13.7 / 17.0 GPa at a strain of 2.5 % in tension, where kappa
  // is the plastic strain times the ratio of strengths.
  const Plasticity &p     = find_material("cortical bone").plasticity;
  const double      E     = 13700.;
  const double      ratio = p.yield_tension / p.yield_compression;
  double            kappa = 0., stress = 0.;
  for (unsigned int i = 0; i < 50; ++i)
  {
    stress = p.yield_tension + ratio * p.hardening_modulus * kappa;
    kappa  = ratio * (0.025 - stress / E);
  }
  const double damage =
    p.damage_limit * (1. - std::exp(-p.damage_rate * kappa));
  EXPECT_NEAR((1. - damage) * stress, 133. * 13.7 / 17., 1.5);
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
  const std::set<std::string> known = {"yield_stress",
                                       "yield_tension",
                                       "yield_compression",
                                       "interaction",
                                       "hardening_modulus",
                                       "damage_limit",
                                       "damage_rate"};
  for (const Material &material : library())
    for (const std::string &name : material.strength_assumed)
      EXPECT_EQ(known.count(name), 1u) << material.name << ": " << name;
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
