// SPDX-License-Identifier: LGPL-2.1-or-later
// Reads the library of materials.
#include "materials/library.h"

#include "materials/law_library.h"

#include "solver/base/errors.h"
#include "solver/base/shown.h"
#include "solver/case/reading/toml_text.h"
#include "solver/case/reading/toml_value.h"

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
  const std::vector<double> list = numbers_in(entry, key);
  if (list.size() != 3)
    throw UserError(std::string(key) + " needs three numbers");
  return {{list[0], list[1], list[2]}};
}

/// What [material.strength] says.
void
read_strength(const toml::table &strength, Material &material)
{
  Plasticity &plasticity       = material.plasticity;
  plasticity.yield_tension     = number_in(strength, "yield_tension", 0.);
  plasticity.yield_compression = number_in(strength, "yield_compression", 0.);
  for (const LawConstant &constant : all_law_constants())
    if (constant.is_of_elastic)
      constant.value(material) =
        number_in(strength, constant.name().c_str(), constant.initial);
  material.strength_source  = text_in(strength, "source");
  material.strength_assumed = texts_in(strength, "assumed");
}

Material
read_material(const toml::table &entry)
{
  Material material;
  material.name         = text_in(entry, "name");
  material.source       = text_in(entry, "source");
  material.assumed      = flag_in(entry, "assumed");
  material.yield_stress = number_in(entry, "yield_stress", 0.);
  material.is_isotropic = !entry["young_modulus"].is_array();
  if (material.is_isotropic)
  {
    material.isotropic.young_modulus = number_in(entry, "young_modulus");
    material.isotropic.poisson_ratio = number_in(entry, "poisson_ratio");
  }
  else
  {
    material.orthotropic.young_modulus = triple(entry, "young_modulus");
    material.orthotropic.shear_modulus = triple(entry, "shear_modulus");
    material.orthotropic.poisson_ratio = triple(entry, "poisson_ratio");
    material.orthotropic.axis_1        = triple(entry, "axis_1");
    material.orthotropic.axis_2        = triple(entry, "axis_2");
  }
  if (entry.contains("residual_interference_um"))
  {
    material.residual_interference = triple(entry, "residual_interference_um");
    for (double &value : material.residual_interference)
      value *= 1e-3; // to mm
  }
  if (entry.contains("strength"))
    read_strength(table_in(entry, "strength"), material);
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
    const toml::table     table = parse_toml(materials_toml, "materials.toml");
    std::vector<Material> result;
    for (const toml::table *entry : tables_in(table, "material"))
      result.push_back(read_material(*entry));
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
  throw UserError("the library has no material '" + shown(name) + "', but " +
                  list_of(names) + did_you_mean(name, names));
}
} // namespace miniscrew::materials
