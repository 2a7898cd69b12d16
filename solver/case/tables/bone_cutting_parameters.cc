// SPDX-License-Identifier: LGPL-2.1-or-later
// Residual interference, friction and cutting by kind of bone.
#include "solver/case/tables/bone_cutting_parameters.h"

#include "solver/base/errors.h"

#include <algorithm>

namespace miniscrew
{
namespace
{
constexpr double um = 1e-3; // mm

struct BoneKind
{
  std::string name;
  BoneCutting Insertion::*bone;
  /// Work of cutting, MPa. It was measured for drills (Jacob et al. 1976, J
  /// Biomech 9:343) and blades (Wiggins & Malkin 1978, J Biomech Eng 100:122),
  /// but no value of theirs could be read: that of cortex is of the order of
  /// its strength, that of cancellous bone is less in proportion to strength.
  double cutting_energy;
  /// What the kind consists of.
  const materials::Material &(*material)(const Case &);
};

const materials::Material &
cortex_material(const Case &c)
{
  return c.site.near_cortex > 0. ? c.near_cortex : c.far_cortex;
}

const materials::Material &
cancellous_material(const Case &c)
{
  return c.cancellous;
}

const std::vector<BoneKind> &
kinds()
{
  static const std::vector<BoneKind> all = {
    {"cortex", &Insertion::cortex, 100., cortex_material},
    {"cancellous", &Insertion::cancellous, 10., cancellous_material}};
  return all;
}

Parameter
assumed_value(Parameter parameter, const nlohmann::json &example)
{
  parameter.presence           = Presence::derived;
  parameter.schema["examples"] = nlohmann::json::array({example});
  return parameter;
}

/// A number, or low, mid and high.
Parameter
residual_interference(const BoneKind &kind, const std::string &prefix)
{
  static const Range       range{0., 200.};
  static const std::string type = "a number in um or an array [low, mid, high] "
                                  "of three numbers in um";
  const auto value              = [=](Draft &draft) -> std::array<double, 3>              &{
    return (draft.result.insertion.*kind.bone).residual;
  };
  Parameter parameter{
    prefix + "residual_interference_um",
    type,
    range.in_words(),
    "What cutting edges leave standing of the bone, along the surface's "
    "normal: too thin to be cut, or sprung back; [low, mid, high] gives a band "
    "of torques and forces; unless given that of the material, which is "
    "assumed "
    "as [2, 5, 8] for bone and filled epoxy, and as [30, 50, 80] for "
    "polyurethane foam of the library, the size of its cells"};
  parameter.schema = {{"oneOf",
                       {range.schema(),
                        {{"type", "array"},
                         {"items", range.schema()},
                         {"minItems", 3},
                         {"maxItems", 3}}}}};
  parameter.read   = [=](Draft &draft, const toml::node &node) {
    if (!node.is_array())
    {
      value(draft).fill(um * read_number(node, type, range));
      return;
    }
    const std::vector<double> numbers = read_numbers(node, 3, type, range);
    if (!std::is_sorted(numbers.begin(), numbers.end()))
      throw UserError("the numbers are low, mid and high, so in ascending "
                        "order, not " +
                      toml_array(numbers));
    for (std::size_t i = 0; i < 3; ++i)
      value(draft)[i] = um * numbers[i];
  };
  parameter.write = [=](Draft &draft) {
    const std::array<double, 3> &v = value(draft);
    std::vector<double>          numbers;
    for (const double x : v)
      numbers.push_back(std::round(x / um * 1e9) / 1e9);
    return v[0] == v[2] ? toml_text(numbers[0]) : toml_array(numbers);
  };
  return assumed_value(parameter, {2., 5., 8.});
}

Parameter
friction_range(const BoneKind &kind, const std::string &prefix)
{
  static const Range       range{0., 2.};
  static const std::string type = "an array [low, high] of two numbers";
  Parameter                parameter{
    prefix + "friction_range",
    type,
    range.in_words(),
    "Coulomb's coefficients of the low and the high bound of the band, with "
                   "friction_coefficient between them; without it the band is that of the "
                   "residual interference alone"};
  parameter.schema = {{"type", "array"},
                      {"items", range.schema()},
                      {"minItems", 2},
                      {"maxItems", 2}};
  parameter.read   = [=](Draft &draft, const toml::node &node) {
    const std::vector<double> numbers = read_numbers(node, 2, type, range);
    (draft.result.insertion.*kind.bone).friction_range =
      std::array<double, 2>{{numbers[0], numbers[1]}};
  };
  parameter.write = [=](Draft &draft) {
    const auto &value = (draft.result.insertion.*kind.bone).friction_range;
    return value ? toml_array(*value) : std::string();
  };
  return assumed_value(parameter, {0.2, 0.45});
}

/// The keys of one kind of bone; the docs of its assumed values end with how
/// these come about.
std::vector<Parameter>
parameters_of(const BoneKind &kind)
{
  const std::string prefix    = "insertion." + kind.name + ".";
  const auto        number_of = [&](double BoneCutting::*member) {
    return Access<double>([bone = kind.bone, member](Draft &draft) -> double        &{
      return draft.result.insertion.*bone.*member;
    });
  };
  const auto optional_of = [&](std::optional<double> BoneCutting::*member) {
    return Access<std::optional<double>>(
      [bone = kind.bone, member](Draft &draft) -> std::optional<double> & {
        return draft.result.insertion.*bone.*member;
      });
  };
  return {residual_interference(kind, prefix),
          assumed_value(number(prefix + "friction_coefficient",
                               Range{0., 2.},
                               number_of(&BoneCutting::friction),
                               "Coulomb's coefficient from insertion on; "
                               "interface.friction_coefficient unless given"),
                        0.3),
          friction_range(kind, prefix),
          assumed_value(
            optional_number(prefix + "friction_limit_MPa",
                            Range{1e-3, 1e4},
                            optional_of(&BoneCutting::friction_limit),
                            "Greatest traction of friction from insertion on; "
                            "the shear strength of the bone unless given, and "
                            "none where it has no strength"),
            60.),
          assumed_value(
            number(prefix + "cutting_energy_MPa",
                   Range{0., 1000.},
                   number_of(&BoneCutting::cutting_energy),
                   "Work of cutting per volume of chips, in N mm per mm3; "
                   "unless given assumed as " +
                     short_text(kind.cutting_energy) + " MPa"),
            kind.cutting_energy),
          assumed_value(
            optional_number(prefix + "cut_fraction",
                            Range{0., 1.},
                            optional_of(&BoneCutting::cut_fraction),
                            "For experts, in place of screw.cutting_length_mm "
                            "and residual_interference_um: share of the "
                            "displaced bone that leaves as chips, wherever it "
                            "is displaced; the rest is pushed aside; 1 is a "
                            "ready-threaded hole"),
            0.9)};
}
} // namespace


std::vector<Parameter>
bone_cutting_parameters()
{
  std::vector<Parameter> all;
  for (const BoneKind &kind : kinds())
    append(all, parameters_of(kind));
  return all;
}


void
finish_bone_cutting(Draft &draft, const std::set<std::string> &given)
{
  for (const BoneKind &kind : kinds())
  {
    BoneCutting      &bone     = draft.result.insertion.*kind.bone;
    const std::string prefix   = "insertion." + kind.name + ".";
    const auto        is_given = [&](const std::string &key) {
      return given.count(prefix + key) > 0;
    };
    if (!is_given("residual_interference_um"))
      bone.residual = kind.material(draft.result).residual_interference;
    if (!is_given("friction_coefficient"))
      bone.friction = draft.result.interface.friction;
    if (!is_given("cutting_energy_MPa"))
      bone.cutting_energy = kind.cutting_energy;
  }
}


void
check_bone_cutting(const Case &c, std::vector<Contradiction> &found)
{
  for (const BoneKind &kind : kinds())
  {
    const BoneCutting &bone = c.insertion.*kind.bone;
    if (!bone.friction_range)
      continue;
    const std::string key   = "insertion." + kind.name + ".friction_range";
    const auto &[low, high] = *bone.friction_range;
    if (!(low <= bone.friction && bone.friction <= high))
      found.push_back(
        {key,
         key + ": the coefficient of friction, " + short_text(bone.friction) +
           ", must be between the bounds, and is not in " +
           toml_array(*bone.friction_range) + "; change them, or insertion." +
           kind.name + ".friction_coefficient"});
  }
}
} // namespace miniscrew
