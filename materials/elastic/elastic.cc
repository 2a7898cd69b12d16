// SPDX-License-Identifier: LGPL-2.1-or-later
// Stiffness of isotropic and orthotropic elasticity.
#include "materials/elastic/elastic.h"

#include "solver/base/errors.h"

#include <Eigen/Dense>

#include <algorithm>
#include <cmath>
#include <sstream>

namespace miniscrew::materials
{
namespace
{
using Matrix6 = Eigen::Matrix<double, 6, 6, Eigen::RowMajor>;

// Tensor indices of the Voigt components xx, yy, zz, yz, xz, xy.
constexpr std::array<std::array<int, 2>, 6> voigt_indices{
  {{{0, 0}}, {{1, 1}}, {{2, 2}}, {{1, 2}}, {{0, 2}}, {{0, 1}}}};

VoigtMatrix
to_array(const Matrix6 &matrix)
{
  VoigtMatrix result;
  std::copy_n(matrix.data(), result.size(), result.begin());
  return result;
}

/// Compliance of normal stresses in the frame of the material axes; shear is
/// not coupled to them there.
Eigen::Matrix3d
normal_compliance(const OrthotropicConstants &constants)
{
  const auto     &E  = constants.young_modulus;
  const auto     &nu = constants.poisson_ratio; // nu_23, nu_13, nu_12
  Eigen::Matrix3d S;
  for (int i = 0; i < 3; ++i)
    S(i, i) = 1. / E[i];
  S(1, 2) = S(2, 1) = -nu[0] / E[1];
  S(0, 2) = S(2, 0) = -nu[1] / E[0];
  S(0, 1) = S(1, 0) = -nu[2] / E[0];
  return S;
}

/// The material axes as columns.
Eigen::Matrix3d
axes(const OrthotropicConstants &constants)
{
  const Eigen::Vector3d first(constants.axis_1.data());
  const Eigen::Vector3d second(constants.axis_2.data());
  const double          smallest_sine      = 1e-6;
  const double          sine_times_lengths = first.cross(second).norm();
  if (!(sine_times_lengths > smallest_sine * first.norm() * second.norm()))
  {
    std::ostringstream message;
    message << "material axis 1 (" << first.transpose() << ") and axis 2 ("
            << second.transpose()
            << ") must be two directions that are not parallel";
    throw UserError(message.str());
  }
  Eigen::Matrix3d Q;
  Q.col(0) = first.normalized();
  Q.col(1) = (second - second.dot(Q.col(0)) * Q.col(0)).normalized();
  Q.col(2) = Q.col(0).cross(Q.col(1));
  return Q;
}

/// Bond's matrix: Voigt stress in the global frame from that in the frame of
/// the columns of @p Q (Bond 1943, Bell Syst Tech J 22:1-72). Its transpose
/// takes global engineering strains into that frame.
Matrix6
bond_matrix(const Eigen::Matrix3d &Q)
{
  Matrix6 M;
  for (int row = 0; row < 6; ++row)
    for (int column = 0; column < 6; ++column)
    {
      const auto [i, j] = voigt_indices[row];
      const auto [k, l] = voigt_indices[column];
      M(row, column)    = Q(i, k) * Q(j, l);
      if (k != l)
        M(row, column) += Q(i, l) * Q(j, k);
    }
  return M;
}

/// Throws UserError unless all moduli are positive numbers.
void
require_positive(const OrthotropicConstants &constants)
{
  for (const auto &moduli : {constants.young_modulus, constants.shear_modulus})
    for (const double modulus : moduli)
      if (!(std::isfinite(modulus) && modulus > 0.))
      {
        std::ostringstream message;
        message << "the orthotropic moduli must be positive, but one is "
                << modulus << " MPa";
        throw UserError(message.str());
      }
}

/// Stiffness in the frame of the material axes. Throws UserError if it is not
/// positive definite.
Matrix6
stiffness_along_axes(const OrthotropicConstants &constants)
{
  require_positive(constants);

  // Made dimensionless, so that "positive definite" does not depend on the
  // unit: the correlations S_ij / sqrt(S_ii S_jj).
  const Eigen::Matrix3d S     = normal_compliance(constants);
  const Eigen::Vector3d scale = S.diagonal().cwiseSqrt().cwiseInverse();
  const Eigen::Matrix3d correlation =
    scale.asDiagonal() * S * scale.asDiagonal();
  const double smallest = Eigen::SelfAdjointEigenSolver<Eigen::Matrix3d>(
                            correlation, Eigen::EigenvaluesOnly)
                            .eigenvalues()
                            .minCoeff();
  const double smallest_allowed = 1e-10;
  if (!(smallest > smallest_allowed))
  {
    const auto        &nu = constants.poisson_ratio;
    std::ostringstream message;
    message << "the orthotropic constants store negative energy: Poisson's "
               "ratios nu_23 = "
            << nu[0] << ", nu_13 = " << nu[1] << ", nu_12 = " << nu[2]
            << " are too large for their moduli (nu_ij is the contraction "
               "along j under stress along i)";
    throw UserError(message.str());
  }
  Matrix6 C = Matrix6::Zero();
  C.topLeftCorner<3, 3>() =
    scale.asDiagonal() * correlation.inverse() * scale.asDiagonal();
  for (int i = 0; i < 3; ++i)
    C(3 + i, 3 + i) = constants.shear_modulus[i];
  return C;
}

/// @p C in the global frame, given in that of the columns of @p Q.
VoigtMatrix
rotated(const Matrix6 &C, const Eigen::Matrix3d &Q)
{
  const Matrix6 M      = bond_matrix(Q);
  const Matrix6 result = M * C * M.transpose();
  return to_array(0.5 * (result + result.transpose())); // but for rounding
}
} // namespace


double
IsotropicConstants::lame_lambda() const
{
  return young_modulus * poisson_ratio /
         ((1. + poisson_ratio) * (1. - 2. * poisson_ratio));
}


double
IsotropicConstants::shear_modulus() const
{
  return young_modulus / (2. * (1. + poisson_ratio));
}


VoigtMatrix
stiffness(const IsotropicConstants &constants)
{
  const double E = constants.young_modulus, nu = constants.poisson_ratio;
  if (!(std::isfinite(E) && E > 0. && nu > -1. && nu < 0.5))
  {
    std::ostringstream message;
    message << "Young's modulus must be positive and Poisson's ratio above "
               "-1 and below 0.5, but they are "
            << E << " MPa and " << nu;
    throw UserError(message.str());
  }
  const double lambda = constants.lame_lambda();
  const double mu     = constants.shear_modulus();
  Matrix6      C      = Matrix6::Zero();
  C.topLeftCorner<3, 3>().setConstant(lambda);
  C.diagonal().head<3>().array() += 2. * mu;
  C.diagonal().tail<3>().setConstant(mu);
  return to_array(C);
}


VoigtMatrix
stiffness(const OrthotropicConstants &constants)
{
  return rotated(stiffness_along_axes(constants), axes(constants));
}


VoigtMatrix
stiffness(const OrthotropicConstants  &constants,
          const std::array<double, 3> &point)
{
  const Frame     frame = local_frame(constants.field, point);
  Eigen::Matrix3d Q;
  for (int i = 0; i < 3; ++i)
    Q.col(i) = Eigen::Vector3d(frame[i].data());
  return rotated(stiffness_along_axes(constants), Q * axes(constants));
}
} // namespace miniscrew::materials
