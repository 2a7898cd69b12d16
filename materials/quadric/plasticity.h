// SPDX-License-Identifier: LGPL-2.1-or-later
// Strength of a material, and how it hardens, softens and is damaged.
#pragma once

namespace miniscrew::materials
{
/// Constants of the generalised quadric law (see QuadricLaw). Special cases use
/// fewer of them: Drucker-Prager no interaction, von Mises one strength.
struct Plasticity
{
  /// Uniaxial yield stresses, MPa, > 0; of von Mises both are the same. 0 if
  /// the material has none.
  double yield_tension = 0., yield_compression = 0.;
  /// zeta: 1/2 is a cone, less a closed ellipsoid; in (-1, 1/2].
  double interaction = 0.5;
  /// Slope of the yield stress in compression over kappa, MPa, >= 0.
  double hardening_modulus = 0.;
  /// The yield stress also goes to this multiple of the first one, > 0; below
  /// 1 it softens. kappa at which 63 % of the way is done, > 0.
  double saturation_ratio = 1., saturation_strain = 0.01;
  /// Damage D = limit (1 - exp(-rate kappa)); limit in [0, 0.99], rate >= 0.
  double damage_limit = 0., damage_rate = 0.;
  /// Overstress per rate of kappa, MPa s, >= 0; regularises softening.
  double viscosity = 0.;
};
} // namespace miniscrew::materials
