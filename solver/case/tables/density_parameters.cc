// SPDX-License-Identifier: LGPL-2.1-or-later
// The keys of a material that is given by its density.
#include "solver/case/tables/density_parameters.h"

#include "materials/density/density_laws.h"

#include "solver/base/errors.h"
#include "solver/base/shown.h"

#include <algorithm>

namespace miniscrew
{
namespace
{
using materials::Material;
using materials::ModulusLaw;
using materials::StrengthLaw;

// Foams and every bone (g/cm3): a value in kg/m3 is refused.
const Range densities{0.01, 3.};

// Yield strains, which need nothing but the modulus.
const std::string default_strength_law = "Morgan and Keaveny 2001";

// Of quasi-static tests: 1 % in a second.
constexpr double default_strain_rate = 0.01;

template <typename Law>
std::vector<std::string>
names_of(const std::vector<Law> &laws)
{
  std::vector<std::string> names;
  for (const Law &law : laws)
    names.push_back(law.origin.name);
  return names;
}

bool
is_assumed(const materials::LawOrigin &origin, const std::string &what)
{
  return std::find(origin.assumed.begin(), origin.assumed.end(), what) !=
         origin.assumed.end();
}

/// Throws UserError unless the keys beside the density go with it.
void
check_keys(const DensityInput &input, const IsGiven &is_given)
{
  for (const std::string &key : density_keys())
    if (!input.density && is_given(key))
      throw UserError(key + " goes with density_g_cm3, which is missing");
  for (const std::string &key : keys_by_density())
    if (input.density && is_given(key))
      throw UserError("density_g_cm3 determines " + key +
                      ", so only one of the two may be given");
  if (input.density && input.modulus_law.empty())
    throw UserError("density_g_cm3 needs density_law, as no law is known to "
                    "hold for jaws; there are " +
                    list_of(names_of(materials::modulus_laws())));
}

/// Throws UserError if two laws do not go together.
void
check_laws(const ModulusLaw  &modulus_law,
           const StrengthLaw &strength_law,
           const IsGiven     &is_given)
{
  const auto &compression = strength_law.compression;
  if (compression && compression->kind != modulus_law.power.kind)
    throw UserError("density_law '" + modulus_law.origin.name +
                    "' and strength_law '" + strength_law.origin.name +
                    "' are for different densities, one apparent and one of "
                    "ash");
  const bool depends_on_rate = modulus_law.power.depends_on_rate() ||
                               (compression && compression->depends_on_rate());
  if (is_given("strain_rate_per_s") && !depends_on_rate)
    throw UserError("strain_rate_per_s is given, but neither density_law nor "
                    "strength_law depends on it");
}

/// The strengths' names are assumed as far as the law is.
void
set_assumed(Material &material, const materials::LawOrigin &origin)
{
  std::vector<std::string> &assumed = material.strength_assumed;
  for (const std::string name : {"yield_compression", "yield_tension"})
  {
    assumed.erase(std::remove(assumed.begin(), assumed.end(), name),
                  assumed.end());
    if (is_assumed(origin, "law") ||
        (name == "yield_tension" && is_assumed(origin, "tension")))
      assumed.insert(assumed.begin(), name);
  }
}
} // namespace


std::vector<Parameter>
density_parameters(const std::string &prefix)
{
  const Access<DensityInput> input = [=](Draft &draft) -> DensityInput & {
    return draft.densities[prefix];
  };
  std::vector<Parameter> all = {
    optional_number(
      prefix + "density_g_cm3",
      densities,
      [=](Draft &draft) -> std::optional<double> & {
        return input(draft).density;
      },
      "Density, in place of young_modulus_MPa and strengths"),
    name(
      prefix + "density_law",
      names_of(materials::modulus_laws()),
      [=](Draft &draft) -> std::string & { return input(draft).modulus_law; },
      "Young's modulus by density (miniscrew list materials); apparent or ash "
      "density, as the law has it"),
    name(
      prefix + "strength_law",
      names_of(materials::strength_laws()),
      [=](Draft &draft) -> std::string & { return input(draft).strength_law; },
      "Strengths by density, or yield strains"),
    optional_number(
      prefix + "strain_rate_per_s",
      Range{1e-6, 1e3},
      [=](Draft &draft) -> std::optional<double> & {
        return input(draft).strain_rate;
      },
      "Rate of strain, for laws of density that depend on it; quasi-static "
      "unless given")};
  all[0].schema["examples"] = {0.5};
  all[1].schema["examples"] = {names_of(materials::modulus_laws()).front()};
  all[2].schema["default"]  = default_strength_law;
  all[3].schema["default"]  = default_strain_rate;
  for (Parameter &parameter : all)
    parameter.write = [](Draft &) { return std::string(); };
  return all;
}


const std::vector<std::string> &
density_keys()
{
  static const std::vector<std::string> keys = {
    "density_g_cm3", "density_law", "strength_law", "strain_rate_per_s"};
  return keys;
}


const std::vector<std::string> &
keys_by_density()
{
  static const std::vector<std::string> keys = {
    "young_modulus_MPa", "yield_tension_MPa", "yield_compression_MPa"};
  return keys;
}


void
apply_density(Material           &material,
              const DensityInput &input,
              const IsGiven      &is_given)
{
  check_keys(input, is_given);
  if (!input.density)
    return;
  if (!material.is_isotropic)
    throw UserError("density_g_cm3 gives one modulus, but '" +
                    shown(material.name) + "' is orthotropic");
  const ModulusLaw &modulus_law =
    materials::find_modulus_law(input.modulus_law);
  const StrengthLaw &strength_law = materials::find_strength_law(
    input.strength_law.empty() ? default_strength_law : input.strength_law);
  check_laws(modulus_law, strength_law, is_given);

  const double density = *input.density;
  const double rate    = input.strain_rate.value_or(default_strain_rate);
  const double modulus = materials::modulus(modulus_law, density, rate);
  const materials::Strengths strengths =
    materials::strengths(strength_law, density, rate, modulus);
  material.isotropic.young_modulus      = modulus;
  material.plasticity.yield_tension     = strengths.tension;
  material.plasticity.yield_compression = strengths.compression;

  const std::string by = "density " + short_text(density) + " g/cm3, law '";
  if (!is_given("source"))
    material.source = by + modulus_law.origin.name + "'";
  if (!is_given("assumed"))
    material.assumed = is_assumed(modulus_law.origin, "law");
  if (!is_given("strength_source"))
    material.strength_source = by + strength_law.origin.name + "'";
  if (!is_given("strength_assumed"))
    set_assumed(material, strength_law.origin);
}
} // namespace miniscrew
