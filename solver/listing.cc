// SPDX-License-Identifier: LGPL-2.1-or-later
// What can be named in a case file: screws, materials, techniques.
#include "solver/listing.h"

#include "materials/library.h"

#include "mesh/screw/catalogue.h"

#include "solver/base/log.h"

#include <algorithm>
#include <sstream>
#include <vector>

namespace miniscrew
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
  if (material.yield_stress > 0.)
    text += format(", yield stress %g MPa", material.yield_stress);
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
    text += (text.empty() ? "" : "\n") + material.name +
            (material.assumed ? " (assumed)" : "") + "\n";
    text += item("constants", constants(material));
    text += item("source", material.source);
  }
  return text;
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
  struct Technique
  {
    std::string name, preparation, tip, systems;
  };
  std::string text;
  for (const Technique &technique :
       {Technique{"self-tapping",
                  "pilot hole as deep as the screw",
                  "blunt, does not cut",
                  systems_for("self-tapping")},
        Technique{
          "self-drilling", "none", "cutting", systems_for("self-drilling")},
        Technique{"cortical-perforation",
                  "pilot hole through the near cortex only",
                  "cutting",
                  systems_for("self-drilling")}})
  {
    text += (text.empty() ? "" : "\n") + technique.name + "\n";
    text += item("preparation", technique.preparation);
    text += item("tip", technique.tip);
    text += item("systems", technique.systems);
  }
  return text + "\nThe technique has no effect on a bonded screw; insertion is "
                "not yet simulated.\n";
}
} // namespace miniscrew
