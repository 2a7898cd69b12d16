// SPDX-License-Identifier: LGPL-2.1-or-later
// Linear elastic constants, isotropic and orthotropic.
#pragma once

#include "materials/elastic/direction_field.h"
#include "materials/voigt.h"

#include <array>

namespace miniscrew::materials
{
/// Isotropic elasticity.
struct IsotropicConstants
{
  double young_modulus = 1.; ///< MPa, > 0
  double poisson_ratio = 0.; ///< in (-1, 0.5)

  [[nodiscard]] double lame_lambda() const;
  [[nodiscard]] double shear_modulus() const;
};

/// Orthotropic elasticity in the frame of its axes 1, 2, 3; nu_ij is the
/// contraction along j under stress along i (nu_ij / E_i = nu_ji / E_j).
/// The axes may turn with the point, as around the canal of a long bone.
struct OrthotropicConstants
{
  std::array<double, 3> young_modulus{{1., 1., 1.}}; ///< E_1, E_2, E_3 in MPa
  std::array<double, 3> shear_modulus{{1., 1., 1.}}; ///< G_23, G_13, G_12
  std::array<double, 3> poisson_ratio{{0., 0., 0.}}; ///< nu_23, nu_13, nu_12
  /// Directions of the material axes 1 and 2 in the frame of the field (need
  /// not be unit vectors; axis 2 is made orthogonal to axis 1), axis 3
  /// completes a right-handed frame.
  std::array<double, 3> axis_1{{1., 0., 0.}};
  std::array<double, 3> axis_2{{0., 1., 0.}};
  DirectionField        field;
};

/// Stiffness of the isotropic law. Throws UserError if not positive definite.
[[nodiscard]] VoigtMatrix stiffness(const IsotropicConstants &constants);

/// Stiffness of the orthotropic law in the frame of its field, which is the
/// global one if the field is uniform. Throws UserError if the compliance is
/// not positive definite or axes are parallel.
[[nodiscard]] VoigtMatrix stiffness(const OrthotropicConstants &constants);

/// Stiffness of the orthotropic law at a point (mm) in the global frame. Throws
/// UserError as above, or if the line of the field has no direction.
[[nodiscard]] VoigtMatrix stiffness(const OrthotropicConstants  &constants,
                                    const std::array<double, 3> &point);
} // namespace miniscrew::materials
