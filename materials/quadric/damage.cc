// SPDX-License-Identifier: LGPL-2.1-or-later
// Damage that grows with plastic strain, by the kind of stress.
#include "materials/quadric/damage.h"

#include <algorithm>
#include <cmath>

namespace miniscrew::materials
{
CompressionShare
compression_share(const VoigtVector &stress, const double rounding)
{
  const double trace = stress[0] + stress[1] + stress[2];
  double       sum   = rounding * rounding;
  for (unsigned int i = 0; i < 6; ++i)
    sum += (i < 3 ? 1. : 2.) * stress[i] * stress[i];
  const double     size = std::sqrt(sum);
  const double     x    = std::clamp(-trace / size, 0., 1.);
  CompressionShare result;
  result.value = x * x * (3. - 2. * x);
  // dx = -(1 / size) d tr + tr / size^3 s:ds.
  const double slope = 6. * x * (1. - x) / size;
  for (unsigned int i = 0; i < 6; ++i)
    result.by_stress[i] =
      slope * ((i < 3 ? 1. : 2.) * trace / sum * stress[i] - (i < 3 ? 1. : 0.));
  return result;
}


DamageLaw::DamageLaw(const Plasticity &p)
  : limit_{p.damage_limit_shear, p.damage_limit_compression},
    onset_{p.damage_onset_shear, p.damage_onset_compression},
    strain_{p.damage_strain_shear, p.damage_strain_compression}
{}


bool
DamageLaw::is_active() const
{
  return limit_.shear > 0. || limit_.compression > 0.;
}


double
DamageLaw::least_onset() const
{
  return std::min(onset_.shear, onset_.compression);
}


DamageStep
DamageLaw::grow(const double old,
                const double old_driver,
                const double driver,
                const double share) const
{
  DamageStep   result;
  const double room = limit_.at(share) - old;
  result.value      = old;
  if (room <= 0.)
    return result;
  const double onset = onset_.at(share), strain = strain_.at(share);
  const double growth = std::max(driver, onset) - std::max(old_driver, onset);
  const double rest   = std::exp(-growth / strain);
  result.value        = old + room * (1. - rest);
  if (result.value < 0.)
    return {};
  const double growth_by_onset =
    (driver < onset ? 1. : 0.) - (old_driver < onset ? 1. : 0.);
  result.by_driver = driver > onset ? room * rest / strain : 0.;
  result.by_share =
    limit_.slope() * (1. - rest) +
    room * rest / strain *
      (growth_by_onset * onset_.slope() - growth / strain * strain_.slope());
  return result;
}
} // namespace miniscrew::materials
