// SPDX-License-Identifier: LGPL-2.1-or-later
// Reads the laws of density.
#include "materials/density_laws.h"

#include "solver/base/errors.h"

#include <toml++/toml.h>

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
  origin.name   = entry["name"].value<std::string>().value();
  origin.site   = entry["site"].value<std::string>().value();
  origin.source = entry["source"].value<std::string>().value();
  for (const toml::node &name : *entry["assumed"].as_array())
    origin.assumed.push_back(name.value<std::string>().value());
  return origin;
}

DensityPower
read_power(const toml::table &entry)
{
  DensityPower power;
  power.kind          = entry["density"].value<std::string>().value() == "ash"
                          ? DensityKind::ash
                          : DensityKind::apparent;
  power.offset        = entry["offset"].value_or(0.);
  power.coefficient   = entry["coefficient"].value<double>().value();
  power.exponent      = entry["exponent"].value<double>().value();
  power.rate_exponent = entry["rate_exponent"].value_or(0.);
  if (const toml::array *range = entry["range"].as_array())
  {
    power.smallest = range->at(0).value<double>().value();
    power.largest  = range->at(1).value<double>().value();
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
    law.tension_ratio = entry["tension_ratio"].value<double>().value();
  }
  else
  {
    law.yield_strain_tension =
      entry["yield_strain_tension"].value<double>().value();
    law.yield_strain_compression =
      entry["yield_strain_compression"].value<double>().value();
  }
  return law;
}

/// All tables called @p key of the data file.
template <typename Law>
std::vector<Law>
read_laws(const char *key, Law (*read)(const toml::table &))
{
  const toml::table table = toml::parse(density_laws_toml);
  std::vector<Law>  laws;
  for (const toml::node &node : *table[key].as_array())
    laws.push_back(read(*node.as_table()));
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
  throw UserError("there is no law for the " + what + " called '" + name +
                  "', but " + list_of(names) + did_you_mean(name, names));
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
