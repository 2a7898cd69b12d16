// SPDX-License-Identifier: LGPL-2.1-or-later
// Which constants the quadric law admits.
#include "materials/quadric/plasticity_checks.h"

#include "solver/base/errors.h"
#include "solver/base/shown.h"

#include <cmath>
#include <sstream>
#include <string>

namespace miniscrew::materials
{
namespace
{
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
  require_not_negative(material, "viscosity", p.viscosity, " of MPa s");
}

void
validate_damage(const Material &material, const Plasticity &p)
{
  const auto limit = [&](const char *constant, const double value) {
    require(value >= 0. && value <= 0.99,
            material,
            constant,
            value,
            "from 0 to 0.99");
  };
  limit("damage_limit_compression", p.damage_limit_compression);
  limit("damage_limit_shear", p.damage_limit_shear);
  require_not_negative(
    material, "damage_onset_compression", p.damage_onset_compression, "");
  require_not_negative(
    material, "damage_onset_shear", p.damage_onset_shear, "");
  require_positive(
    material, "damage_strain_compression", p.damage_strain_compression, "");
  require_positive(material, "damage_strain_shear", p.damage_strain_shear, "");
  require_not_negative(
    material, "internal_length", p.internal_length, " of mm");
  require(std::isfinite(p.nonlocal_weight) && p.nonlocal_weight >= 1.,
          material,
          "nonlocal_weight",
          p.nonlocal_weight,
          "a number from 1 on");
}

void
validate_relaxation(const Material &material, const PronyConstants &relaxation)
{
  double sum = 0.;
  for (unsigned int k = 0; k < max_prony_terms; ++k)
  {
    const std::string number = std::to_string(k + 1);
    require_not_negative(
      material, "relaxation_share_" + number, relaxation.share[k], "");
    require_positive(
      material, "relaxation_time_" + number, relaxation.time[k], " of s");
    sum += relaxation.share[k];
  }
  require(sum < 1.,
          material,
          "the sum of relaxation_share_1, _2 and _3",
          sum,
          "less than 1");
}
} // namespace


Plasticity
admissible_plasticity(const Material &material)
{
  const Plasticity plasticity = as_quadric(material);
  validate(material, plasticity);
  validate_damage(material, plasticity);
  validate_relaxation(material, plasticity.relaxation);
  return plasticity;
}
} // namespace miniscrew::materials
