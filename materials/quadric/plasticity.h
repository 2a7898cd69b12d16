// SPDX-License-Identifier: LGPL-2.1-or-later
// Strength of a material, and how it hardens, softens, is damaged and relaxes.
#pragma once

#include "materials/elastic/prony_series.h"

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

  /// @name Damage, limit (1 - exp(-(kbar - onset) / strain)) above the onset
  /// Each in compression, and in shear and tension; see DamageLaw.
  /// @{
  double damage_limit_compression = 0., damage_limit_shear = 0.; ///< 0 to 0.99
  double damage_onset_compression = 0.02, damage_onset_shear = 0.02;   ///< >= 0
  double damage_strain_compression = 0.05, damage_strain_shear = 0.05; ///< > 0
  /// Length that kappa is averaged over, mm, >= 0; 0 for a local law.
  double internal_length = 0.;
  /// m in kbar = m average + (1 - m) kappa, >= 1.
  double nonlocal_weight = 2.;
  /// @}

  /// Relaxation of elastic stress while a load is held.
  PronyConstants relaxation;
  /// Overstress per rate of kappa, MPa s, >= 0; regularises softening.
  double viscosity = 0.;
};
} // namespace miniscrew::materials
