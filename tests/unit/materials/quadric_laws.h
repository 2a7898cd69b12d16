// SPDX-License-Identifier: LGPL-2.1-or-later
// Inelastic materials for tests.
#pragma once

#include "materials/material.h"

#include <cmath>
#include <string>
#include <vector>

namespace miniscrew::test
{
/// An isotropic material that yields, and does not harden.
inline materials::Material
inelastic(const std::string &name,
          const std::string &law,
          const double       tension,
          const double       compression,
          const double       interaction = 0.5)
{
  materials::Material result;
  result.name                         = name;
  result.isotropic.young_modulus      = 12000.;
  result.isotropic.poisson_ratio      = 0.3;
  result.law                          = law;
  result.plasticity.yield_tension     = tension;
  result.plasticity.yield_compression = compression;
  result.plasticity.interaction       = interaction;
  return result;
}

/// Damage that begins at once, and is less in compression, where it also comes
/// more slowly.
inline void
damage(materials::Material &material, const double limit, const double strain)
{
  materials::Plasticity &p    = material.plasticity;
  p.damage_limit_shear        = limit;
  p.damage_limit_compression  = 0.8 * limit;
  p.damage_onset_shear        = 0.;
  p.damage_onset_compression  = 0.001;
  p.damage_strain_shear       = strain;
  p.damage_strain_compression = 1.3 * strain;
}

/// Damage of a point that has always been in uniaxial compression, or always in
/// shear or tension.
inline double
damage_at(const materials::Plasticity &p,
          const double                 kappa,
          const bool                   is_compressed)
{
  const double limit =
    is_compressed ? p.damage_limit_compression : p.damage_limit_shear;
  const double onset =
    is_compressed ? p.damage_onset_compression : p.damage_onset_shear;
  const double strain =
    is_compressed ? p.damage_strain_compression : p.damage_strain_shear;
  return kappa > onset ? limit * (1. - std::exp(-(kappa - onset) / strain))
                       : 0.;
}

/// Orthotropic bone with no symmetry left to chance.
inline materials::OrthotropicConstants
oblique_bone()
{
  materials::OrthotropicConstants constants;
  constants.young_modulus = {{17900., 12500., 26600.}};
  constants.shear_modulus = {{5300., 7100., 4500.}};
  constants.poisson_ratio = {{0.31, 0.28, 0.26}};
  constants.axis_1        = {{1., 0.3, -0.2}};
  constants.axis_2        = {{0.1, 1., 0.4}};
  return constants;
}

/// One of each kind whose yield stress does not fall.
inline std::vector<materials::Material>
hardening_laws()
{
  std::vector<materials::Material> laws{
    inelastic("von Mises", "von-mises", 100., 100.),
    inelastic("von Mises, hardening", "von-mises", 100., 100.),
    inelastic("cone", "drucker-prager", 60., 100.),
    inelastic("ellipsoid 0.2", "quadric", 70., 100., 0.2),
    inelastic("ellipsoid -0.1, hardening", "quadric", 70., 100., -0.1),
    inelastic("damage", "quadric", 80., 110., 0.3),
    inelastic("viscous cone", "drucker-prager", 60., 100.),
    inelastic("orthotropic", "quadric", 80., 110., 0.3),
    inelastic("orthotropic cone", "drucker-prager", 60., 100.)};
  laws[1].plasticity.hardening_modulus = 800.;
  laws[4].plasticity.hardening_modulus = 500.;
  laws[4].plasticity.saturation_ratio  = 1.5;
  laws[5].plasticity.hardening_modulus = 500.;
  damage(laws[5], 0.9, 0.1);
  laws[6].plasticity.viscosity = 20.;
  for (const unsigned int i : {7, 8})
  {
    laws[i].is_isotropic = false;
    laws[i].orthotropic  = oblique_bone();
  }
  return laws;
}

/// The same, and some that soften.
inline std::vector<materials::Material>
all_laws()
{
  auto laws      = hardening_laws();
  auto softening = inelastic("softening", "quadric", 70., 110., 0.2);
  softening.plasticity.saturation_ratio  = 0.4;
  softening.plasticity.saturation_strain = 0.05;
  laws.push_back(softening);
  softening.name = "damage, softening";
  damage(softening, 0.7, 0.05);
  laws.push_back(softening);
  softening.name                         = "damage, viscous, fast softening";
  softening.plasticity.saturation_strain = 2e-3;
  softening.plasticity.viscosity         = 4000.;
  laws.push_back(softening);
  return laws;
}
} // namespace miniscrew::test
