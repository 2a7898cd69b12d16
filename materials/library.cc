// SPDX-License-Identifier: LGPL-2.1-or-later
// Reads the library of materials.
#include "materials/library.h"

#include "solver/base/errors.h"

#include <toml++/toml.h>

#include <algorithm>
#include <cctype>

namespace miniscrew
{
/// The text of materials.toml.
extern const std::string materials_toml;
} // namespace miniscrew

namespace miniscrew::materials
{
namespace
{
std::array<double, 3>
triple(const toml::table &entry, const char *key)
{
  const toml::array    &list = *entry[key].as_array();
  std::array<double, 3> result;
  for (unsigned int i = 0; i < result.size(); ++i)
    result[i] = list.at(i).value<double>().value();
  return result;
}

/// What [material.strength] says.
void
read_strength(const toml::table &strength, Material &material)
{
  Plasticity      &plasticity = material.plasticity;
  const Plasticity defaults;
  const auto       value = [&](const char *key, const double otherwise) {
    return strength[key].value_or(otherwise);
  };
  plasticity.yield_tension     = value("yield_tension", 0.);
  plasticity.yield_compression = value("yield_compression", 0.);
  plasticity.interaction       = value("interaction", defaults.interaction);
  plasticity.hardening_modulus = value("hardening_modulus", 0.);
  plasticity.damage_limit      = value("damage_limit", 0.);
  plasticity.damage_rate       = value("damage_rate", 0.);
  material.strength_source = strength["source"].value<std::string>().value();
  for (const toml::node &name : *strength["assumed"].as_array())
    material.strength_assumed.push_back(name.value<std::string>().value());
}

Material
read_material(const toml::table &entry)
{
  Material material;
  material.name         = entry["name"].value<std::string>().value();
  material.source       = entry["source"].value<std::string>().value();
  material.assumed      = entry["assumed"].value<bool>().value();
  material.yield_stress = entry["yield_stress"].value_or(0.);
  material.is_isotropic = !entry["young_modulus"].is_array();
  if (material.is_isotropic)
  {
    material.isotropic.young_modulus =
      entry["young_modulus"].value<double>().value();
    material.isotropic.poisson_ratio =
      entry["poisson_ratio"].value<double>().value();
  }
  else
  {
    material.orthotropic.young_modulus = triple(entry, "young_modulus");
    material.orthotropic.shear_modulus = triple(entry, "shear_modulus");
    material.orthotropic.poisson_ratio = triple(entry, "poisson_ratio");
    material.orthotropic.axis_1        = triple(entry, "axis_1");
    material.orthotropic.axis_2        = triple(entry, "axis_2");
  }
  if (const toml::table *strength = entry["strength"].as_table())
    read_strength(*strength, material);
  return material;
}

std::string
lower_case(std::string text)
{
  for (char &c : text)
    c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}
} // namespace


const std::vector<Material> &
library()
{
  static const std::vector<Material> materials = [] {
    const toml::table     table = toml::parse(materials_toml);
    std::vector<Material> result;
    for (const toml::node &node : *table["material"].as_array())
      result.push_back(read_material(*node.as_table()));
    return result;
  }();
  return materials;
}


const Material &
find_material(const std::string &name)
{
  std::vector<std::string> names;
  for (const Material &material : library())
  {
    if (lower_case(material.name) == lower_case(name))
      return material;
    names.push_back(material.name);
  }
  throw UserError("the library has no material '" + name + "', but " +
                  list_of(names) + did_you_mean(name, names));
}
} // namespace miniscrew::materials
