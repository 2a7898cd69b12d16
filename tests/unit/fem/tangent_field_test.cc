// SPDX-License-Identifier: LGPL-2.1-or-later
// Tangents of the fine rule's points, averaged for coarser rules.
#include "solver/fem/operator/point_law.h"
#include "solver/fem/space/reference_element.h"

#include <gtest/gtest.h>

using namespace miniscrew::fem;

namespace
{
// A tangent that grows along x, y and z of the unit cube.
VoigtMatrix
tangent_at(const std::array<double, 3> &x)
{
  VoigtMatrix C{};
  for (unsigned int i = 0; i < 6; ++i)
    C[7 * i] = 1. + x[0] + 2. * x[1] + 4. * x[2];
  return C;
}

std::vector<VoigtMatrix>
tangents(const CubeQuadrature &rule)
{
  std::vector<VoigtMatrix> result;
  for (const auto &point : rule.points)
    result.push_back(tangent_at(point));
  return result;
}
} // namespace

TEST(TangentField, HoldsThePointsOfItsRule)
{
  const CubeQuadrature rule(3);
  TangentField         field(5, 3);
  field.add(3, tangents(rule));
  field.add(1, std::vector<VoigtMatrix>(27, tangent_at({{0., 0., 0.}})));
  EXPECT_FALSE(field.contains(0));
  EXPECT_TRUE(field.contains(1));
  for (unsigned int q = 0; q < 27; ++q)
  {
    EXPECT_NEAR(field.at(3, q, 3)[7], tangent_at(rule.points[q])[7], 1e-6);
    EXPECT_NEAR(field.at(1, q, 3)[0], 1., 1e-6);
  }
}

// The mean over the cell stays, and no mean leaves the range of the points.
TEST(TangentField, AveragesForCoarserRules)
{
  const CubeQuadrature fine(4);
  TangentField         field(1, 4);
  field.add(0, tangents(fine));
  for (const unsigned int n : {2u, 3u})
  {
    const CubeQuadrature coarse(n);
    double               mean = 0., last = 0.;
    for (unsigned int q = 0; q < coarse.points.size(); ++q)
    {
      const double value = field.at(0, q, n)[0];
      EXPECT_GT(value, 1.);
      EXPECT_LT(value, 8.);
      if (q % n > 0)
      {
        EXPECT_GT(value, last);
      }
      last = value;
      mean += coarse.weights[q] * value;
    }
    EXPECT_NEAR(mean, 4.5, 1e-6);
  }
}

TEST(TangentField, TakesTheSymmetricPart)
{
  VoigtMatrix C{};
  C[1] = 3.;
  C[6] = 1.;
  TangentField field(1, 2);
  field.add(0, std::vector<VoigtMatrix>(8, C));
  EXPECT_EQ(field.at(0, 0, 2)[1], 2.);
  EXPECT_EQ(field.at(0, 0, 2)[6], 2.);
}
