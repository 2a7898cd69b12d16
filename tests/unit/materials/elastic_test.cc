// SPDX-License-Identifier: LGPL-2.1-or-later
// Stiffness against closed forms, under rotation, and its refusals.
#include "materials/elastic/elastic.h"

#include "solver/base/errors.h"

#include <Eigen/Dense>
#include <gtest/gtest.h>

#include <cmath>
#include <random>

using namespace miniscrew::materials;
using miniscrew::UserError;

namespace
{
using Matrix6 = Eigen::Matrix<double, 6, 6, Eigen::RowMajor>;
using Vector6 = Eigen::Matrix<double, 6, 1>;

Matrix6
matrix(const VoigtMatrix &array)
{
  return Eigen::Map<const Matrix6>(array.data());
}

/// Engineering strains of a symmetric tensor, in the order of VoigtMatrix.
Vector6
voigt_strain(const Eigen::Matrix3d &e)
{
  Vector6 v;
  v << e(0, 0), e(1, 1), e(2, 2), 2. * e(1, 2), 2. * e(0, 2), 2. * e(0, 1);
  return v;
}

/// An orthotropic set with no symmetry left to chance.
OrthotropicConstants
mandible()
{
  OrthotropicConstants constants;
  constants.young_modulus = {{17900., 12500., 26600.}};
  constants.shear_modulus = {{5300., 7100., 4500.}};
  constants.poisson_ratio = {{0.31, 0.28, 0.26}};
  return constants;
}

/// The isotropic law in the orthotropic form.
OrthotropicConstants
orthotropic_form(const IsotropicConstants &isotropic)
{
  const double E = isotropic.young_modulus, nu = isotropic.poisson_ratio;
  OrthotropicConstants constants;
  constants.young_modulus.fill(E);
  constants.shear_modulus.fill(E / (2. * (1. + nu)));
  constants.poisson_ratio.fill(nu);
  return constants;
}

void
expect_equal(const Matrix6 &a, const Matrix6 &b)
{
  EXPECT_LT((a - b).norm(), 1e-12 * b.norm()) << a << "\n\n" << b;
}

std::string
message(const OrthotropicConstants &constants)
{
  try
  {
    (void)stiffness(constants);
  }
  catch (const UserError &error)
  {
    return error.what();
  }
  return "";
}
} // namespace

TEST(Isotropic, LameConstants)
{
  const IsotropicConstants bone{13700., 0.30};
  EXPECT_NEAR(bone.lame_lambda(), 7903.846153846, 1e-8);
  EXPECT_NEAR(bone.shear_modulus(), 5269.230769231, 1e-8);
  EXPECT_EQ((IsotropicConstants{5., 0.}.lame_lambda()), 0.);
}

TEST(Isotropic, StiffnessInvertsHookesLaw)
{
  const double  E = 13700., nu = 0.30;
  const Matrix6 C = matrix(stiffness(IsotropicConstants{E, nu}));
  Vector6       pull; // strain under unit stress along x
  pull << 1. / E, -nu / E, -nu / E, 0., 0., 0.;
  EXPECT_LT((C * pull - Vector6::Unit(0)).norm(), 1e-13);
  for (int i = 3; i < 6; ++i)
    EXPECT_DOUBLE_EQ(C(i, i), E / (2. * (1. + nu)));
  EXPECT_EQ(C, C.transpose());
}

TEST(Isotropic, RefusesWhatIsNotPositiveDefinite)
{
  EXPECT_NO_THROW((void)stiffness(IsotropicConstants{1., -0.9}));
  for (const auto &[E, nu] : {std::pair(0., 0.3),
                              std::pair(-1., 0.3),
                              std::pair(1., 0.5),
                              std::pair(1., -1.),
                              std::pair(std::nan(""), 0.3),
                              std::pair(1., std::nan(""))})
    EXPECT_THROW((void)stiffness(IsotropicConstants{E, nu}), UserError);
  try
  {
    (void)stiffness(IsotropicConstants{100., 0.5});
  }
  catch (const UserError &error)
  {
    EXPECT_STREQ(error.what(),
                 "Young's modulus must be positive and Poisson's ratio above "
                 "-1 and below 0.5, but they are 100 MPa and 0.5");
  }
}

TEST(Orthotropic, IsotropicConstantsGiveTheIsotropicLaw)
{
  const IsotropicConstants isotropic{1370., 0.3};
  OrthotropicConstants     constants = orthotropic_form(isotropic);
  expect_equal(matrix(stiffness(constants)), matrix(stiffness(isotropic)));
  // In any frame; axis 2 need not be orthogonal to axis 1.
  constants.axis_1 = {{1., 2., -0.5}};
  constants.axis_2 = {{0.3, 1., 4.}};
  expect_equal(matrix(stiffness(constants)), matrix(stiffness(isotropic)));
}

TEST(Orthotropic, UniaxialStressGivesTheConstantsBack)
{
  const Matrix6 S = matrix(stiffness(mandible())).inverse();
  EXPECT_NEAR(1. / S(0, 0), 17900., 1e-7);
  EXPECT_NEAR(1. / S(1, 1), 12500., 1e-7);
  EXPECT_NEAR(1. / S(2, 2), 26600., 1e-7);
  EXPECT_NEAR(1. / S(3, 3), 5300., 1e-7);
  EXPECT_NEAR(1. / S(4, 4), 7100., 1e-7);
  EXPECT_NEAR(1. / S(5, 5), 4500., 1e-7);
  EXPECT_NEAR(-S(2, 1) / S(1, 1), 0.31, 1e-12); // nu_23
  EXPECT_NEAR(-S(2, 0) / S(0, 0), 0.28, 1e-12); // nu_13
  EXPECT_NEAR(-S(1, 0) / S(0, 0), 0.26, 1e-12); // nu_12
}

TEST(Orthotropic, QuarterTurnPermutes)
{
  // Axis 1 along y, axis 2 along -x: a quarter turn about z.
  OrthotropicConstants constants = mandible();
  const Matrix6        C         = matrix(stiffness(constants));
  constants.axis_1               = {{0., 3., 0.}};
  constants.axis_2               = {{-1., 0., 0.}};
  const int permutation[]        = {1, 0, 2, 4, 3, 5};
  Matrix6   expected;
  for (int i = 0; i < 6; ++i)
    for (int j = 0; j < 6; ++j)
      expected(i, j) = C(permutation[i], permutation[j]);
  expect_equal(matrix(stiffness(constants)), expected);
}

TEST(Orthotropic, CyclicTurnPermutes)
{
  // Axes 1, 2, 3 along z, x, y.
  OrthotropicConstants constants = mandible();
  const Matrix6        C         = matrix(stiffness(constants));
  constants.axis_1               = {{0., 0., 1.}};
  constants.axis_2               = {{1., 0., 0.}};
  const Matrix6 R                = matrix(stiffness(constants));
  EXPECT_NEAR(R(2, 2), C(0, 0), 1e-8);
  EXPECT_NEAR(R(0, 0), C(1, 1), 1e-8);
  EXPECT_NEAR(R(1, 1), C(2, 2), 1e-8);
  EXPECT_NEAR(R(0, 1), C(1, 2), 1e-8);
  EXPECT_NEAR(R(5, 5), C(3, 3), 1e-8); // xy = 23
  EXPECT_NEAR(R(3, 3), C(4, 4), 1e-8); // yz = 31
  EXPECT_NEAR(R(4, 4), C(5, 5), 1e-8); // xz = 21
}

TEST(Orthotropic, EnergyDoesNotDependOnTheFrame)
{
  // Material and strain turned together store the same energy; the strain is
  // turned as a tensor, independently of Bond's matrix.
  std::mt19937                     generator(42);
  std::normal_distribution<double> normal;
  const Matrix6                    C = matrix(stiffness(mandible()));
  for (unsigned int sample = 0; sample < 20; ++sample)
  {
    const auto            random = [&]() { return normal(generator); };
    const Eigen::Matrix3d Q =
      Eigen::Quaterniond(random(), random(), random(), random())
        .normalized()
        .toRotationMatrix();
    Eigen::Matrix3d strain = Eigen::Matrix3d::NullaryExpr(random);
    strain                 = (strain + strain.transpose()).eval();

    OrthotropicConstants turned                       = mandible();
    Eigen::Map<Eigen::Vector3d>(turned.axis_1.data()) = Q.col(0);
    Eigen::Map<Eigen::Vector3d>(turned.axis_2.data()) = Q.col(1);
    const Vector6 e                                   = voigt_strain(strain);
    const Vector6 e_turned =
      voigt_strain(Eigen::Matrix3d(Q * strain * Q.transpose()));
    const double energy = e.dot(C * e);
    EXPECT_NEAR(e_turned.dot(matrix(stiffness(turned)) * e_turned),
                energy,
                1e-11 * energy);
  }
}

TEST(Orthotropic, RefusesWhatIsNotPositiveDefinite)
{
  OrthotropicConstants constants = mandible();
  constants.poisson_ratio[0]     = 0.75; // above sqrt(E_2 / E_3) = 0.686
  EXPECT_EQ(message(constants),
            "the orthotropic constants store negative energy: Poisson's ratios "
            "nu_23 = 0.75, nu_13 = 0.28, nu_12 = 0.26 are too large for their "
            "moduli (nu_ij is the contraction along j under stress along i)");
  constants                  = mandible();
  constants.shear_modulus[1] = 0.;
  EXPECT_EQ(message(constants),
            "the orthotropic moduli must be positive, but one is 0 MPa");
}

TEST(Orthotropic, RefusesParallelAxes)
{
  OrthotropicConstants constants = mandible();
  constants.axis_2               = {{2., 0., 0.}};
  EXPECT_EQ(message(constants),
            "material axis 1 (1 0 0) and axis 2 (2 0 0) must be two directions "
            "that are not parallel");
  constants.axis_1 = {{0., 0., 0.}};
  EXPECT_NE(message(constants), "");
}
