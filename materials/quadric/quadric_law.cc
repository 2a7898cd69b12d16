// SPDX-License-Identifier: LGPL-2.1-or-later
// Generalised quadric elasto-plastic-damage law.
#include "materials/quadric/quadric_law.h"

#include "materials/quadric/natural_frame.h"
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

// Throws unless a constant is what it must be.
void
require(const bool         holds,
        const Material    &material,
        const std::string &constant,
        const double       value,
        const std::string &allowed)
{
  if (holds)
    return;
  std::ostringstream message;
  message << "material '" << shown(material.name) << "': " << constant
          << " must be " << allowed << ", but is " << value;
  throw UserError(message.str());
}

void
require_positive(const Material    &material,
                 const std::string &constant,
                 const double       value,
                 const std::string &unit)
{
  require(std::isfinite(value) && value > 0.,
          material,
          constant,
          value,
          "a positive number" + unit);
}

void
require_not_negative(const Material    &material,
                     const std::string &constant,
                     const double       value,
                     const std::string &unit)
{
  require(std::isfinite(value) && value >= 0.,
          material,
          constant,
          value,
          "0 or a positive number" + unit);
}

// The strengths of the quadric in place of those that a special case has.
Plasticity
as_quadric(const Material &material)
{
  Plasticity plasticity = material.plasticity;
  if (material.law == "von-mises")
  {
    double &tension     = plasticity.yield_tension,
           &compression = plasticity.yield_compression;
    if (tension == 0.)
      tension = compression;
    if (compression == 0.)
      compression = tension;
    std::ostringstream same;
    same << "that in tension of a von Mises material, " << tension << " MPa";
    require(tension == compression,
            material,
            "yield_compression",
            compression,
            same.str());
  }
  if (material.law != "quadric")
    plasticity.interaction = 0.5;
  return plasticity;
}

void
validate(const Material &material, const Plasticity &plasticity)
{
  const auto &p = plasticity;
  if (!material.is_inelastic() || material.varies_in_space())
    throw UserError("material '" + shown(material.name) + "': " +
                    (!material.is_inelastic()
                       ? "an elastic material has no yield surface"
                       : "a material that varies in space cannot be plastic"));
  require_positive(material, "yield_tension", p.yield_tension, " of MPa");
  require_positive(
    material, "yield_compression", p.yield_compression, " of MPa");
  require(p.interaction > -1. && p.interaction <= 0.5,
          material,
          "interaction",
          p.interaction,
          "above -1 and at most 0.5");
  require_not_negative(
    material, "hardening_modulus", p.hardening_modulus, " of MPa");
  require_positive(material, "saturation_ratio", p.saturation_ratio, "");
  require_positive(material, "saturation_strain", p.saturation_strain, "");
  require(p.damage_limit >= 0. && p.damage_limit <= 0.99,
          material,
          "damage_limit",
          p.damage_limit,
          "from 0 to 0.99");
  require_not_negative(material, "damage_rate", p.damage_rate, "");
  require_not_negative(material, "viscosity", p.viscosity, " of MPa s");
}
} // namespace


QuadricLaw::QuadricLaw(const Material &material)
{
  const Plasticity plasticity = as_quadric(material);
  validate(material, plasticity);
  stiffness_               = material.stiffness();
  const NaturalFrame frame = natural_frame(stiffness_, plasticity);
  modes_                   = frame.modes;
  dual_modes_              = frame.dual_modes;
  quadric_                 = frame.quadric;

  hardening_.initial_stress    = plasticity.yield_compression;
  hardening_.modulus           = plasticity.hardening_modulus;
  hardening_.saturation_ratio  = plasticity.saturation_ratio;
  hardening_.saturation_strain = plasticity.saturation_strain;
  damage_limit_                = plasticity.damage_limit;
  damage_rate_                 = plasticity.damage_rate;
  viscosity_                   = plasticity.viscosity;

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


NaturalVector
QuadricLaw::natural_stress(const VoigtVector &strain,
                           const double      *plastic_strain) const
{
  VoigtVector elastic_strain;
  for (unsigned int i = 0; i < 6; ++i)
    elastic_strain[i] = strain[i] - plastic_strain[i];
  return multiply_transposed(modes_, elastic_strain);
}


double
QuadricLaw::resistance(const double time_step) const
{
  return viscosity_ > 0. ? viscosity_ / time_step : 0.;
}


StressResponse
QuadricLaw::respond(const VoigtVector &strain,
                    const double      *old,
                    double            *now,
                    const double       time_step) const
{
  StressResponse response;
  std::copy_n(old, n_numbers, now);
  double &kappa = now[kappa_at];

  // (i) Elastic, if the trial stress is not outside the surface.
  NaturalVector y        = natural_stress(strain, old);
  const double  strength = hardening_.stress(kappa);
  const double  value    = quadric_.value(y);
  if (!std::isfinite(value - strength))
    response.is_admissible = false;
  else if (value > strength + elastic_tolerance * (strength + quadric_.root(y)))
  {
    // (ii) Return; what the stress loses is plastic strain.
    const ReturnedStress returned =
      return_to_surface(quadric_, hardening_, y, kappa, resistance(time_step));
    response.is_admissible = returned.is_admissible;
    kappa += returned.multiplier;
    NaturalVector lost;
    for (unsigned int i = 0; i < 6; ++i)
      lost[i] = y[i] - returned.stress[i];
    const VoigtVector growth = multiply(dual_modes_, lost);
    for (unsigned int i = 0; i < 6; ++i)
      now[i] += growth[i];
    y = returned.stress;
  }

  // (iii) The nominal stress.
  response.stress    = multiply(modes_, y);
  const double share = 1. - damage(kappa);
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


VoigtMatrix
QuadricLaw::damaged_stiffness(const double kappa) const
{
  return scaled(1. - damage(kappa), stiffness_);
}


VoigtMatrix
QuadricLaw::tangent(const VoigtVector &strain,
                    const State       &old,
                    const Response    &response,
                    const double       time_step) const
{
  const double kappa = response.state.kappa;
  if (!response.is_plastic)
    return damaged_stiffness(kappa);
  const NaturalVector y =
    natural_stress(strain, response.state.plastic_strain.data());
  const FlowStiffness flow(quadric_, y, kappa - old.kappa);
  const double hardening = hardening_.slope(kappa) + resistance(time_step);
  VoigtMatrix  result    = plastic_tangent(flow, hardening);

  // Growth of damage: kappa grows with strain by A N / (N.A N + h).
  const VoigtVector stress = multiply(modes_, y);
  const VoigtVector image  = multiply(modes_, flow.image);
  const double      share  = 1. - damage(kappa);
  const double      growth = damage_limit_ * damage_rate_ *
                        std::exp(-damage_rate_ * kappa) /
                        (flow.along_normal + hardening);
  for (unsigned int i = 0; i < 6; ++i)
    for (unsigned int j = 0; j < 6; ++j)
      result[6 * i + j] =
        share * result[6 * i + j] - growth * stress[i] * image[j];
  return result;
}


VoigtMatrix
QuadricLaw::positive_tangent(const VoigtVector &strain,
                             const State       &old,
                             const Response    &response,
                             const double       time_step) const
{
  const double kappa = response.state.kappa;
  if (!response.is_plastic)
    return damaged_stiffness(kappa);
  const NaturalVector y =
    natural_stress(strain, response.state.plastic_strain.data());
  const FlowStiffness flow(quadric_, y, kappa - old.kappa);
  // Perfect plasticity would leave no stiffness along the flow.
  const double hardening =
    std::max(hardening_.slope(kappa) + resistance(time_step),
             least_flow_stiffness * flow.along_normal);
  return scaled(1. - damage(kappa), plastic_tangent(flow, hardening));
}


double
QuadricLaw::damage(const double kappa) const
{
  return -damage_limit_ * std::expm1(-damage_rate_ * kappa);
}


double
QuadricLaw::elastic_energy(const VoigtVector &strain, const State &state) const
{
  const NaturalVector y   = natural_stress(strain, state.plastic_strain.data());
  double              sum = 0.;
  for (const double component : y)
    sum += component * component;
  return 0.5 * (1. - damage(state.kappa)) * sum;
}
} // namespace miniscrew::materials
