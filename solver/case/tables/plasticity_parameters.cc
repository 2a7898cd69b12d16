// SPDX-License-Identifier: LGPL-2.1-or-later
// The keys of the strength of a material, and of what it does beyond.
#include "solver/case/tables/plasticity_parameters.h"

#include "materials/law_library.h"

#include "solver/base/errors.h"
#include "solver/base/shown.h"

#include <algorithm>

namespace miniscrew
{
namespace
{
using materials::LawConstant;
using materials::LawEntry;
using materials::Material;
using materials::NeededStrengths;
using materials::Plasticity;

// In MPa; the softest foams yield at 0.01, the hardest steels at 3000.
const Range yield_stresses{1e-3, 1e5};

const std::string strength_tension     = "yield_tension_MPa";
const std::string strength_compression = "yield_compression_MPa";

/// The law of a material, or nullptr if it is elastic.
const LawEntry *
law_of(const Material &material)
{
  return material.is_inelastic() ? &materials::find_law(material.law) : nullptr;
}

/// A number of a material that is written only where @p has holds.
Parameter
number_if(const std::string                           &key,
          const Range                                 &range,
          const Access<double>                        &access,
          const Access<Material>                      &material,
          const std::function<bool(const Material &)> &has,
          const std::string                           &doc)
{
  Parameter parameter = number(key, range, access, doc);
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
    Parameter parameter = number_if(
      prefix + key,
      yield_stresses,
      [=](Draft &draft) -> double & {
        return material(draft).plasticity.*member;
      },
      material,
      [=](const Material &m) {
        const LawEntry *law = law_of(m);
        return !(law && law->strengths == NeededStrengths::yield_stress) &&
               m.plasticity.*member > 0.;
      },
      doc);
    parameter.schema["examples"] = {example};
    return parameter;
  };
  return {strength(strength_tension,
                   &Plasticity::yield_tension,
                   88.,
                   "Uniaxial yield stress in tension, of the laws quadric and "
                   "drucker-prager"),
          strength(strength_compression,
                   &Plasticity::yield_compression,
                   145.,
                   "Uniaxial yield stress in compression, of the laws quadric "
                   "and drucker-prager")};
}

/// Whether a constant of laws says something about a material.
bool
is_in_use(const LawConstant &constant, const Material &material)
{
  const LawEntry *law = law_of(material);
  return law ? has_constant(*law, constant.key) : constant.is_of_elastic;
}

/// The constants of all laws.
std::vector<Parameter>
constants(const std::string &prefix, const Access<Material> &material)
{
  std::vector<Parameter> all;
  for (const LawConstant &constant : materials::all_law_constants())
    all.push_back(number_if(
      prefix + constant.key,
      Range{constant.min, constant.max},
      [=](Draft &draft) -> double & { return constant.value(material(draft)); },
      material,
      [=](const Material &m) { return is_in_use(constant, m); },
      constant.sentence));
  return all;
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

/// The strengths of a law that has one.
void
use_yield_stress(Material &material, const IsGiven &is_given)
{
  const std::string law = "law = \"" + material.law + "\"";
  refuse_keys({strength_tension, strength_compression, "strength_law"},
              law + " has one strength, yield_stress_MPa",
              is_given);
  if (!(material.yield_stress > 0.))
    throw UserError(law + " needs yield_stress_MPa, as '" +
                    shown(material.name) + "' has none");
  material.plasticity.yield_tension     = material.yield_stress;
  material.plasticity.yield_compression = material.yield_stress;
}

/// Refuses constants of other laws, and forgets what the library says of them.
void
drop_foreign_constants(Material &material, const IsGiven &is_given)
{
  for (const LawConstant &constant : materials::all_law_constants())
  {
    if (is_in_use(constant, material))
      continue;
    std::vector<std::string> owners;
    for (const LawEntry &law : materials::law_library())
      if (has_constant(law, constant.key))
        owners.push_back("\"" + law.name + "\"");
    refuse_keys({constant.key},
                "is of law = " + list_of(owners) + " alone" +
                  (constant.of_others.empty() ? "" : "; " + constant.of_others),
                is_given);
    constant.value(material) = constant.initial;
  }
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
  const bool is_changed =
    base != nullptr && base->plasticity.yield_compression > 0.;
  throw UserError("law = \"" + material.law + "\" needs " + missing +
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
    name(
      prefix + "law",
      materials::law_names(),
      [=](Draft &draft) -> std::string & { return material(draft).law; },
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
  Parameter parameter = name(
    "materials.law",
    materials::law_names(),
    [](Draft &draft) -> std::string & { return draft.bone_law.emplace(); },
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
  drop_foreign_constants(material, is_given);
  const LawEntry *law = law_of(material);
  if (law == nullptr)
    return;
  if (law->strengths == NeededStrengths::yield_stress)
    use_yield_stress(material, is_given);
  if (law->strengths != NeededStrengths::none)
    require_strengths(material, base);
  materials::make_law(material);
}
} // namespace miniscrew
