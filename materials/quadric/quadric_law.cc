// SPDX-License-Identifier: LGPL-2.1-or-later
// Generalised quadric elasto-plastic-damage law.
#include "materials/quadric/quadric_law.h"

#include "materials/quadric/natural_frame.h"
#include "materials/quadric/plasticity_checks.h"
#include "solver/base/errors.h"
#include "solver/base/shown.h"

#include <algorithm>
#include <cmath>
#include <sstream>

namespace miniscrew::materials
{
namespace
{
// A trial stress this little outside the surface, relatively, is on it.
constexpr double elastic_tolerance = 1e-12;
// The preconditioner's least stiffness along the flow, over that of A.
constexpr double least_flow_stiffness = 0.01;
// Stress below which its kind has no meaning, over the yield stress.
constexpr double kind_rounding = 1e-3;
} // namespace


QuadricLaw::QuadricLaw(const Material &material)
{
  const Plasticity plasticity = admissible_plasticity(material);
  stiffness_                  = material.stiffness();
  const NaturalFrame frame    = natural_frame(stiffness_, plasticity);
  modes_                      = frame.modes;
  dual_modes_                 = frame.dual_modes;
  quadric_                    = frame.quadric;

  hardening_.initial_stress    = plasticity.yield_compression;
  hardening_.modulus           = plasticity.hardening_modulus;
  hardening_.saturation_ratio  = plasticity.saturation_ratio;
  hardening_.saturation_strain = plasticity.saturation_strain;
  damage_                      = DamageLaw(plasticity);
  series_                      = PronySeries(plasticity.relaxation);
  rounding_                    = kind_rounding * plasticity.yield_compression;
  internal_length_ = damage_.is_active() ? plasticity.internal_length : 0.;
  nonlocal_weight_ = plasticity.nonlocal_weight;
  viscosity_       = plasticity.viscosity;

  const double limit     = snap_back_limit(frame, plasticity.yield_compression);
  const double softening = -hardening_.slope(0.);
  if (viscosity_ == 0. && softening >= limit)
  {
    std::ostringstream message;
    message << "material '" << shown(material.name) << "' softens by "
            << softening
            << " MPa per unit of kappa, faster than its elasticity can follow ("
            << limit
            << " MPa): raise saturation_strain or saturation_ratio, or give a "
               "viscosity";
    throw UserError(message.str());
  }
}


VoigtVector
QuadricLaw::elastic_strain(const VoigtVector &strain, const double *state)
{
  VoigtVector result;
  for (unsigned int i = 0; i < 6; ++i)
    result[i] = strain[i] - state[i];
  return result;
}


NaturalVector
QuadricLaw::natural_stress(const VoigtVector       &strain,
                           const double            *old,
                           const double            *now,
                           const PronySeries::Step &prony) const
{
  VoigtVector e = elastic_strain(strain, now);
  if (series_.relaxes())
  {
    const VoigtVector lag = series_.lag(prony, old + relaxation_at());
    for (unsigned int i = 0; i < 6; ++i)
      e[i] = prony.stiffness * e[i] - lag[i];
  }
  return multiply_transposed(modes_, e);
}


double
QuadricLaw::resistance(const double time_step) const
{
  return viscosity_ > 0. ? viscosity_ / time_step : 0.;
}


double
QuadricLaw::weight_of_average(const PointStep &step) const
{
  return step.average ? nonlocal_weight_ : 0.;
}


DamageStep
QuadricLaw::damage_step(const CompressionShare &share,
                        const double           *old,
                        const double            kappa,
                        const PointStep        &step) const
{
  const double m      = weight_of_average(step);
  const double driver = m * step.average.value_or(0.) + (1. - m) * kappa;
  return damage_.grow(old[damage_at], old[driver_at], driver, share.value);
}


// With relaxation stress = stiffness C e - ..., so that the return's multiplier
// is that of kappa times the stiffness.
StressResponse
QuadricLaw::respond(const VoigtVector &strain,
                    const double      *old,
                    double            *now,
                    const PointStep   &step) const
{
  StressResponse response;
  std::copy_n(old, n_state(), now);
  double                 &kappa = now[kappa_at];
  const PronySeries::Step prony = series_.step(step.hold);

  // (i) Elastic, if the trial stress is not outside the surface.
  NaturalVector y        = natural_stress(strain, old, old, prony);
  const double  strength = hardening_.stress(kappa);
  const double  value    = quadric_.value(y);
  if (!std::isfinite(value - strength))
    response.is_admissible = false;
  else if (value > strength + elastic_tolerance * (strength + quadric_.root(y)))
  {
    // (ii) Return; what the stress loses is plastic strain.
    const double         stiffness = prony.stiffness;
    const ReturnedStress returned =
      return_to_surface(quadric_,
                        hardening_.over(stiffness),
                        y,
                        stiffness * kappa,
                        resistance(step.time_step) / stiffness);
    response.is_admissible = returned.is_admissible;
    kappa += returned.multiplier / stiffness;
    NaturalVector lost;
    for (unsigned int i = 0; i < 6; ++i)
      lost[i] = (y[i] - returned.stress[i]) / stiffness;
    const VoigtVector growth = multiply(dual_modes_, lost);
    for (unsigned int i = 0; i < 6; ++i)
      now[i] += growth[i];
    y = returned.stress;
  }
  if (series_.relaxes())
    series_.update(prony,
                   elastic_strain(strain, now),
                   old + relaxation_at(),
                   now + relaxation_at());

  // (iii) The nominal stress.
  response.stress = multiply(modes_, y);
  if (damage_.is_active())
  {
    const double m = weight_of_average(step);
    now[driver_at] = m * step.average.value_or(0.) + (1. - m) * kappa;
    now[damage_at] =
      damage_step(
        compression_share(response.stress, rounding_), old, kappa, step)
        .value;
  }
  const double share = 1. - damage(now);
  for (double &component : response.stress)
    component *= share;
  return response;
}


VoigtMatrix
QuadricLaw::plastic_tangent(const FlowStiffness &flow,
                            const double         hardening) const
{
  const VoigtVector dyad  = multiply(modes_, flow.dyad);
  const VoigtVector image = multiply(modes_, flow.image);
  const double      loss  = 1. / (flow.along_normal + hardening);
  VoigtMatrix       result{};
  for (unsigned int i = 0; i < 6; ++i)
    for (unsigned int j = 0; j <= i; ++j)
    {
      double entry =
        flow.factor * dyad[i] * dyad[j] - loss * image[i] * image[j];
      for (unsigned int k = 0; k < 6; ++k)
        entry += modes_[6 * i + k] * flow.diagonal[k] * modes_[6 * j + k];
      result[6 * i + j] = result[6 * j + i] = entry;
    }
  return result;
}


QuadricLaw::Flow
QuadricLaw::flow(const NaturalVector     &y,
                 const double             kappa,
                 const double             growth,
                 const PronySeries::Step &prony,
                 const double             time_step) const
{
  return {FlowStiffness(quadric_, y, prony.stiffness * growth),
          (hardening_.slope(kappa) + resistance(time_step)) / prony.stiffness};
}


QuadricLaw::Linearisation
QuadricLaw::linearise(const VoigtVector &strain,
                      const double      *old,
                      const double      *now,
                      const PointStep   &step) const
{
  const double            kappa = now[kappa_at];
  const PronySeries::Step prony = series_.step(step.hold);
  const NaturalVector     y     = natural_stress(strain, old, now, prony);
  Linearisation           result;
  result.stress = multiply(modes_, y);
  if (!is_yielding(old, now))
    result.tangent = scaled(prony.stiffness, stiffness_);
  else
  {
    const Flow here =
      flow(y, kappa, kappa - old[kappa_at], prony, step.time_step);
    result.tangent =
      scaled(prony.stiffness, plastic_tangent(here.stiffness, here.hardening));
    // kappa grows with strain by A N / (N.A N + h).
    result.kappa = multiply(modes_, here.stiffness.image);
    for (double &component : result.kappa)
      component /= here.stiffness.along_normal + here.hardening;
  }
  if (damage_.is_active())
  {
    const CompressionShare share = compression_share(result.stress, rounding_);
    result.damage                = damage_step(share, old, kappa, step);
    result.share                 = share.by_stress;
    result.own_weight            = 1. - weight_of_average(step);
  }
  return result;
}


VoigtMatrix
QuadricLaw::tangent(const VoigtVector &strain,
                    const double      *old,
                    const double      *now,
                    const PointStep   &step) const
{
  const Linearisation here   = linearise(strain, old, now, step);
  VoigtMatrix         result = scaled(1. - here.damage.value, here.tangent);
  if (here.damage.by_driver == 0. && here.damage.by_share == 0.)
    return result;
  // Growth of damage with strain, by kappa and by the kind of stress.
  VoigtVector growth = multiply_transposed(here.tangent, here.share);
  for (unsigned int i = 0; i < 6; ++i)
    growth[i] = here.damage.by_share * growth[i] +
                here.damage.by_driver * here.own_weight * here.kappa[i];
  for (unsigned int i = 0; i < 6; ++i)
    for (unsigned int j = 0; j < 6; ++j)
      result[6 * i + j] -= here.stress[i] * growth[j];
  return result;
}


AverageTangent
QuadricLaw::average_tangent(const VoigtVector &strain,
                            const double      *old,
                            const double      *now,
                            const PointStep   &step) const
{
  const Linearisation here   = linearise(strain, old, now, step);
  const double        factor = -here.damage.by_driver * weight_of_average(step);
  AverageTangent      result;
  for (unsigned int i = 0; i < 6; ++i)
    result.stress_by_average[i] = factor * here.stress[i];
  result.averaged_by_strain = here.kappa;
  return result;
}


// What the average of a step stays lets damage fall as kappa grows, which is
// hardening: the stress is (1 - D) r, and dD = -(m - 1) dD/dkbar dkappa.
VoigtMatrix
QuadricLaw::positive_tangent(const VoigtVector &strain,
                             const double      *old,
                             const double      *now,
                             const PointStep   &step) const
{
  const PronySeries::Step prony = series_.step(step.hold);
  const double            left  = 1. - damage(now);
  if (!is_yielding(old, now))
    return scaled(left * prony.stiffness, stiffness_);
  const double        kappa = now[kappa_at];
  const NaturalVector y     = natural_stress(strain, old, now, prony);
  const Flow          here =
    flow(y, kappa, kappa - old[kappa_at], prony, step.time_step);
  double recovery = 0.;
  if (damage_.is_active() && step.average)
  {
    const CompressionShare share =
      compression_share(multiply(modes_, y), rounding_);
    recovery = (nonlocal_weight_ - 1.) * hardening_.stress(kappa) *
               damage_step(share, old, kappa, step).by_driver /
               (left * prony.stiffness);
  }
  // Perfect plasticity would leave no stiffness along the flow.
  const double hardening =
    std::max(here.hardening + recovery,
             least_flow_stiffness * here.stiffness.along_normal);
  return scaled(left * prony.stiffness,
                plastic_tangent(here.stiffness, hardening));
}
} // namespace miniscrew::materials
