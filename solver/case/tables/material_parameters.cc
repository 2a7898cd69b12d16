// SPDX-License-Identifier: LGPL-2.1-or-later
// The keys of materials, which are names of the library, own values, or both.
#include "solver/case/tables/material_parameters.h"

#include "materials/library.h"

#include "solver/base/errors.h"
#include "solver/case/tables/density_parameters.h"
#include "solver/case/tables/elastic_parameters.h"
#include "solver/case/tables/parameters.h"
#include "solver/case/tables/plasticity_parameters.h"

namespace miniscrew
{
namespace
{
using materials::Material;

Access<Material>
material_of(const MaterialSlot &slot)
{
  return [member = slot.material](Draft &draft) -> Material & {
    return draft.result.*member;
  };
}

std::vector<std::string>
library_names()
{
  std::vector<std::string> names;
  for (const Material &material : materials::library())
    names.push_back(material.name);
  return names;
}

/// The material of the library called @p name whatever the case of its
/// letters; nothing if there is none.
const Material *
in_library(const std::string &name)
{
  for (const Material &material : materials::library())
    if (equal_ignoring_case(material.name, name))
      return &material;
  return nullptr;
}
} // namespace


const std::vector<MaterialSlot> &
material_slots()
{
  static const std::vector<MaterialSlot> slots = {
    {"screw.material", "Ti-6Al-4V", &Case::screw_material},
    {"materials.near_cortex", "cortical bone", &Case::near_cortex},
    {"materials.cancellous", "cancellous bone", &Case::cancellous},
    {"materials.far_cortex", "cortical bone", &Case::far_cortex}};
  return slots;
}


std::vector<Parameter>
material_parameters(const MaterialSlot &slot)
{
  const Access<Material> material = material_of(slot);
  const std::string      prefix   = slot.key + ".";
  Parameter              by_name  = name(
    slot.key,
    library_names(),
    [=](Draft &draft) -> std::string               &{ return material(draft).name; },
    "Material of the library (miniscrew list materials), or a table of values "
                  "with the keys below");
  // The effective case keeps the constants: what a name means may change.
  by_name.write             = [](Draft &) { return std::string(); };
  by_name.schema["default"] = slot.default_material;
  // The names are too many to repeat them for every slot.
  by_name.type = "a name or a table";
  by_name.allowed.clear();

  std::vector<Parameter> all = {
    by_name,
    text(
      prefix + "name",
      [=](Draft &draft) -> std::string & { return material(draft).name; },
      "Material of the library that other keys of "
      "the table change, or an own name if they "
      "give all constants")};
  const auto append = [&](const std::vector<Parameter> &more) {
    all.insert(all.end(), more.begin(), more.end());
  };
  append(elastic_parameters(prefix, material));
  append(density_parameters(prefix));
  append(plasticity_parameters(prefix, material));
  all.push_back(text(
    prefix + "source",
    [=](Draft &draft) -> std::string & { return material(draft).source; },
    "Where the elastic constants come from"));
  all.push_back(flag(
    prefix + "assumed",
    [=](Draft &draft) -> bool & { return material(draft).assumed; },
    "Whether the elastic constants are an assumption"));
  for (std::size_t i = 1; i < all.size(); ++i)
    all[i].presence = Presence::derived;
  return all;
}


void
start_material(Draft                       &draft,
               const MaterialSlot          &slot,
               const std::set<std::string> &given)
{
  Material         &material = draft.result.*slot.material;
  const std::string prefix   = slot.key + ".";
  const auto        first    = given.lower_bound(prefix);
  const bool        has_table =
    first != given.end() && first->compare(0, prefix.size(), prefix) == 0;
  const bool is_named =
    given.count(slot.key) + given.count(prefix + "name") > 0;
  const bool is_complete = given.count(prefix + "young_modulus_MPa") +
                               given.count(prefix + "density_g_cm3") >
                             0 &&
                           given.count(prefix + "poisson_ratio") > 0;

  const std::string name = is_named    ? material.name
                           : has_table ? "user"
                                       : slot.default_material;
  material               = Material();
  if (const Material *known = in_library(name))
    material = *known;
  else if (is_complete)
    material.name = name;
  else if (is_named)
    static_cast<void>(materials::find_material(name));
  else
    throw UserError("needs young_modulus_MPa and poisson_ratio, or the name of "
                    "a material of the library whose values it changes");
  if (draft.bone_law && section_of(slot.key) == "materials")
    material.law = *draft.bone_law;
}


void
finish_material(Draft                       &draft,
                const MaterialSlot          &slot,
                const std::set<std::string> &given)
{
  Material     &material = draft.result.*slot.material;
  const IsGiven is_given = [&](const std::string &key) {
    return given.count(slot.key + "." + key) > 0;
  };
  const Material *base = in_library(material.name);
  if (base != nullptr)
    material.name = base->name;
  const bool has_density = is_given("density_g_cm3");
  apply_density(material, draft.densities[slot.key + "."], is_given);
  finish_elasticity(material, base, is_given);
  if (change_elasticity(is_given) && !has_density)
  {
    if (!is_given("source"))
      material.source = "user";
    if (!is_given("assumed"))
      material.assumed = false;
  }
  finish_plasticity(material, base, is_given);
}
} // namespace miniscrew
