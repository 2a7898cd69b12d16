// SPDX-License-Identifier: LGPL-2.1-or-later
// Frames that turn around a line, and the stiffness in them.
#include "materials/material.h"

#include "solver/base/errors.h"

#include <Eigen/Dense>
#include <gtest/gtest.h>

#include <random>

using namespace miniscrew::materials;
using miniscrew::UserError;

namespace
{
using Matrix6 = Eigen::Matrix<double, 6, 6, Eigen::RowMajor>;
using Point   = std::array<double, 3>;

Matrix6
matrix(const VoigtMatrix &array)
{
  return Eigen::Map<const Matrix6>(array.data());
}

Eigen::Matrix3d
matrix(const Frame &frame)
{
  Eigen::Matrix3d Q;
  for (int i = 0; i < 3; ++i)
    Q.col(i) = Eigen::Vector3d(frame[i].data());
  return Q;
}

/// A line that is parallel to no axis and does not pass the origin.
DirectionField
slanted_field()
{
  return {FieldKind::cylindrical, {{1., -2., 0.5}}, {{0.3, -1., 2.}}};
}

/// Bone with axes 1, 2, 3 along radius, circumference and the line.
Material
tube(const DirectionField &field)
{
  Material material;
  material.is_isotropic              = false;
  material.orthotropic.young_modulus = {{12500., 17900., 26600.}};
  material.orthotropic.shear_modulus = {{7100., 5300., 4500.}};
  material.orthotropic.poisson_ratio = {{0.28, 0.20, 0.18}};
  material.orthotropic.field         = field;
  return material;
}

/// Points around the slanted line; the first are on it and next to it.
std::vector<Point>
points()
{
  std::vector<Point>               result = {{{1., -2., 0.5}},
                                             {{1.3, -3., 2.5}},
                                             {{1. + 1e-12, -2., 0.5}},
                                             {{1. + 1e-8, -2., 0.5}}};
  std::mt19937                     generator(7);
  std::normal_distribution<double> normal(0., 5.);
  for (unsigned int i = 0; i < 20; ++i)
    result.push_back(
      {{normal(generator), normal(generator), normal(generator)}});
  return result;
}
} // namespace

TEST(DirectionField, UniformIsTheGlobalFrame)
{
  EXPECT_EQ(matrix(local_frame({}, {{3., 4., 5.}})),
            Eigen::Matrix3d::Identity());
}

TEST(DirectionField, FramesAreRotationsWithTheLineAsThirdAxis)
{
  const DirectionField  field = slanted_field();
  const Eigen::Vector3d line  = Eigen::Vector3d(field.line.data()).normalized();
  for (const Point &point : points())
  {
    const Eigen::Matrix3d Q = matrix(local_frame(field, point));
    EXPECT_LT((Q.transpose() * Q - Eigen::Matrix3d::Identity()).norm(), 1e-14);
    EXPECT_NEAR(Q.determinant(), 1., 1e-14);
    EXPECT_LT((Q.col(2) - line).norm(), 1e-15);
  }
}

TEST(DirectionField, RadialAndCircumferentialAroundTheAxis)
{
  const DirectionField field{
    FieldKind::cylindrical, {{0., 0., 7.}}, {{0., 0., 2.}}};
  const double    c = std::sqrt(0.5);
  Eigen::Matrix3d expected;
  expected << c, -c, 0., c, c, 0., 0., 0., 1.;
  EXPECT_LT((matrix(local_frame(field, {{3., 3., -1.}})) - expected).norm(),
            1e-15);
  // On the line the frame is the same all along it.
  EXPECT_EQ(local_frame(field, {{0., 0., 1.}}),
            local_frame(field, {{0., 0., -20.}}));
}

TEST(DirectionField, NeedsADirection)
{
  const DirectionField field{
    FieldKind::cylindrical, {{0., 0., 0.}}, {{0., 0., 0.}}};
  EXPECT_THROW(local_frame(field, {{1., 0., 0.}}), UserError);
}

TEST(TurningStiffness, QuarterTurnExchangesRadiusAndCircumference)
{
  const Material material = tube({FieldKind::cylindrical, {}, {{0., 0., 1.}}});
  EXPECT_TRUE(material.varies_in_space());
  const Matrix6 on_x          = matrix(material.stiffness({{2., 0., 9.}}));
  const Matrix6 on_y          = matrix(material.stiffness({{0., 5., -1.}}));
  const int     permutation[] = {1, 0, 2, 4, 3, 5};
  for (int i = 0; i < 6; ++i)
    for (int j = 0; j < 6; ++j)
      EXPECT_NEAR(on_y(i, j), on_x(permutation[i], permutation[j]), 1e-9);
  // On the x axis radial is x, so that nothing is turned.
  EXPECT_LT((on_x - matrix(material.stiffness())).norm(), 1e-9);
}

TEST(TurningStiffness, HasTheSameInvariantsEverywhere)
{
  // The linear invariants of a stiffness, C_iijj and C_ijij, do not depend on
  // the frame (Ting 1987, Q J Mech Appl Math 40:431); it stays symmetric and
  // positive definite.
  const Material material   = tube(slanted_field());
  const auto     invariants = [](const Matrix6 &C) {
    return Eigen::Vector2d(C.topLeftCorner<3, 3>().sum(),
                           C.diagonal().head<3>().sum() +
                             2. * C.diagonal().tail<3>().sum());
  };
  const Eigen::Vector2d expected = invariants(matrix(material.stiffness()));
  for (const Point &point : points())
  {
    const Matrix6 C = matrix(material.stiffness(point));
    EXPECT_LT((invariants(C) - expected).norm(), 1e-10 * expected.norm());
    EXPECT_EQ(C, C.transpose());
    EXPECT_GT(
      Eigen::SelfAdjointEigenSolver<Matrix6>(C).eigenvalues().minCoeff(),
      1000.);
  }
}

TEST(TurningStiffness, IsThatOfUniformAxesAlongTheFrame)
{
  Material material           = tube(slanted_field());
  material.orthotropic.axis_1 = {{0.2, 1., 0.4}};
  material.orthotropic.axis_2 = {{1., 0., -0.3}};
  for (const Point &point : points())
  {
    const Eigen::Matrix3d Q       = matrix(local_frame(slanted_field(), point));
    OrthotropicConstants  uniform = material.orthotropic;
    uniform.field                 = DirectionField();
    for (Point *axis : {&uniform.axis_1, &uniform.axis_2})
    {
      Eigen::Map<Eigen::Vector3d> vector(axis->data());
      vector = (Q * vector).eval();
    }
    const Matrix6 expected = matrix(stiffness(uniform));
    EXPECT_LT((matrix(material.stiffness(point)) - expected).norm(),
              1e-12 * expected.norm());
  }
}

TEST(TurningStiffness, DoesNotTurnIsotropicConstants)
{
  const IsotropicConstants isotropic{1370., 0.3};
  Material                 material = tube(slanted_field());
  material.orthotropic.young_modulus.fill(1370.);
  material.orthotropic.shear_modulus.fill(isotropic.shear_modulus());
  material.orthotropic.poisson_ratio.fill(0.3);
  const Matrix6 expected = matrix(stiffness(isotropic));
  for (const Point &point : points())
    EXPECT_LT((matrix(material.stiffness(point)) - expected).norm(),
              1e-12 * expected.norm());
  // An isotropic material has no axes at all.
  material.is_isotropic = true;
  EXPECT_FALSE(material.varies_in_space());
  EXPECT_EQ(material.stiffness({{1., 2., 3.}}), material.stiffness());
}
