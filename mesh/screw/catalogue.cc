// SPDX-License-Identifier: LGPL-2.1-or-later
// Reads the catalogue and derives the dimensions of its screws.
#include "mesh/screw/catalogue.h"

#include "solver/base/dimension_error.h"
#include "solver/base/shown.h"
#include "solver/case/reading/toml_text.h"
#include "solver/case/reading/toml_value.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <sstream>

namespace miniscrew
{
/// The text of catalogue.toml.
extern const std::string catalogue_toml;
} // namespace miniscrew

namespace miniscrew::mesh
{
namespace
{
const toml::table &
data()
{
  static const toml::table table = parse_toml(catalogue_toml, "catalogue.toml");
  return table;
}

bool
contains(const std::vector<std::string> &names, const std::string &name)
{
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool
is_near(const double a, const double b)
{
  return std::abs(a - b) < 1e-6;
}

std::string
lower_case(std::string text)
{
  for (char &c : text)
    c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

std::string
to_text(const double number)
{
  std::ostringstream text;
  text << number;
  return text.str();
}

std::string
list_of_numbers(const std::vector<double> &numbers)
{
  std::vector<std::string> texts;
  for (const double number : numbers)
    texts.push_back(to_text(number));
  return list_of(texts);
}

HeadShape
head_shape(const std::string &name)
{
  return name == "hexagonal"   ? HeadShape::hexagonal
         : name == "octagonal" ? HeadShape::octagonal
                               : HeadShape::round;
}

TipShape
tip_of(const CatalogueSystem &system)
{
  return contains(system.techniques, "self-drilling") ? TipShape::cutting
                                                      : TipShape::blunt;
}

/// Names of the dimensions that assumed_dimensions() sets by itself.
std::vector<std::string>
names_of_assumed(const bool conical, const TipShape tip)
{
  std::vector<std::string> names = {"core_diameter",
                                    "pitch",
                                    "crest_width",
                                    "leading_flank_angle",
                                    "trailing_flank_angle",
                                    "fillet_radius",
                                    "thread_runout"};
  if (conical)
    names.push_back("core_taper");
  if (tip != TipShape::flat)
    names.insert(names.end(), {"tip_length", "tip_radius", "cutting_length"});
  names.insert(
    names.end(),
    {"collar_height", "collar_diameter", "head", "head_height", "head_width"});
  return names;
}

/// The same for a row, which gives the head but not the tip, and may have
/// values that were @p inferred from a damaged table.
std::vector<std::string>
names_of_assumed(const CatalogueSystem          &system,
                 const std::vector<std::string> &inferred)
{
  std::vector<std::string> names =
    names_of_assumed(contains(system.shapes, "conical"), tip_of(system));
  names.erase(std::find(names.begin(), names.end(), "head"));
  names.push_back("tip");
  names.insert(names.end(), inferred.begin(), inferred.end());
  return names;
}

CatalogueSystem
read_system(const toml::table &row)
{
  CatalogueSystem system;
  system.system       = text_in(row, "name");
  system.maker        = text_in(row, "maker");
  system.shapes       = texts_in(row, "shapes");
  system.techniques   = texts_in(row, "techniques");
  system.head         = text_in(row, "head");
  system.head_shape   = head_shape(text_in(row, "head_shape"));
  system.pilot_drills = numbers_in(row, "pilot_drills");
  system.source       = text_in(data(), "source");
  if (row.contains("cutting_length"))
    system.cutting_length = number_in(row, "cutting_length");
  else if (tip_of(system) == TipShape::blunt)
    system.cutting_length =
      number_in(data(), "assumptions.cutting.of_self_tapping");
  for (const toml::table *sizes : tables_in(row, "sizes"))
    for (const double diameter : numbers_in(*sizes, "diameters"))
      system.sizes.push_back({diameter, numbers_in(*sizes, "lengths")});
  system.assumed = names_of_assumed(system, texts_in(row, "inferred"));
  return system;
}

/// Throws DimensionError if the row has no such size.
void
require_size(const CatalogueSystem &system,
             const double           diameter,
             const double           length)
{
  std::vector<double> diameters;
  for (const CatalogueSize &size : system.sizes)
  {
    diameters.push_back(size.diameter);
    if (!is_near(size.diameter, diameter))
      continue;
    if (std::none_of(size.lengths.begin(),
                     size.lengths.end(),
                     [&](const double l) { return is_near(l, length); }))
      throw DimensionError(system.system + " of diameter " + to_text(diameter) +
                             " mm has no length of " + to_text(length) +
                             " mm, but " + list_of_numbers(size.lengths) +
                             " mm",
                           {"length"});
    return;
  }
  throw DimensionError(system.system + " has no diameter of " +
                         to_text(diameter) + " mm, but " +
                         list_of_numbers(diameters) + " mm",
                       {"diameter"});
}

/// To the nearest nanometre, so that 0.75 of 1.6 mm is written as 1.2 mm.
double
rounded(const double length)
{
  return std::round(length * 1e6) / 1e6;
}

void
set_tip(ScrewGeometry &geometry, const TipShape tip)
{
  const toml::table &tips = table_in(data(), "assumptions.tip");
  const double core = 0.5 * geometry.core_diameter * (1. - geometry.core_taper);
  const double longest =
    rounded(number_in(tips, "largest_share_of_length") * geometry.length);
  geometry.tip = tip;
  switch (tip)
  {
    case TipShape::cutting:
      geometry.tip_length =
        std::min(longest, number_in(tips, "cutting_length"));
      geometry.tip_radius = std::min(core, number_in(tips, "cutting_radius"));
      geometry.cutting_length = edges_of_cutting_tip(geometry.tip_length);
      break;
    case TipShape::blunt:
      geometry.tip_length = std::min(longest, number_in(tips, "blunt_length"));
      geometry.tip_radius =
        rounded(number_in(tips, "blunt_radius_ratio") * core);
      geometry.cutting_length =
        number_in(data(), "assumptions.cutting.of_blunt_tip");
      break;
    case TipShape::flat:
      geometry.tip_length     = 0.;
      geometry.tip_radius     = core;
      geometry.cutting_length = 0.;
      break;
  }
}
} // namespace


const std::vector<CatalogueSystem> &
catalogue()
{
  static const std::vector<CatalogueSystem> systems = [] {
    std::vector<CatalogueSystem> rows;
    for (const toml::table *row : tables_in(data(), "system"))
      rows.push_back(read_system(*row));
    return rows;
  }();
  return systems;
}


const CatalogueSystem &
find_system(const std::string &system)
{
  std::vector<std::string> names;
  for (const CatalogueSystem &row : catalogue())
  {
    if (lower_case(row.system) == lower_case(system))
      return row;
    names.push_back(row.system);
  }
  throw UserError("the catalogue has no system '" + shown(system) + "', but " +
                  list_of(names) + did_you_mean(system, names));
}


ScrewGeometry
assumed_dimensions(const double       diameter,
                   const double       length,
                   const std::string &shape,
                   const TipShape     tip)
{
  const std::vector<std::string> shapes = {"cylindrical", "conical"};
  if (!contains(shapes, shape))
    throw DimensionError("a screw's shape is " + list_of(shapes) + ", not '" +
                           shown(shape) + "'" + did_you_mean(shape, shapes),
                         {"shape"});
  const bool         conical     = shape == "conical";
  const toml::table &assumptions = table_in(data(), "assumptions");
  const auto         assumed     = [&assumptions](const char *path) {
    return number_in(assumptions, path);
  };

  ScrewGeometry geometry;
  geometry.diameter      = diameter;
  geometry.length        = length;
  geometry.core_diameter = rounded(assumed("core_diameter_ratio") * diameter);
  geometry.core_taper    = conical ? assumed("conical_taper") : 0.;

  // A diameter on the limit takes the finer pitch.
  const double coarse_above = assumed("thread.coarse_pitch_above_diameter");
  geometry.pitch =
    assumed(diameter > coarse_above && !is_near(diameter, coarse_above)
              ? "thread.coarse_pitch"
              : "thread.pitch");
  geometry.crest_width          = assumed("thread.crest_width");
  geometry.leading_flank_angle  = assumed("thread.leading_flank_angle");
  geometry.trailing_flank_angle = assumed("thread.trailing_flank_angle");
  geometry.fillet_radius        = assumed("thread.fillet_radius");
  geometry.thread_runout        = assumed("thread.runout");
  set_tip(geometry, tip);

  geometry.collar_height = assumed("head.collar_height");
  geometry.collar_diameter =
    rounded(assumed("head.collar_diameter_ratio") * diameter);
  geometry.head        = head_shape(text_in(assumptions, "head.shape"));
  geometry.head_height = assumed("head.height");
  geometry.head_width  = rounded(assumed("head.width_ratio") * diameter);
  geometry.assumed     = names_of_assumed(conical, tip);
  return geometry;
}


ScrewGeometry
catalogue_screw(const std::string &system,
                const double       diameter,
                const double       length,
                const std::string &shape)
{
  const CatalogueSystem &row = find_system(system);
  require_size(row, diameter, length);
  const std::string chosen = shape.empty() ? row.shapes.front() : shape;
  if (!contains(row.shapes, chosen))
    throw DimensionError(row.system + " is " + list_of(row.shapes) + ", not '" +
                           chosen + "'" + did_you_mean(chosen, row.shapes),
                         {"shape"});

  ScrewGeometry geometry =
    assumed_dimensions(diameter, length, chosen, tip_of(row));
  geometry.name = row.system + " " + to_text(diameter) + " x " +
                  to_text(length) + " mm" +
                  (row.shapes.size() > 1 ? ", " + chosen : "");
  geometry.cutting_length =
    row.cutting_length.value_or(geometry.cutting_length);
  geometry.head    = row.head_shape;
  geometry.assumed = row.assumed;
  if (geometry.core_taper == 0.)
    geometry.assumed.erase(std::remove(geometry.assumed.begin(),
                                       geometry.assumed.end(),
                                       "core_taper"),
                           geometry.assumed.end());
  return geometry;
}


double
edges_of_cutting_tip(const double tip_length)
{
  return rounded(number_in(data(), "assumptions.cutting.of_cutting_tip") *
                 tip_length);
}


const std::string &
source_of_assumptions()
{
  static const std::string source = text_in(data(), "assumptions.source");
  return source;
}
} // namespace miniscrew::mesh
