// SPDX-License-Identifier: LGPL-2.1-or-later
// The keys of materials, which are names of the library, own values, or both.
#include "solver/case/material_parameters.h"

#include "materials/library.h"

#include "solver/base/errors.h"

#include <algorithm>

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

/// A constant that is one number for isotropic and three for orthotropic
/// materials.
Parameter
constant(const std::string      &key,
         const Range            &range,
         const Access<Material> &material,
         double materials::IsotropicConstants::*isotropic,
         Vector3 materials::OrthotropicConstants::*orthotropic,
         const std::string                        &doc)
{
  const std::string    one   = number_type(key);
  const std::string    three = "an array of three numbers" + one.substr(8);
  const std::string    type  = one + " or " + three;
  Parameter            parameter{key, type, range.in_words(), doc};
  const nlohmann::json value = {{"type", "number"}};
  parameter.schema           = {{"oneOf",
                                 {value,
                                  {{"type", "array"},
                                   {"items", value},
                                   {"minItems", 3},
                                   {"maxItems", 3}}}}};
  // Young's modulus decides what kind of material it is; it is read first.
  const bool decides =
    isotropic == &materials::IsotropicConstants::young_modulus;
  parameter.read = [=](Draft &draft, const toml::node &node) {
    if (decides)
      material(draft).is_isotropic = !node.is_array();
    else if (node.is_number() && !material(draft).is_isotropic)
      throw UserError("one number is for isotropic materials, but "
                      "young_modulus_MPa has three");
    else if (node.is_array() && material(draft).is_isotropic)
      throw UserError("an array is for orthotropic materials, but "
                      "young_modulus_MPa is one number");
    if (node.is_array())
    {
      // A Poisson ratio of an orthotropic material may exceed 0.5; that all
      // constants fit together is checked at the end.
      const std::vector<double> values = read_numbers(node, 3, type, Range{});
      Vector3 &target = material(draft).orthotropic.*orthotropic;
      std::copy(values.begin(), values.end(), target.begin());
    }
    else
      material(draft).isotropic.*isotropic = read_number(node, type, range);
  };
  parameter.write = [=](Draft &draft) {
    const Material &m = material(draft);
    return m.is_isotropic ? toml_text(m.isotropic.*isotropic)
                          : toml_array(m.orthotropic.*orthotropic);
  };
  return parameter;
}

/// A vector that only orthotropic materials have.
Parameter
orthotropic_vector(const std::string      &key,
                   const Access<Material> &material,
                   Vector3 materials::OrthotropicConstants::*member,
                   const Vector3                            &example,
                   const std::string                        &doc)
{
  Parameter parameter = vector3(
    key,
    [=](Draft &draft) -> Vector3 & {
      return material(draft).orthotropic.*member;
    },
    doc);
  parameter.schema["examples"] = {example};
  parameter.write              = [=](Draft &draft) {
    return material(draft).is_isotropic
                          ? std::string()
                          : toml_array(material(draft).orthotropic.*member);
  };
  return parameter;
}

std::vector<Parameter>
constants(const std::string &prefix, const Access<Material> &material)
{
  using Isotropic   = materials::IsotropicConstants;
  using Orthotropic = materials::OrthotropicConstants;
  return {
    constant(prefix + "young_modulus_MPa",
             Range::positive(),
             material,
             &Isotropic::young_modulus,
             &Orthotropic::young_modulus,
             "Young's modulus, or [E_1, E_2, E_3] of an orthotropic material"),
    constant(prefix + "poisson_ratio",
             Range{-1., 0.5, true, true},
             material,
             &Isotropic::poisson_ratio,
             &Orthotropic::poisson_ratio,
             "Poisson's ratio, or [nu_23, nu_13, nu_12]; nu_ij is the "
             "contraction along j under stress along i"),
    orthotropic_vector(prefix + "shear_modulus_MPa",
                       material,
                       &Orthotropic::shear_modulus,
                       {{5000., 4500., 4000.}},
                       "Shear moduli [G_23, G_13, G_12] of an orthotropic "
                       "material"),
    orthotropic_vector(prefix + "axis_1",
                       material,
                       &Orthotropic::axis_1,
                       {{1., 0., 0.}},
                       "Direction of axis 1 of an orthotropic material"),
    orthotropic_vector(prefix + "axis_2",
                       material,
                       &Orthotropic::axis_2,
                       {{0., 1., 0.}},
                       "Direction of axis 2, made orthogonal to axis 1"),
    number(
      prefix + "yield_stress_MPa",
      Range{0.},
      [=](Draft &draft) -> double & { return material(draft).yield_stress; },
      "Yield stress that results are compared with; 0 if not known")};
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
  for (const Parameter &parameter : constants(prefix, material))
    all.push_back(parameter);
  all.push_back(text(
    prefix + "source",
    [=](Draft &draft) -> std::string & { return material(draft).source; },
    "Where the values come from"));
  all.push_back(flag(
    prefix + "assumed",
    [=](Draft &draft) -> bool & { return material(draft).assumed; },
    "Whether the values are an assumption"));
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
  const bool is_complete = given.count(prefix + "young_modulus_MPa") > 0 &&
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
    materials::find_material(name);
  else
    throw UserError("needs young_modulus_MPa and poisson_ratio, or the name of "
                    "a material of the library whose values it changes");
}


void
finish_material(Draft                       &draft,
                const MaterialSlot          &slot,
                const std::set<std::string> &given)
{
  Material  &material = draft.result.*slot.material;
  const auto is_given = [&](const char *key) {
    return given.count(slot.key + "." + key) > 0;
  };
  bool changed =
    is_given("shear_modulus_MPa") || is_given("axis_1") || is_given("axis_2");
  if (material.is_isotropic && changed)
    throw UserError("shear_modulus_MPa, axis_1 and axis_2 are for orthotropic "
                    "materials, whose young_modulus_MPa has three numbers");
  changed = changed || is_given("young_modulus_MPa") ||
            is_given("poisson_ratio") || is_given("yield_stress_MPa");

  const Material *base = in_library(material.name);
  if (base != nullptr)
    material.name = base->name;
  // What the base does not have must be in the file.
  const bool same_kind =
    base != nullptr && base->is_isotropic == material.is_isotropic;
  if (!same_kind && !is_given("poisson_ratio"))
    throw UserError("needs poisson_ratio to go with young_modulus_MPa");
  if (!same_kind && !material.is_isotropic && !is_given("shear_modulus_MPa"))
    throw UserError("needs shear_modulus_MPa, as its young_modulus_MPa has "
                    "three numbers");
  if (changed && !is_given("source"))
    material.source = "user";
  if (changed && !is_given("assumed"))
    material.assumed = false;
  material.stiffness();
}
} // namespace miniscrew
