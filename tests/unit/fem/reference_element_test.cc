// SPDX-License-Identifier: LGPL-2.1-or-later
// Shape functions, rules and numbering of the reference element.
#include "solver/fem/space/reference_element.h"

#include <deal.II/fe/fe_q.h>

#include <gtest/gtest.h>

#include <cmath>

using namespace miniscrew::fem;

namespace
{
class ReferenceElement : public ::testing::TestWithParam<unsigned int>
{};

dealii::Point<3>
point(const std::array<double, 3> &p)
{
  return {p[0], p[1], p[2]};
}
} // namespace

TEST_P(ReferenceElement, NodesAreTheSupportPointsOfFeQ)
{
  const unsigned int    n = GetParam() + 1;
  const dealii::FE_Q<3> fe(GetParam());
  const Basis1D         basis(GetParam(), 1);
  const auto            order = lexicographic_to_hierarchic(GetParam());
  ASSERT_EQ(order.size(), fe.dofs_per_cell);
  for (unsigned int i = 0; i < order.size(); ++i)
  {
    const dealii::Point<3> node(
      basis.nodes[i % n], basis.nodes[i / n % n], basis.nodes[i / (n * n)]);
    EXPECT_LT(node.distance(fe.unit_support_point(order[i])), 1e-14) << i;
  }
}

TEST_P(ReferenceElement, ShapeFunctionsAreThoseOfFeQ)
{
  const dealii::FE_Q<3>                    fe(GetParam());
  const std::vector<std::array<double, 3>> points{{{0.1, 0.73, 0.42}},
                                                  {{0.95, 0.02, 0.6}}};
  const ShapeTable                         table(GetParam(), points);
  const auto order = lexicographic_to_hierarchic(GetParam());
  for (unsigned int q = 0; q < points.size(); ++q)
    for (unsigned int i = 0; i < table.n_nodes; ++i)
    {
      EXPECT_NEAR(table.values[q * table.n_nodes + i],
                  fe.shape_value(order[i], point(points[q])),
                  1e-13);
      const auto gradient = fe.shape_grad(order[i], point(points[q]));
      for (unsigned int d = 0; d < 3; ++d)
        EXPECT_NEAR(
          table.gradients[q * table.n_nodes + i][d], gradient[d], 1e-12);
    }
}

INSTANTIATE_TEST_SUITE_P(Degrees, ReferenceElement, ::testing::Values(1, 2, 3));

TEST(CubeQuadrature, IsExactForItsDegree)
{
  for (unsigned int n = 1; n <= 5; ++n)
  {
    const CubeQuadrature rule(n);
    const unsigned int   degree = 2 * n - 1;
    double               sum    = 0.;
    for (unsigned int q = 0; q < rule.points.size(); ++q)
      sum += rule.weights[q] * std::pow(rule.points[q][0], degree) *
             std::pow(rule.points[q][1], degree) * rule.points[q][2];
    EXPECT_NEAR(sum, 0.5 / ((degree + 1.) * (degree + 1.)), 1e-14);
  }
}

TEST(FaceQuadrature, DirectionsSpanAnOutwardNormal)
{
  for (unsigned int face = 0; face < 6; ++face)
  {
    const FaceQuadrature rule(3, face);
    const unsigned int   normal = face / 2;
    // e_a x e_b = +e_normal if (a, b, normal) is a cyclic order.
    const bool upward = (rule.first_direction + 1) % 3 == rule.second_direction;
    EXPECT_EQ(upward, face % 2 == 1);
    double area = 0.;
    for (unsigned int q = 0; q < rule.points.size(); ++q)
    {
      EXPECT_EQ(rule.points[q][normal], face % 2);
      area += rule.weights[q];
    }
    EXPECT_NEAR(area, 1., 1e-14);
  }
}
