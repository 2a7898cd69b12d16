// SPDX-License-Identifier: LGPL-2.1-or-later
// The keys of [screw], and how a screw is made of them.
#include "solver/case/tables/screw_parameters.h"

#include "mesh/screw/catalogue.h"
#include "mesh/screw/screw_surface.h"

#include "solver/base/dimension_error.h"

#include <algorithm>
#include <cmath>

namespace miniscrew
{
namespace
{
using Geometry = mesh::ScrewGeometry;

template <typename T>
Access<T>
at(T Geometry::*member)
{
  return [=](Draft &draft) -> T & { return draft.result.screw.*member; };
}

/// A parameter whose value follows from the screw's origin unless it is given.
Parameter
derived(Parameter parameter)
{
  parameter.presence = Presence::derived;
  return parameter;
}

Parameter
required(Parameter parameter)
{
  parameter.presence = Presence::required;
  return parameter;
}

std::vector<std::string>
system_names()
{
  std::vector<std::string> names;
  for (const mesh::CatalogueSystem &system : mesh::catalogue())
    names.push_back(system.system);
  return names;
}

std::vector<Parameter>
identity()
{
  Parameter screw_name =
    text("screw.name",
         {},
         "Name as printed; follows from system and size unless given");
  screw_name.presence = Presence::derived;
  screw_name.read     = [](Draft &draft, const toml::node &node) {
    draft.screw_name = read_text(node);
  };
  screw_name.write = [](Draft &draft) {
    return toml_text(draft.result.screw.name);
  };
  return {
    name(
      "screw.system",
      system_names(),
      [](Draft &draft) -> std::string & { return draft.system; },
      "System of the catalogue (miniscrew list screws); without it the "
      "screw is an own one"),
    required(number("screw.diameter_mm",
                    Range{0.3, 10.},
                    at(&Geometry::diameter),
                    "Outer diameter of the thread; with a system one of its "
                    "diameters")),
    required(number("screw.length_mm",
                    Range{1., 50.},
                    at(&Geometry::length),
                    "Length of the shaft from the tip to the collar; with a "
                    "system one of its lengths")),
    derived(name(
      "screw.shape",
      {"cylindrical", "conical"},
      [](Draft &draft) -> std::string & { return draft.shape; },
      "Shape of the core; the system's first, or cylindrical, "
      "unless given")),
    screw_name};
}

std::vector<Parameter>
shaft()
{
  const Range angle{5., 80.};
  return {
    derived(number("screw.core_diameter_mm",
                   Range{0.1, 10.},
                   at(&Geometry::core_diameter),
                   "Diameter of the core at the head end of the shaft; equal "
                   "to the diameter it makes a smooth pin")),
    derived(number("screw.core_taper",
                   Range{0., 0.9},
                   at(&Geometry::core_taper),
                   "Share by which the core is thinner at the tip end of the "
                   "shaft")),
    derived(number("screw.pitch_mm",
                   Range{0.1, 5.},
                   at(&Geometry::pitch),
                   "Axial distance of neighbouring threads")),
    derived(number("screw.crest_width_mm",
                   Range{0.01, 5.},
                   at(&Geometry::crest_width),
                   "Axial width of the thread's crest")),
    derived(number("screw.leading_flank_angle_deg",
                   angle,
                   at(&Geometry::leading_flank_angle),
                   "Angle of the flank towards the tip, from the radial "
                   "plane")),
    derived(number("screw.trailing_flank_angle_deg",
                   angle,
                   at(&Geometry::trailing_flank_angle),
                   "Angle of the flank towards the head, from the radial "
                   "plane")),
    derived(number("screw.fillet_radius_mm",
                   Range{0.001, 1.},
                   at(&Geometry::fillet_radius),
                   "Radius of the thread's corners")),
    derived(number("screw.thread_runout_mm",
                   Range{0.01, 10.},
                   at(&Geometry::thread_runout),
                   "Axial length over which the thread fades at the collar "
                   "and into the tip"))};
}

std::vector<Parameter>
ends()
{
  using mesh::HeadShape;
  using mesh::TipShape;
  return {
    derived(choice<TipShape>("screw.tip",
                             {{"cutting", TipShape::cutting},
                              {"blunt", TipShape::blunt},
                              {"flat", TipShape::flat}},
                             at(&Geometry::tip),
                             "How the screw ends in the bone; flat has no "
                             "cone")),
    derived(number("screw.tip_length_mm",
                   Range::zero_or(0.05, 20.),
                   at(&Geometry::tip_length),
                   "Length of the tip's cone")),
    derived(number("screw.tip_radius_mm",
                   Range{0.01, 5.},
                   at(&Geometry::tip_radius),
                   "Radius of the tip's flat end")),
    derived(number("screw.cutting_length_mm",
                   Range::zero_or(0.05, 50.),
                   at(&Geometry::cutting_length),
                   "Length from the tip that has cutting edges (cutting tip, "
                   "flutes); what passes there is removed, what grows behind "
                   "it displaces the bone; 0: the screw forms its thread; "
                   "unless given 1.25 times a cutting tip, and 2 mm for "
                   "systems that are only self-tapping")),
    derived(number("screw.collar_height_mm",
                   Range::zero_or(0.05, 20.),
                   at(&Geometry::collar_height),
                   "Height of the collar above the shaft")),
    derived(number("screw.collar_diameter_mm",
                   Range{0.3, 20.},
                   at(&Geometry::collar_diameter),
                   "Diameter of the collar")),
    derived(choice<HeadShape>("screw.head",
                              {{"none", HeadShape::none},
                               {"round", HeadShape::round},
                               {"hexagonal", HeadShape::hexagonal},
                               {"octagonal", HeadShape::octagonal}},
                              at(&Geometry::head),
                              "Outline of the head")),
    derived(number("screw.head_height_mm",
                   Range::zero_or(0.05, 20.),
                   at(&Geometry::head_height),
                   "Height of the head")),
    derived(number("screw.head_width_mm",
                   Range{0.3, 20.},
                   at(&Geometry::head_width),
                   "Width of the head across flats, or its diameter"))};
}

/// Names of the dimensions that may be assumed, as in ScrewGeometry.
std::vector<std::string>
dimension_names()
{
  std::vector<std::string> names = {"diameter", "length"};
  for (const auto &group : {shaft(), ends()})
    for (const Parameter &parameter : group)
      names.push_back(bare_name(parameter.key));
  return names;
}

Parameter
assumed()
{
  Parameter parameter = names(
    "screw.assumed",
    dimension_names(),
    "dimensions",
    [](Draft &draft) -> std::vector<std::string> & {
      return draft.assumed.emplace();
    },
    "Names, without units, of the dimensions that are assumptions and not a "
    "maker's; those not given in the file unless this list is");
  parameter.presence = Presence::derived;
  parameter.write    = [](Draft &draft) {
    return toml_array(draft.result.screw.assumed);
  };
  return parameter;
}
} // namespace


std::vector<Parameter>
screw_parameters()
{
  std::vector<Parameter> all;
  for (const auto &group : {identity(), shaft(), ends(), {assumed()}})
    all.insert(all.end(), group.begin(), group.end());
  return all;
}


const std::vector<std::string> &
screw_identity_keys()
{
  static const std::vector<std::string> keys = {"screw.system",
                                                "screw.diameter_mm",
                                                "screw.length_mm",
                                                "screw.shape",
                                                "screw.tip"};
  return keys;
}


void
start_screw(Draft &draft, const std::set<std::string> &given)
{
  const bool     own_tip = given.count("screw.tip") > 0;
  const Geometry read    = draft.result.screw;
  Geometry      &screw   = draft.result.screw;
  if (draft.system.empty())
  {
    if (draft.shape.empty())
      draft.shape = "cylindrical";
    screw =
      mesh::assumed_dimensions(read.diameter,
                               read.length,
                               draft.shape,
                               own_tip ? read.tip : mesh::TipShape::cutting);
    screw.name = "custom screw " + short_text(read.diameter) + " x " +
                 short_text(read.length) + " mm";
    if (!own_tip)
      screw.assumed.push_back("tip");
    return;
  }
  if (draft.shape.empty())
    draft.shape = mesh::find_system(draft.system).shapes.front();
  screw = mesh::catalogue_screw(
    draft.system, read.diameter, read.length, draft.shape);
  if (own_tip && read.tip != screw.tip)
  {
    // Another tip has other assumptions about its size.
    const Geometry like = mesh::assumed_dimensions(
      read.diameter, read.length, draft.shape, read.tip);
    screw.tip            = read.tip;
    screw.tip_length     = like.tip_length;
    screw.tip_radius     = like.tip_radius;
    screw.cutting_length = like.cutting_length;
  }
}


void
finish_screw(Draft &draft, const std::set<std::string> &given)
{
  Geometry &screw   = draft.result.screw;
  bool      changed = false;
  for (const auto &group : {shaft(), ends()})
    for (const Parameter &parameter : group)
      if (given.count(parameter.key) > 0)
      {
        changed = true;
        screw.assumed.erase(std::remove(screw.assumed.begin(),
                                        screw.assumed.end(),
                                        bare_name(parameter.key)),
                            screw.assumed.end());
      }
  // A flat end has the width of the core, whatever was assumed for it.
  if (screw.tip == mesh::TipShape::flat)
  {
    if (given.count("screw.tip_length_mm") > 0 && screw.tip_length > 0.)
      throw DimensionError("screw.tip_length_mm is " +
                             short_text(screw.tip_length) +
                             ", but a flat tip has no cone; remove it, or "
                             "choose the tip blunt or cutting",
                           {"tip_length"});
    screw.tip_length = 0.;
    screw.tip_radius = 0.5 * screw.core_diameter * (1. - screw.core_taper);
  }
  // Edges reach as far as a cutting tip widens, also one of the file's.
  if (screw.tip == mesh::TipShape::cutting &&
      given.count("screw.tip_length_mm") > 0 &&
      given.count("screw.cutting_length_mm") == 0)
    screw.cutting_length =
      std::min(screw.length, mesh::edges_of_cutting_tip(screw.tip_length));
  if (changed && !draft.system.empty())
    screw.name += ", changed";
  screw.name    = draft.screw_name.value_or(screw.name);
  screw.assumed = draft.assumed.value_or(screw.assumed);
  const mesh::ScrewSurface surface(screw);
}


std::string
key_of_screw(const std::vector<std::string> &dimensions,
             const std::set<std::string>    &given)
{
  for (const std::string &dimension : dimensions)
    for (const Parameter &parameter : screw_parameters())
      if (bare_name(parameter.key) == dimension &&
          given.count(parameter.key) > 0)
        return parameter.key;
  return "screw.diameter_mm";
}
} // namespace miniscrew
