// SPDX-License-Identifier: LGPL-2.1-or-later
// The keys of the elastic constants of a material.
#include "solver/case/tables/elastic_parameters.h"

#include "solver/base/errors.h"

#include <algorithm>
#include <cmath>

namespace miniscrew
{
namespace
{
using materials::Material;

// No material is softer (a gel has 0.01 MPa) or, but for one that stands for a
// rigid body, stiffer (diamond has 1.2e6 MPa).
const Range moduli{0.01, 1e7};

// Below 0.5, where the volume could not change, there must be room for it.
const Range isotropic_ratios{-0.9, 0.499};

// An orthotropic one may exceed 0.5; that all constants fit together is checked
// at the end.
const Range orthotropic_ratios = Range::up_to(10.);

const Range directions = Range::up_to(1000.);

// Shorter, a direction is one of rounding errors.
constexpr double shortest_direction = 1e-6;

/// A constant that is one number for isotropic and three for orthotropic
/// materials, which have ranges of their own.
Parameter
constant(const std::string      &key,
         const Range            &range,
         const Range            &orthotropic_range,
         const Access<Material> &material,
         double materials::IsotropicConstants::*isotropic,
         Vector3 materials::OrthotropicConstants::*orthotropic,
         const std::string                        &doc)
{
  const std::string one   = number_type(key);
  const std::string three = "an array of three numbers" + one.substr(8);
  const std::string type  = one + " or " + three;
  Parameter         parameter{key, type, range.in_words(), doc};
  parameter.schema = {{"oneOf",
                       {range.schema(),
                        {{"type", "array"},
                         {"items", orthotropic_range.schema()},
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
      const std::vector<double> values =
        read_numbers(node, 3, type, orthotropic_range);
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
                   const Range            &range,
                   const Access<Material> &material,
                   Vector3 materials::OrthotropicConstants::*member,
                   const Vector3                            &example,
                   const std::string                        &doc)
{
  Parameter parameter = vector3(
    key,
    range,
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

/// Whether the axes of an orthotropic material turn with the point.
Parameter
kind_of_axes(const std::string &key, const Access<Material> &material)
{
  using materials::FieldKind;
  Parameter parameter = choice<FieldKind>(
    key,
    {{"uniform", FieldKind::uniform}, {"cylindrical", FieldKind::cylindrical}},
    [=](Draft &draft) -> FieldKind & {
      return material(draft).orthotropic.field.kind;
    },
    "Whether axis_1 and axis_2 of an orthotropic material are directions in "
    "space, or turn around a line");
  parameter.schema["default"] = "uniform";
  parameter.write             = [=, write = parameter.write](Draft &draft) {
    return material(draft).is_isotropic ? std::string() : write(draft);
  };
  return parameter;
}

/// A vector that only cylindrical axes have.
Parameter
axes_vector(const std::string      &key,
            const Range            &range,
            const Access<Material> &material,
            Vector3 materials::DirectionField::*member,
            const std::string                  &doc)
{
  Parameter parameter = vector3(
    key,
    range,
    [=](Draft &draft) -> Vector3 & {
      return material(draft).orthotropic.field.*member;
    },
    doc);
  parameter.schema["default"] = materials::DirectionField().*member;
  parameter.write             = [=](Draft &draft) {
    return material(draft).varies_in_space()
                         ? toml_array(material(draft).orthotropic.field.*member)
                         : std::string();
  };
  return parameter;
}

/// Throws UserError if a direction that counts is next to nothing.
void
check_directions(const Material &material)
{
  const auto check = [](const std::string &key, const Vector3 &direction) {
    if (!(std::hypot(direction[0], direction[1], direction[2]) >=
          shortest_direction))
      throw UserError(key + " must be a direction, but is " +
                      (direction == Vector3{} ? "zero" : "nearly zero"));
  };
  if (material.is_isotropic)
    return;
  check("axis_1", material.orthotropic.axis_1);
  check("axis_2", material.orthotropic.axis_2);
  if (material.varies_in_space())
    check("axes_line", material.orthotropic.field.line);
}

bool
is_any_given(const IsGiven &is_given, const std::vector<std::string> &keys)
{
  return std::any_of(keys.begin(), keys.end(), is_given);
}
} // namespace


std::vector<Parameter>
elastic_parameters(const std::string &prefix, const Access<Material> &material)
{
  using Isotropic   = materials::IsotropicConstants;
  using Orthotropic = materials::OrthotropicConstants;
  return {
    constant(prefix + "young_modulus_MPa",
             moduli,
             moduli,
             material,
             &Isotropic::young_modulus,
             &Orthotropic::young_modulus,
             "Young's modulus, or [E_1, E_2, E_3] of an orthotropic material"),
    constant(prefix + "poisson_ratio",
             isotropic_ratios,
             orthotropic_ratios,
             material,
             &Isotropic::poisson_ratio,
             &Orthotropic::poisson_ratio,
             "Poisson's ratio, or [nu_23, nu_13, nu_12]; nu_ij is the "
             "contraction along j under stress along i"),
    orthotropic_vector(prefix + "shear_modulus_MPa",
                       moduli,
                       material,
                       &Orthotropic::shear_modulus,
                       {{5000., 4500., 4000.}},
                       "Shear moduli [G_23, G_13, G_12] of an orthotropic "
                       "material"),
    orthotropic_vector(prefix + "axis_1",
                       directions,
                       material,
                       &Orthotropic::axis_1,
                       {{1., 0., 0.}},
                       "Direction of axis 1 of an orthotropic material; with "
                       "cylindrical axes its radial, circumferential and axial "
                       "component"),
    orthotropic_vector(prefix + "axis_2",
                       directions,
                       material,
                       &Orthotropic::axis_2,
                       {{0., 1., 0.}},
                       "Direction of axis 2, made orthogonal to axis 1"),
    kind_of_axes(prefix + "axes", material),
    axes_vector(prefix + "axes_centre_mm",
                Range::up_to(1000.),
                material,
                &materials::DirectionField::centre,
                "A point on the line of cylindrical axes"),
    axes_vector(prefix + "axes_line",
                directions,
                material,
                &materials::DirectionField::line,
                "Direction of the line of cylindrical axes, of any length but "
                "zero")};
}


bool
change_elasticity(const IsGiven &is_given)
{
  return is_any_given(is_given,
                      {"young_modulus_MPa",
                       "poisson_ratio",
                       "shear_modulus_MPa",
                       "axis_1",
                       "axis_2",
                       "axes",
                       "axes_centre_mm",
                       "axes_line"});
}


void
finish_elasticity(Material       &material,
                  const Material *base,
                  const IsGiven  &is_given)
{
  if (material.is_isotropic && is_any_given(is_given,
                                            {"shear_modulus_MPa",
                                             "axis_1",
                                             "axis_2",
                                             "axes",
                                             "axes_centre_mm",
                                             "axes_line"}))
    throw UserError("shear_modulus_MPa, axis_1, axis_2 and axes are for "
                    "orthotropic materials, whose young_modulus_MPa has three "
                    "numbers");
  if (!material.varies_in_space() &&
      is_any_given(is_given, {"axes_centre_mm", "axes_line"}))
    throw UserError("axes_centre_mm and axes_line are for axes = "
                    "\"cylindrical\"");
  // What the base does not have must be in the file.
  const bool same_kind =
    base != nullptr && base->is_isotropic == material.is_isotropic;
  if (!same_kind && !is_given("poisson_ratio"))
    throw UserError("needs poisson_ratio to go with young_modulus_MPa");
  if (!same_kind && !material.is_isotropic && !is_given("shear_modulus_MPa"))
    throw UserError("needs shear_modulus_MPa, as its young_modulus_MPa has "
                    "three numbers");
  check_directions(material);
  material.stiffness(material.orthotropic.field.centre);
}
} // namespace miniscrew
