// SPDX-License-Identifier: LGPL-2.1-or-later
// Damage that grows with plastic strain, by the kind of stress.
#pragma once

#include "materials/quadric/plasticity.h"
#include "materials/voigt.h"

namespace miniscrew::materials
{
/// How far a stress is one of compression: 0 in shear, in tension and without
/// stress, 1 in uniaxial compression and beyond, as under pressure.
struct CompressionShare
{
  double      value = 0.;
  VoigtVector by_stress{}; ///< 1/MPa
};

/// x^2 (3 - 2 x) of x = -tr s / sqrt(s:s + rounding^2), kept in [0, 1]: once
/// differentiable. Uniaxial compression has x = 1, but for the @p rounding
/// (MPa, > 0).
CompressionShare compression_share(const VoigtVector &stress, double rounding);

/// A step of damage, and its derivatives.
struct DamageStep
{
  double value     = 0.; ///< D at the end, in [0, 1)
  double by_driver = 0.; ///< dD / d kbar
  double by_share  = 0.; ///< dD / d share of compression
};

/// Damage under a kind of stress that stays is
///
///     D = limit (1 - exp(-(kbar - onset) / strain))    for kbar > onset,
///
/// with constants between those of compression and those of shear and tension.
/// Where the kind changes it is the growth that follows it: dD = (limit - D) /
/// strain d kbar while D is below the limit of that kind, so that no damage
/// goes and none comes from a change of stress alone.
///
/// kbar = m average + (1 - m) kappa is the over-nonlocal variable of Vermeer &
/// Brinkgreve 1994 for implicit gradients (Hosseini, Horak, Zysset & Jirasek
/// 2015, doi 10.1002/cnm.2728). With m > 1 damage falls where kappa grows under
/// an average that stays. This makes the point harden, and softening come from
/// the average alone; so a step must let D fall, and only iterations use it.
class DamageLaw
{
public:
  DamageLaw() = default;

  explicit DamageLaw(const Plasticity &plasticity);

  /// True if damage is possible.
  bool is_active() const;

  /// The least onset.
  double least_onset() const;

  /// From @p old damage at @p old_driver (kbar) to @p driver.
  DamageStep
  grow(double old, double old_driver, double driver, double share) const;

private:
  /// A constant by the kind of stress.
  struct ByKind
  {
    double shear = 0., compression = 0.;

    double
    at(const double share) const
    {
      return shear + share * slope();
    }

    double
    slope() const
    {
      return compression - shear;
    }
  };

  ByKind limit_, onset_, strain_{1., 1.};
};
} // namespace miniscrew::materials
