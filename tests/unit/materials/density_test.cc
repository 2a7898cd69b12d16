// SPDX-License-Identifier: LGPL-2.1-or-later
// Laws of density against values worked out apart from the code.
#include "materials/density/density_laws.h"

#include "solver/base/errors.h"

#include <gtest/gtest.h>

#include <cmath>
#include <set>

using namespace miniscrew::materials;
using miniscrew::UserError;

namespace
{
constexpr double no_rate = 1.;

double
modulus_at(const std::string &name, const double density)
{
  return modulus(find_modulus_law(name), density, no_rate);
}

template <typename Function>
std::string
message(const Function &function)
{
  try
  {
    function();
  }
  catch (const UserError &error)
  {
    return error.what();
  }
  return "";
}
} // namespace

TEST(ModulusLaws, GiveMegapascalsForGramsPerCubicCentimetre)
{
  EXPECT_NEAR(modulus_at("Morgan 2003 vertebra", 0.25), 544.06, 0.01);
  EXPECT_NEAR(modulus_at("Morgan 2003 proximal tibia", 0.2), 693.49, 0.01);
  EXPECT_NEAR(modulus_at("Morgan 2003 greater trochanter", 0.25), 730.95, 0.01);
  EXPECT_NEAR(modulus_at("Morgan 2003 femoral neck", 0.5), 2438.69, 0.01);
  EXPECT_NEAR(modulus_at("Keller 1994", 0.5), 2146.99, 0.01);
  EXPECT_NEAR(modulus_at("Rho 1995", 1.9), 13665.9, 1e-8);
  EXPECT_NEAR(modulus_at("Wirtz 2000 cancellous", 0.5), 610.91, 0.01);
  EXPECT_NEAR(modulus_at("Wirtz 2000 cortical", 1.8), 12697.3, 0.1);
  EXPECT_EQ(modulus_laws().size(), 9u);
}

TEST(ModulusLaws, CarterAndHayesDependOnTheRateOfStrain)
{
  const ModulusLaw &law = find_modulus_law("Carter and Hayes 1977");
  EXPECT_NEAR(modulus(law, 2., 1.), 30320., 1e-9);
  // 0.01^0.06 = 10^-0.12
  EXPECT_NEAR(modulus(law, 1., 0.01), 3790. * 0.758577575, 1e-5);
}

TEST(ModulusLaws, TheTibiaIsStifferThanTheVertebra)
{
  // At one density (Morgan et al. 2003).
  EXPECT_GT(modulus_at("Morgan 2003 proximal tibia", 0.3),
            modulus_at("Morgan 2003 vertebra", 0.3));
}

TEST(ModulusLaws, RefuseWhatTheyWereNotMeasuredAt)
{
  EXPECT_EQ(message([] { modulus_at("Morgan 2003 vertebra", 0.36); }),
            "the law 'Morgan 2003 vertebra' was measured at an apparent "
            "density of 0.11 to 0.35 g/cm3, and does not hold at 0.36");
  EXPECT_NO_THROW(modulus_at("Morgan 2003 vertebra", 0.35));
  EXPECT_NO_THROW(modulus_at("Morgan 2003 vertebra", 0.11));
  EXPECT_EQ(message([] { modulus_at("Rho 1995", 0.5); }),
            "the law 'Rho 1995' gives -6299.5 MPa at 0.5 g/cm3, which no "
            "material has; use a law for bone of this density");
  EXPECT_NE(message([] { modulus_at("Keller 1994", std::nan("")); }), "");
}

TEST(StrengthLaws, FollowTheModulusByYieldStrains)
{
  const Strengths cancellous = strengths(
    find_strength_law("Morgan and Keaveny 2001"), 0.3, no_rate, 1000.);
  EXPECT_NEAR(cancellous.tension, 6.5, 1e-12);
  EXPECT_NEAR(cancellous.compression, 7.8, 1e-12);
  const Strengths cortical = strengths(
    find_strength_law("Bayraktar 2004 cortical"), 1.9, no_rate, 17000.);
  EXPECT_NEAR(cortical.tension, 124.1, 1e-9);
  EXPECT_NEAR(cortical.compression, 180.2, 1e-9);
}

TEST(StrengthLaws, GiveCompressionAndAShareOfItInTension)
{
  const Strengths keller =
    strengths(find_strength_law("Keller 1994"), 0.5, no_rate, 1.);
  EXPECT_NEAR(keller.compression, 30.704, 0.001); // 117 / 2^1.93
  EXPECT_NEAR(keller.tension, 0.83 * keller.compression, 1e-12);
  const Strengths carter =
    strengths(find_strength_law("Carter and Hayes 1977"), 0.5, 1., 1.);
  EXPECT_NEAR(carter.compression, 17., 1e-12);
  EXPECT_EQ(strength_laws().size(), 4u);
}

TEST(DensityLaws, SayWhereTheyComeFrom)
{
  std::set<std::string> names;
  for (const ModulusLaw &law : modulus_laws())
  {
    EXPECT_TRUE(names.insert(law.origin.name).second);
    EXPECT_FALSE(law.origin.site.empty());
    EXPECT_FALSE(law.origin.source.empty());
  }
  EXPECT_EQ(formula(find_modulus_law("Morgan 2003 vertebra")),
            "E = 4730 rho^1.56");
  EXPECT_EQ(formula(find_modulus_law("Rho 1995")), "E = -13430 + 14261 rho");
  EXPECT_EQ(formula(find_modulus_law("Carter and Hayes 1977")),
            "E = 3790 rate^0.06 rho^3");
  EXPECT_EQ(formula(find_strength_law("Keller 1994")),
            "compression 117 rho_ash^1.93, tension 0.83 of it");
  EXPECT_EQ(formula(find_strength_law("Morgan and Keaveny 2001")),
            "tension 0.0065 E, compression 0.0078 E");
}

TEST(DensityLaws, UnknownNamesAreExplained)
{
  EXPECT_NE(message([] {
              static_cast<void>(find_modulus_law("Rho 1996"));
            }).find("did you mean 'Rho 1995'?"),
            std::string::npos);
}
