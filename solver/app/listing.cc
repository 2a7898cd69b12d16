// SPDX-License-Identifier: LGPL-2.1-or-later
// What can be named in a case file, and what results hold.
#include "solver/app/listing.h"

#include "materials/density/density_laws.h"
#include "materials/law_library.h"
#include "materials/library.h"

#include "mesh/screw/catalogue.h"

#include "solver/base/log.h"
#include "solver/case/tables/parameters.h"
#include "solver/case/tables/stage_entries.h"
#include "solver/case/tables/technique_library.h"
#include "solver/report/quantity.h"

#include <algorithm>
#include <sstream>
#include <vector>

namespace miniscrew::app
{
namespace
{
std::string
joined(const std::vector<std::string> &words)
{
  std::string text;
  for (const std::string &word : words)
    text += (text.empty() ? "" : ", ") + word;
  return text;
}

std::string
joined(const std::vector<double> &numbers)
{
  std::vector<std::string> words;
  for (const double number : numbers)
    words.push_back(format("%g", number));
  return joined(words);
}

/// "  label  text", with the text broken into lines.
std::string
item(const std::string &label, const std::string &text)
{
  constexpr std::size_t indent = 14, width = 90;
  std::istringstream    words(text);
  std::string           line = "  " + label, result, word;
  line.resize(indent, ' ');
  while (words >> word)
  {
    if (line.size() + word.size() > width)
    {
      result += line + "\n";
      line = std::string(indent, ' ');
    }
    line += (line.size() > indent ? " " : "") + word;
  }
  return result + line + "\n";
}

/// Diameters that are sold in the same lengths, in one line.
std::string
sizes(const mesh::CatalogueSystem &system)
{
  std::string text;
  for (std::size_t i = 0; i < system.sizes.size();)
  {
    std::vector<double> diameters;
    const auto         &lengths = system.sizes[i].lengths;
    for (; i < system.sizes.size() && system.sizes[i].lengths == lengths; ++i)
      diameters.push_back(system.sizes[i].diameter);
    text += item("sizes",
                 "diameter " + joined(diameters) + " mm, length " +
                   joined(lengths) + " mm");
  }
  return text;
}

std::string
constants(const materials::Material &material)
{
  const auto three = [](const std::array<double, 3> &values) {
    return format("[%g, %g, %g]", values[0], values[1], values[2]);
  };
  const auto &o    = material.orthotropic;
  std::string text = material.is_isotropic
                       ? format("E = %g MPa, nu = %g",
                                material.isotropic.young_modulus,
                                material.isotropic.poisson_ratio)
                       : "E_1,2,3 = " + three(o.young_modulus) +
                           " MPa, G_23,13,12 = " + three(o.shear_modulus) +
                           " MPa, nu_23,13,12 = " + three(o.poisson_ratio);
  return text + (material.assumed ? " (assumed)" : "");
}

/// "hardening modulus 160 MPa".
std::string
in_words(std::string name, const double value, const std::string &unit)
{
  std::replace(name.begin(), name.end(), '_', ' ');
  return format(
    "%s %g%s%s", name.c_str(), value, unit.empty() ? "" : " ", unit.c_str());
}

/// Strengths and constants of plasticity that differ from their defaults, each
/// with what is assumed; empty if there is no strength.
std::string
strengths(const materials::Material &material)
{
  std::vector<std::string> words;
  const auto               add = [&](const std::string &name,
                       const double       value,
                       const double       unknown,
                       const std::string &unit) {
    if (value == unknown)
      return;
    const auto &assumed = material.strength_assumed;
    const bool  is_assumed =
      std::find(assumed.begin(), assumed.end(), name) != assumed.end();
    words.push_back(in_words(name, value, unit) +
                    (is_assumed ? " (assumed)" : ""));
  };
  const materials::Plasticity &p = material.plasticity;
  add("yield_stress", material.yield_stress, 0., "MPa");
  add("yield_tension", p.yield_tension, 0., "MPa");
  add("yield_compression", p.yield_compression, 0., "MPa");
  for (const auto &constant : materials::all_law_constants())
    if (constant.is_of_elastic)
      add(constant.name(),
          materials::value_of(constant, material),
          constant.initial,
          constant.unit());
  return joined(words);
}

/// One law of density.
std::string
law(const materials::LawOrigin    &origin,
    const std::string             &formula,
    const materials::DensityPower *power)
{
  std::string text = "\n" + origin.name + "\n" + item("law", formula);
  if (power != nullptr && power->smallest > 0.)
    text += item("density",
                 format("%g to %g g/cm3", power->smallest, power->largest));
  text += item("site", origin.site);
  text += item("source", origin.source);
  if (!origin.assumed.empty())
    text += item("assumed", joined(origin.assumed));
  return text;
}

std::string
density_laws()
{
  std::string text = "\nYoung's modulus by density (density_law), in MPa; rho: "
                     "apparent, rho_ash: ash,\nboth in g/cm3; rate: of strain, "
                     "in 1/s\n";
  for (const materials::ModulusLaw &modulus : materials::modulus_laws())
    text += law(modulus.origin, materials::formula(modulus), &modulus.power);
  text += "\nStrengths by density (strength_law)\n";
  for (const materials::StrengthLaw &strength : materials::strength_laws())
    text += law(strength.origin,
                materials::formula(strength),
                strength.compression ? &*strength.compression : nullptr);
  return text;
}

/// The keys of [insertion], and their defaults unless these follow from others.
std::string
keys_of_insertion()
{
  const std::string section = "insertion.";
  std::string       text    = "\nKeys of [insertion]\n";
  Draft             defaults;
  for (const Parameter &parameter : parameters())
    if (parameter.key.compare(0, section.size(), section) == 0)
      text += "  " + parameter.key.substr(section.size()) +
              (parameter.presence == Presence::derived
                 ? ""
                 : " = " + parameter.write(defaults)) +
              "\n" + item("", parameter.doc);
  return text;
}
} // namespace


std::string
list_screws()
{
  std::string text;
  for (const mesh::CatalogueSystem &system : mesh::catalogue())
  {
    text +=
      (text.empty() ? "" : "\n") + system.system + " (" + system.maker + ")\n";
    text += sizes(system);
    text += item("shape", joined(system.shapes));
    text += item("technique", joined(system.techniques));
    text += item("head", system.head);
    text += item("pilot drill",
                 system.pilot_drills.empty()
                   ? "not given"
                   : "diameter " + joined(system.pilot_drills) + " mm");
    text += item("assumed", joined(system.assumed));
    text += item("source", system.source);
  }
  return text;
}


std::string
list_materials()
{
  std::string text;
  for (const materials::Material &material : materials::library())
  {
    text += (text.empty() ? "" : "\n") + material.name + "\n";
    text += item("elasticity", constants(material));
    text += item("source", material.source);
    const std::string strength = strengths(material);
    if (!strength.empty())
      text += item("strength", strength);
    if (!material.strength_source.empty())
      text += item("source", material.strength_source);
  }
  return text + density_laws();
}


std::string
list_techniques()
{
  const auto systems_for = [](const std::string &technique) {
    std::vector<std::string> names;
    for (const mesh::CatalogueSystem &system : mesh::catalogue())
      if (std::find(system.techniques.begin(),
                    system.techniques.end(),
                    technique) != system.techniques.end())
        names.push_back(system.system);
    return joined(names);
  };
  std::string text;
  for (const TechniqueEntry &technique : technique_library())
  {
    const std::string &makers = technique.name_of_makers;
    text += (text.empty() ? "" : "\n") + technique.name + "\n";
    text += item(
      "preparation",
      technique.sentence +
        (technique.has_pilot() ? " (pilot_diameter_mm, pilot_depth_mm)" : ""));
    text += item("tip",
                 technique.needs_cutting_tip ? "cutting"
                                             : "any; blunt tips do not cut");
    text +=
      item("systems", systems_for(makers.empty() ? technique.name : makers));
  }
  return text +
         "\nA technique is named by insertion.technique, and needs "
         "interface.condition = "
         "\"frictional\".\n" +
         keys_of_insertion();
}

std::string
list_laws()
{
  std::string text = "Laws of materials, for materials.<name>.law\n";
  for (const materials::LawEntry &law : materials::law_library())
  {
    text += "\n" + law.name + "\n" + item("", law.sentence);
    for (const materials::LawConstant &constant : law.constants)
      text += item("", constant.key + ": " + constant.sentence);
  }
  return text;
}


std::string
list_stages()
{
  std::string text =
    "Stages that tests.run may name, and their keys in [tests]\n";
  for (const StageEntry &stage : stage_entries())
  {
    text += "\n" + stage.name + "\n" + item("", stage.sentence);
    for (const StageKey &key : stage.keys)
      text += item("",
                   key.key + ": " + key.doc + "; " + key.range.in_words() +
                     ", default " + format("%g", key.value));
  }
  return text;
}


std::string
list_results()
{
  std::string text  = "Numbers of summary.json, and of scalars/ in results.h5, "
                      "by the record that "
                      "has\nthem. * stands for one name, ** for any.\n";
  std::string place = "?";
  for (const report::Quantity &quantity : report::quantity_library())
  {
    if (quantity.place != place)
      text +=
        "\n" + (quantity.place.empty() ? "summary" : quantity.place) + "\n";
    place = quantity.place;
    text += item("",
                 quantity.key +
                   (quantity.unit.empty() ? "" : " [" + quantity.unit + "]") +
                   ": " + quantity.sentence);
  }
  return text;
}
} // namespace miniscrew::app
