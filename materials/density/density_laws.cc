// SPDX-License-Identifier: LGPL-2.1-or-later
// Reads the laws of density.
#include "materials/density/density_laws.h"

#include "solver/base/errors.h"
#include "solver/base/shown.h"
#include "solver/case/reading/toml_text.h"
#include "solver/case/reading/toml_value.h"

namespace miniscrew
{
/// The text of density_laws.toml.
extern const std::string density_laws_toml;
} // namespace miniscrew

namespace miniscrew::materials
{
namespace
{
LawOrigin
read_origin(const toml::table &entry)
{
  LawOrigin origin;
  origin.name    = text_in(entry, "name");
  origin.site    = text_in(entry, "site");
  origin.source  = text_in(entry, "source");
  origin.assumed = texts_in(entry, "assumed");
  return origin;
}

DensityPower
read_power(const toml::table &entry)
{
  DensityPower power;
  power.kind          = text_in(entry, "density") == "ash" ? DensityKind::ash
                                                           : DensityKind::apparent;
  power.offset        = number_in(entry, "offset", 0.);
  power.coefficient   = number_in(entry, "coefficient");
  power.exponent      = number_in(entry, "exponent");
  power.rate_exponent = number_in(entry, "rate_exponent", 0.);
  if (entry.contains("range"))
  {
    const std::vector<double> range = numbers_in(entry, "range");
    power.smallest                  = range.at(0);
    power.largest                   = range.at(1);
  }
  return power;
}

ModulusLaw
read_modulus_law(const toml::table &entry)
{
  return {read_origin(entry), read_power(entry)};
}

StrengthLaw
read_strength_law(const toml::table &entry)
{
  StrengthLaw law;
  law.origin = read_origin(entry);
  if (entry.contains("coefficient"))
  {
    law.compression   = read_power(entry);
    law.tension_ratio = number_in(entry, "tension_ratio");
  }
  else
  {
    law.yield_strain_tension     = number_in(entry, "yield_strain_tension");
    law.yield_strain_compression = number_in(entry, "yield_strain_compression");
  }
  return law;
}

/// All tables called @p key of the data file.
template <typename Law>
std::vector<Law>
read_laws(const char *key, Law (*read)(const toml::table &))
{
  const toml::table table = parse_toml(density_laws_toml, "density_laws.toml");
  std::vector<Law>  laws;
  for (const toml::table *entry : tables_in(table, key))
    laws.push_back(read(*entry));
  return laws;
}

template <typename Law>
const Law &
find_law(const std::vector<Law> &laws,
         const std::string      &what,
         const std::string      &name)
{
  std::vector<std::string> names;
  for (const Law &law : laws)
  {
    if (law.origin.name == name)
      return law;
    names.push_back(law.origin.name);
  }
  throw UserError("there is no law for the " + what + " called '" +
                  shown(name) + "', but " + list_of(names) +
                  did_you_mean(name, names));
}
} // namespace


const std::vector<ModulusLaw> &
modulus_laws()
{
  static const std::vector<ModulusLaw> laws =
    read_laws("modulus", &read_modulus_law);
  return laws;
}


const std::vector<StrengthLaw> &
strength_laws()
{
  static const std::vector<StrengthLaw> laws =
    read_laws("strength", &read_strength_law);
  return laws;
}


const ModulusLaw &
find_modulus_law(const std::string &name)
{
  return find_law(modulus_laws(), "modulus", name);
}


const StrengthLaw &
find_strength_law(const std::string &name)
{
  return find_law(strength_laws(), "strength", name);
}
} // namespace miniscrew::materials
