// SPDX-License-Identifier: LGPL-2.1-or-later
// The keys of the strength of a material, and of what it does beyond.
#include "solver/case/plasticity_parameters.h"

#include "materials/quadric_law.h"

#include "solver/base/errors.h"
#include "solver/base/shown.h"

#include <algorithm>

namespace miniscrew
{
namespace
{
using materials::Material;
using materials::Plasticity;
using materials::YieldLaw;

const std::vector<std::pair<std::string, YieldLaw>> laws = {
  {"elastic", YieldLaw::elastic},
  {"quadric", YieldLaw::quadric},
  {"drucker-prager", YieldLaw::drucker_prager},
  {"von-mises", YieldLaw::von_mises}};

// In MPa; the softest foams yield at 0.01, the hardest steels at 3000.
const Range yield_stresses{1e-3, 1e5};

const std::string strength_tension     = "yield_tension_MPa";
const std::string strength_compression = "yield_compression_MPa";

/// Access to a member of the plasticity of a material.
Access<double>
in(const Access<Material> &material, double Plasticity::*member)
{
  return [=](Draft &draft) -> double & {
    return material(draft).plasticity.*member;
  };
}

/// A constant that is written only where @p has holds.
Parameter
constant_if(const std::string      &key,
            const Range            &range,
            const Access<Material> &material,
            double Plasticity::                         *member,
            const std::function<bool(const Material &)> &has,
            const std::string                           &doc)
{
  Parameter parameter = number(key, range, in(material, member), doc);
  parameter.write     = [=, write = parameter.write](Draft &draft) {
    return has(material(draft)) ? write(draft) : std::string();
  };
  return parameter;
}

/// The strengths that von Mises' law has one of only.
std::vector<Parameter>
strengths(const std::string &prefix, const Access<Material> &material)
{
  const auto strength = [=](const std::string &key,
                            double Plasticity::*member,
                            const double        example,
                            const std::string  &doc) {
    Parameter parameter = constant_if(
      prefix + key,
      yield_stresses,
      material,
      member,
      [=](const Material &m) {
        return m.plasticity.law != YieldLaw::von_mises &&
               m.plasticity.*member > 0.;
      },
      doc);
    parameter.schema["examples"] = {example};
    return parameter;
  };
  return {strength(strength_tension,
                   &Plasticity::yield_tension,
                   100.,
                   "Uniaxial yield stress in tension, of the laws quadric and "
                   "drucker-prager"),
          strength(strength_compression,
                   &Plasticity::yield_compression,
                   145.,
                   "Uniaxial yield stress in compression, of the laws quadric "
                   "and drucker-prager")};
}

/// The shape of the yield surface, and what happens beyond it.
std::vector<Parameter>
constants(const std::string &prefix, const Access<Material> &material)
{
  const auto constant = [=](const std::string &key,
                            const Range       &range,
                            double Plasticity::*member,
                            const std::string  &doc) {
    return number(prefix + key, range, in(material, member), doc);
  };
  return {
    constant_if(
      prefix + "interaction",
      Range{-0.99, 0.5},
      material,
      &Plasticity::interaction,
      [](const Material &m) {
        return m.plasticity.law == YieldLaw::elastic ||
               m.plasticity.law == YieldLaw::quadric;
      },
      "Interaction of normal stresses in the law quadric: 0.5 is a cone; "
      "less rounds its tip, and closes it under pressure if tension and "
      "compression are alike enough"),
    constant(
      "hardening_modulus_MPa",
      Range{0., 1e7},
      &Plasticity::hardening_modulus,
      "Slope of the yield stress in compression over the plastic strain; "
      "of a material of the library in proportion to "
      "yield_compression_MPa unless given"),
    constant("saturation_ratio",
             Range{1e-3, 1000.},
             &Plasticity::saturation_ratio,
             "The yield stress also goes to this multiple of the first one; "
             "below 1 it softens"),
    constant("saturation_strain",
             Range{1e-6, 10.},
             &Plasticity::saturation_strain,
             "Plastic strain at which 63 % of the way to saturation_ratio is "
             "done"),
    constant("damage_limit",
             Range{0., 0.99},
             &Plasticity::damage_limit,
             "Share of stiffness and strength that damage takes in the end"),
    constant("damage_rate",
             Range{0., 1e5},
             &Plasticity::damage_rate,
             "Damage is damage_limit (1 - exp(-damage_rate times plastic "
             "strain))"),
    constant("viscosity_MPa_s",
             Range{0., 1e9},
             &Plasticity::viscosity,
             "Overstress per rate of plastic strain, which regularises "
             "softening; 0 is off")};
}

/// Names, without units, of what strength_assumed may list.
std::vector<std::string>
assumable_names()
{
  std::vector<std::string> names = {"yield_stress"};
  for (const auto &group : {strengths("", {}), constants("", {})})
    for (const Parameter &parameter : group)
      names.push_back(bare_name(parameter.key));
  return names;
}

/// A material of another modulus has not the same strengths; they are
/// forgotten unless the file or a density gives them.
void
forget_foreign_strengths(Material       &material,
                         const Material *base,
                         const IsGiven  &is_given)
{
  const bool same_modulus =
    base != nullptr && base->is_isotropic && material.is_isotropic &&
    base->isotropic.young_modulus == material.isotropic.young_modulus;
  Plasticity &plasticity = material.plasticity;
  const bool  has_strength =
    plasticity.yield_tension > 0. || plasticity.yield_compression > 0.;
  if (same_modulus || !has_strength || is_given("density_g_cm3"))
    return;
  const bool gives_tension     = is_given(strength_tension);
  const bool gives_compression = is_given(strength_compression);
  if (!gives_tension)
    plasticity.yield_tension = 0.;
  if (!gives_compression)
    plasticity.yield_compression = 0.;
  if (gives_tension || gives_compression)
    return;
  if (!is_given("strength_source"))
    material.strength_source.clear();
  if (!is_given("strength_assumed"))
    material.strength_assumed.clear();
}

/// What the library says about hardening is for its own strength.
void
scale_hardening(Material       &material,
                const Material *base,
                const IsGiven  &is_given)
{
  if (base == nullptr || is_given("hardening_modulus_MPa") ||
      !(base->plasticity.yield_compression > 0.) ||
      !(material.plasticity.yield_compression > 0.))
    return;
  material.plasticity.hardening_modulus =
    base->plasticity.hardening_modulus *
    (material.plasticity.yield_compression /
     base->plasticity.yield_compression);
}

/// What the file gives is the user's.
void
set_origin(Material &material, const IsGiven &is_given)
{
  std::vector<std::string> keys = {"yield_stress_MPa"};
  for (const auto &group : {strengths("", {}), constants("", {})})
    for (const Parameter &parameter : group)
      keys.push_back(parameter.key);
  for (const std::string &key : keys)
  {
    if (!is_given(key))
      continue;
    if (!is_given("strength_source"))
      material.strength_source = "user";
    std::vector<std::string> &assumed = material.strength_assumed;
    if (!is_given("strength_assumed"))
      assumed.erase(std::remove(assumed.begin(), assumed.end(), bare_name(key)),
                    assumed.end());
  }
}

/// Throws UserError if a key is given that the law has no use for.
void
refuse_keys(const std::vector<std::string> &keys,
            const std::string              &sentence,
            const IsGiven                  &is_given)
{
  for (const std::string &key : keys)
    if (is_given(key))
      throw UserError(key + ": " + sentence);
}

void
finish_von_mises(Material &material, const IsGiven &is_given)
{
  refuse_keys({strength_tension, strength_compression, "strength_law"},
              "law = \"von-mises\" has one strength, yield_stress_MPa",
              is_given);
  if (!(material.yield_stress > 0.))
    throw UserError("law = \"von-mises\" needs yield_stress_MPa, as '" +
                    shown(material.name) + "' has none");
  material.plasticity.yield_tension     = material.yield_stress;
  material.plasticity.yield_compression = material.yield_stress;
}

void
require_strengths(const Material &material, const Material *base)
{
  std::string missing;
  if (!(material.plasticity.yield_tension > 0.))
    missing = strength_tension;
  if (!(material.plasticity.yield_compression > 0.))
    missing += (missing.empty() ? "" : " and ") + strength_compression;
  if (missing.empty())
    return;
  const auto law = std::find_if(laws.begin(), laws.end(), [&](const auto &l) {
    return l.second == material.plasticity.law;
  });
  const bool is_changed =
    base != nullptr && base->plasticity.yield_compression > 0.;
  throw UserError("law = \"" + law->first + "\" needs " + missing +
                  ", which '" + shown(material.name) + "' has not" +
                  (is_changed
                     ? "; the library's are for its modulus of " +
                         short_text(base->isotropic.young_modulus) + " MPa"
                     : ""));
}
} // namespace


std::vector<Parameter>
plasticity_parameters(const std::string      &prefix,
                      const Access<Material> &material)
{
  std::vector<Parameter> all = {
    number(
      prefix + "yield_stress_MPa",
      Range::zero_or(yield_stresses.min, yield_stresses.max),
      [=](Draft &draft) -> double & { return material(draft).yield_stress; },
      "Yield stress that results are compared with, and the strength of the "
      "law von-mises; 0 if not known"),
    choice<YieldLaw>(
      prefix + "law",
      laws,
      [=](Draft &draft) -> YieldLaw & {
        return material(draft).plasticity.law;
      },
      "What the material does beyond its strength; elastic has no limit")};
  for (const auto &group :
       {strengths(prefix, material), constants(prefix, material)})
    all.insert(all.end(), group.begin(), group.end());
  all.push_back(text(
    prefix + "strength_source",
    [=](Draft &draft) -> std::string & {
      return material(draft).strength_source;
    },
    "Where strengths and constants of plasticity come from"));
  all.push_back(names(
    prefix + "strength_assumed",
    assumable_names(),
    "strengths and constants of plasticity",
    [=](Draft &draft) -> std::vector<std::string> & {
      return material(draft).strength_assumed;
    },
    "Names, without units, of those that are assumptions"));
  return all;
}


Parameter
bone_law_parameter()
{
  Parameter parameter = choice<YieldLaw>(
    "materials.law",
    laws,
    [](Draft &draft) -> YieldLaw & { return draft.bone_law.emplace(); },
    "The law of all layers of bone that do not give their own");
  parameter.presence          = Presence::derived;
  parameter.schema["default"] = "elastic";
  parameter.write             = [](Draft &) { return std::string(); };
  return parameter;
}


void
finish_plasticity(Material       &material,
                  const Material *base,
                  const IsGiven  &is_given)
{
  forget_foreign_strengths(material, base, is_given);
  scale_hardening(material, base, is_given);
  set_origin(material, is_given);
  Plasticity &plasticity = material.plasticity;
  if (plasticity.law == YieldLaw::elastic)
    return;
  if (plasticity.law != YieldLaw::quadric)
  {
    refuse_keys({"interaction"},
                "is of law = \"quadric\" alone; the others have 0.5",
                is_given);
    plasticity.interaction = 0.5;
  }
  if (plasticity.law == YieldLaw::von_mises)
    finish_von_mises(material, is_given);
  require_strengths(material, base);
  const materials::QuadricLaw law(material);
}
} // namespace miniscrew
