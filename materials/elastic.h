// SPDX-License-Identifier: LGPL-2.1-or-later
// Linear elastic constants, isotropic and orthotropic.
#pragma once

#include <array>
#include <string>

namespace miniscrew::materials
{
/// Elastic stiffness in Voigt order xx, yy, zz, yz, xz, xy with engineering
/// shear strains (gamma = 2 epsilon); MPa; row-major and symmetric.
using VoigtMatrix = std::array<double, 36>;

/// Isotropic elasticity.
struct IsotropicConstants
{
  double young_modulus = 1.; ///< MPa, > 0
  double poisson_ratio = 0.; ///< in (-1, 0.5)

  double lame_lambda() const;
  double shear_modulus() const;
};

/// Orthotropic elasticity in the frame of its axes 1, 2, 3; nu_ij is the
/// contraction along j under stress along i (nu_ij / E_i = nu_ji / E_j).
struct OrthotropicConstants
{
  std::array<double, 3> young_modulus{{1., 1., 1.}}; ///< E_1, E_2, E_3 in MPa
  std::array<double, 3> shear_modulus{{1., 1., 1.}}; ///< G_23, G_13, G_12
  std::array<double, 3> poisson_ratio{{0., 0., 0.}}; ///< nu_23, nu_13, nu_12
  /// Directions of the material axes 1 and 2 (need not be unit vectors;
  /// axis 2 is made orthogonal to axis 1), axis 3 completes a right-handed
  /// frame.
  std::array<double, 3> axis_1{{1., 0., 0.}};
  std::array<double, 3> axis_2{{0., 1., 0.}};
};

/// Stiffness of the isotropic law. Throws UserError if not positive definite.
VoigtMatrix stiffness(const IsotropicConstants &constants);

/// Stiffness of the orthotropic law, rotated into the global frame. Throws
/// UserError if the compliance is not positive definite or axes are parallel.
VoigtMatrix stiffness(const OrthotropicConstants &constants);

/// A named material: its elastic law and the strength that results are
/// compared with.
struct Material
{
  std::string          name;
  bool                 is_isotropic = true;
  IsotropicConstants   isotropic;
  OrthotropicConstants orthotropic;       ///< used if not is_isotropic
  double               yield_stress = 0.; ///< MPa; 0 if not given
  std::string          source;            ///< publication, or "user"
  bool assumed = false; ///< rests on memory or assumption, not on a source

  VoigtMatrix stiffness() const;
};
} // namespace miniscrew::materials
