// SPDX-License-Identifier: LGPL-2.1-or-later
// Natural coordinates of an elastic law and a quadric yield surface.
#include "materials/quadric/natural_frame.h"

#include <Eigen/Dense>

#include <algorithm>
#include <cmath>
#include <limits>

namespace miniscrew::materials
{
namespace
{
using Matrix6 = Eigen::Matrix<double, 6, 6, Eigen::RowMajor>;
using Vector6 = Eigen::Matrix<double, 6, 1>;

// Rounding of the apex of a cone, over the yield stress.
constexpr double apex_rounding = 0.01;
// Below this distance of the interaction from 1/2 the surface is a cone.
constexpr double cone_tolerance = 1e-12;
// Directions per half turn in which the snap-back limit is looked for.
constexpr unsigned int n_directions = 360;

VoigtMatrix
to_array(const Matrix6 &matrix)
{
  VoigtMatrix result;
  std::copy_n(matrix.data(), result.size(), result.begin());
  return result;
}

Vector6
hydrostatic_tensor()
{
  Vector6 result = Vector6::Zero();
  result.head<3>().setOnes();
  return result;
}

// N.C N where a ray from the origin meets the surface, infinity if it does
// not. In natural coordinates C is the identity.
double
stiffness_along_flow(const Quadric &quadric,
                     const Vector6 &direction,
                     const double   yield_stress)
{
  // t^2 Q + e^2 = (yield stress - t B)^2; the root on the surface.
  const Vector6 curvature(quadric.curvature.data()),
    slope(quadric.slope.data());
  const double Q = curvature.dot(direction.cwiseAbs2());
  const double B = slope.dot(direction);
  const double rest =
    yield_stress * yield_stress - quadric.rounding * quadric.rounding;
  const double denominator =
    yield_stress * B +
    std::sqrt(
      std::max(0., yield_stress * yield_stress * B * B + (Q - B * B) * rest));
  if (!(denominator > 1e-9 * yield_stress * std::sqrt(curvature.maxCoeff())))
    return std::numeric_limits<double>::infinity();
  NaturalVector y;
  Eigen::Map<Vector6>(y.data()) = rest / denominator * direction;
  return FlowStiffness(quadric, y, 0.).along_normal;
}
} // namespace


// With Kelvin's components (shear times sqrt 2) all tensors are symmetric
// matrices; F v = lambda S v, v.S v = 1 then gives modes V with S = 1 and F
// diagonal in y = V^-1 s.
NaturalFrame
natural_frame(const VoigtMatrix &stiffness, const Plasticity &plasticity)
{
  // (i) The quadric of Schwiedrzik et al. 2013 in Kelvin's components.
  const double tension      = plasticity.yield_tension,
               reference    = plasticity.yield_compression;
  const bool   is_cone      = 1. - 2. * plasticity.interaction < cone_tolerance;
  const double zeta         = is_cone ? 0.5 : plasticity.interaction;
  const double F0           = 0.5 * (1. + reference / tension),
               F2           = 0.5 * (reference / tension - 1.);
  const Vector6 hydrostatic = hydrostatic_tensor();
  const Matrix6 F           = F0 * F0 *
                    ((1. + zeta) * Matrix6::Identity() -
                     zeta * hydrostatic * hydrostatic.transpose());

  // (ii) The modes.
  Vector6 kelvin = Vector6::Ones();
  kelvin.tail<3>().setConstant(std::sqrt(2.));
  const Matrix6 C = kelvin.asDiagonal() *
                    Eigen::Map<const Matrix6>(stiffness.data()) *
                    kelvin.asDiagonal();
  const Matrix6                                           S = C.inverse();
  const Eigen::GeneralizedSelfAdjointEigenSolver<Matrix6> solver(
    F, 0.5 * (S + S.transpose()));
  const Matrix6 V = solver.eigenvectors();

  // (iii) Back to Voigt's components, and the quadric in the modes.
  NaturalFrame  result;
  const Matrix6 modes = kelvin.cwiseInverse().asDiagonal() * V;
  result.modes        = to_array(modes);
  result.dual_modes   = to_array(modes.inverse().transpose());
  Eigen::Map<Vector6> curvature(result.quadric.curvature.data());
  curvature = solver.eigenvalues().cwiseMax(0.);
  if (is_cone)
    curvature[0] = 0.; // eigenvalues ascend
  Eigen::Map<Vector6>(result.quadric.slope.data()) =
    F2 * V.transpose() * hydrostatic;
  if (is_cone && F2 != 0.)
    result.quadric.rounding =
      apex_rounding * reference * std::min(1., plasticity.saturation_ratio);
  return result;
}


// The least is looked for between hydrostatic stress and each mode: exact, but
// for the finite number of directions, if elasticity is isotropic; an estimate
// from above otherwise. A step that snaps nevertheless is not admissible.
double
snap_back_limit(const NaturalFrame &frame, const double yield_stress)
{
  const double  half_turn = std::acos(-1.);
  const Vector6 hydrostatic =
    (Eigen::Map<const Matrix6>(frame.dual_modes.data()).transpose() *
     hydrostatic_tensor())
      .normalized();
  double least = std::numeric_limits<double>::infinity();
  for (unsigned int mode = 0; mode < 6; ++mode)
    for (unsigned int i = 0; i < 2 * n_directions; ++i)
    {
      const double  angle = i * half_turn / n_directions;
      const Vector6 direction =
        std::cos(angle) * hydrostatic + std::sin(angle) * Vector6::Unit(mode);
      least = std::min(
        least, stiffness_along_flow(frame.quadric, direction, yield_stress));
    }
  return least;
}
} // namespace miniscrew::materials
