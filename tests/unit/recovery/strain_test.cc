// SPDX-License-Identifier: LGPL-2.1-or-later
// Strain at Gauss points, principal values, von Mises' stress.
#include "solver/fem/space/strain.h"
#include "tests/unit/recovery/pin_block.h"

#include <Eigen/Eigenvalues>
#include <gtest/gtest.h>

#include <random>

namespace miniscrew::fem
{
namespace
{
TEST(PrincipalValues, AgreeWithAnEigenSolver)
{
  std::mt19937                           random(1);
  std::uniform_real_distribution<double> uniform(-1., 1.);
  for (unsigned int i = 0; i < 1000; ++i)
  {
    VoigtVector t;
    for (double &v : t)
      v = 1e-3 * uniform(random);
    if (i % 3 == 0)
      t[3] = t[4] = 0.;
    if (i % 4 == 0)
      t[1] = t[0];
    Eigen::Matrix3d m;
    m << t[0], t[5], t[4], t[5], t[1], t[3], t[4], t[3], t[2];
    const Eigen::Vector3d exact =
      Eigen::SelfAdjointEigenSolver<Eigen::Matrix3d>(m).eigenvalues();
    const auto values = principal_values(t);
    for (unsigned int d = 0; d < 3; ++d)
      EXPECT_NEAR(values[d], exact[2 - d], 1e-10);
  }
}

TEST(PrincipalValues, OfMultiplesOfTheUnitTensor)
{
  EXPECT_EQ(principal_values({{2., 2., 2., 0., 0., 0.}})[2], 2.);
  EXPECT_EQ(principal_values({})[0], 0.);
}

TEST(PrincipalStrains, HalveTheEngineeringShear)
{
  const auto values = principal_strains({{0., 0., 0., 0., 0., 2e-3}});
  EXPECT_NEAR(values[0], 1e-3, 1e-15);
  EXPECT_NEAR(values[1], 0., 1e-15);
  EXPECT_NEAR(values[2], -1e-3, 1e-15);
}

TEST(VonMises, OfTensionShearAndPressure)
{
  EXPECT_NEAR(von_mises({{3., 0., 0., 0., 0., 0.}}), 3., 1e-14);
  EXPECT_NEAR(von_mises({{0., 0., 0., 0., 2., 0.}}), std::sqrt(12.), 1e-14);
  EXPECT_NEAR(von_mises({{5., 5., 5., 0., 0., 0.}}), 0., 1e-14);
}

TEST(StressOfStrain, IsUniaxialUnderUniaxialStress)
{
  const materials::IsotropicConstants constants{1000., 0.3};
  const VoigtVector strain{{-3e-4, -3e-4, 1e-3, 0., 1e-3, 0.}};
  const VoigtVector stress = multiply(materials::stiffness(constants), strain);
  const double      expected[6] = {0., 0., 1., 0., 1. / 2.6, 0.};
  for (unsigned int c = 0; c < 6; ++c)
    EXPECT_NEAR(stress[c], expected[c], 1e-12);
  EXPECT_NEAR(contract(stress, strain), 1e-3 * (1. + 1. / 2.6), 1e-12);
}

TEST(StrainEvaluator, IsExactForLinearDisplacementAndFillsTheVolume)
{
  for (const unsigned int degree : {1u, 2u, 3u})
  {
    const PinBlock          block(degree, 0, true);
    const auto              u = block.interpolate([](const Vector3 &x) {
      return Vector3{{1e-3 * x[0] + 4e-3 * x[1],
                      2e-3 * x[1] - 1e-3 * x[2],
                      3e-3 * x[2] + 5e-3 * x[0]}};
    });
    const VoigtVector       exact{{1e-3, 2e-3, 3e-3, -1e-3, 5e-3, 4e-3}};
    const StrainEvaluator   strains(*block.geometry, u, degree + 1);
    std::vector<PointState> points;
    double                  volume = 0.;
    for (std::size_t cell = 0; cell < block.space->cells().size(); ++cell)
    {
      strains.evaluate(cell, points);
      ASSERT_EQ(points.size(), strains.n_points());
      for (const PointState &point : points)
      {
        volume += point.jxw;
        EXPECT_LT(std::abs(point.position[0]), 3.5);
        for (unsigned int c = 0; c < 6; ++c)
          EXPECT_NEAR(point.strain[c], exact[c], 1e-13);
      }
    }
    volume              = dealii::Utilities::MPI::sum(volume, MPI_COMM_WORLD);
    double exact_volume = 0.;
    for (const double v : measure_quality(*block.geometry).volume)
      exact_volume += v;
    EXPECT_NEAR(volume, exact_volume, 1e-9 * exact_volume);
  }
}
} // namespace
} // namespace miniscrew::fem
