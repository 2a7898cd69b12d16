// SPDX-License-Identifier: LGPL-2.1-or-later
// Validation of a screw's dimensions.
#include "mesh/screw/screw_check.h"

#include "solver/base/dimension_error.h"
#include "solver/base/shown.h"

#include <cmath>
#include <sstream>
#include <utility>

namespace miniscrew::mesh
{
namespace
{
// Flanks closer to the radial plane than this cannot be meshed as a graph, and
// flatter ones are no thread (degrees).
constexpr double smallest_flank_angle = 5.;
constexpr double largest_flank_angle  = 80.;

using Dimensions = std::vector<std::string>;

/// Throws DimensionError "screw 'name': part part ..." about @p dimensions
/// unless @p condition holds.
template <typename... Parts>
void
require(const bool           condition,
        const ScrewGeometry &geometry,
        const Dimensions    &dimensions,
        const Parts &...parts)
{
  if (condition)
    return;
  std::ostringstream message;
  message << "screw '" << shown(geometry.name) << "': ";
  (message << ... << parts);
  throw DimensionError(message.str(), dimensions);
}

void
require_positive(const ScrewGeometry &geometry,
                 const char          *what,
                 const double         value)
{
  require(std::isfinite(value) && value > 0.,
          geometry,
          Dimensions{what},
          what,
          " is ",
          value,
          " mm, but must be positive");
}

void
check_core(const ScrewGeometry &g)
{
  require_positive(g, "diameter", g.diameter);
  require_positive(g, "core_diameter", g.core_diameter);
  require_positive(g, "length", g.length);
  require(g.core_diameter <= g.diameter,
          g,
          Dimensions{"core_diameter", "diameter"},
          "core_diameter is ",
          g.core_diameter,
          " mm, but must not exceed the diameter of ",
          g.diameter,
          " mm");
  require(g.core_taper >= 0. && g.core_taper < 1.,
          g,
          Dimensions{"core_taper"},
          "core_taper is ",
          g.core_taper,
          ", but must be at least 0 and less than 1");
}

void
check_thread(const ScrewGeometry &g)
{
  require_positive(g, "pitch", g.pitch);
  require_positive(g, "crest_width", g.crest_width);
  require_positive(g, "fillet_radius", g.fillet_radius);
  require_positive(g, "thread_runout", g.thread_runout);
  for (const auto &[what, angle] :
       {std::pair("leading_flank_angle", g.leading_flank_angle),
        std::pair("trailing_flank_angle", g.trailing_flank_angle)})
    require(angle >= smallest_flank_angle && angle <= largest_flank_angle,
            g,
            Dimensions{what},
            what,
            " is ",
            angle,
            " degrees, but must be ",
            smallest_flank_angle,
            " to ",
            largest_flank_angle,
            " (from the radial plane)");

  const double degree = std::acos(-1.) / 180.;
  const double flanks =
    g.thread_depth() * (std::tan(g.leading_flank_angle * degree) +
                        std::tan(g.trailing_flank_angle * degree));
  require(g.crest_width + flanks < g.pitch,
          g,
          Dimensions{"pitch",
                     "crest_width",
                     "leading_flank_angle",
                     "trailing_flank_angle",
                     "core_diameter",
                     "diameter"},
          "crest and flanks take ",
          g.crest_width,
          " + ",
          flanks,
          " mm, which leaves no root in a pitch of ",
          g.pitch,
          " mm");
}

void
check_edges(const ScrewGeometry &g)
{
  require(g.cutting_length >= 0. && g.cutting_length <= g.length,
          g,
          Dimensions{"cutting_length", "length"},
          "cutting_length is ",
          g.cutting_length,
          " mm, but must be at least 0 and at most the length of ",
          g.length,
          " mm");
}

void
check_tip(const ScrewGeometry &g)
{
  if (g.tip == TipShape::flat)
    return;
  require_positive(g, "tip_length", g.tip_length);
  require_positive(g, "tip_radius", g.tip_radius);
  const double core = 0.5 * g.core_diameter * (1. - g.core_taper);
  require(g.tip_radius <= core,
          g,
          Dimensions{"tip_radius", "core_taper", "core_diameter", "diameter"},
          "tip_radius is ",
          g.tip_radius,
          " mm, but must not exceed the core's radius of ",
          core,
          " mm at the tip");
}

/// Tip and run-out must leave some shaft between them.
void
check_lengths(const ScrewGeometry &g)
{
  const bool   threaded = g.thread_depth() > 0.;
  const double runout   = threaded ? g.thread_runout : 0.;
  const double tip      = g.tip == TipShape::flat ? runout : g.tip_length;
  require(tip + runout < g.length,
          g,
          Dimensions{"tip_length", "thread_runout", "length"},
          "tip (",
          tip,
          " mm) and thread run-out (",
          runout,
          " mm) do not fit in the length of ",
          g.length,
          " mm");
}

void
check_head(const ScrewGeometry &g)
{
  require(std::isfinite(g.collar_height) && g.collar_height >= 0.,
          g,
          Dimensions{"collar_height"},
          "collar_height is ",
          g.collar_height,
          " mm, but must not be negative");
  if (g.collar_height > 0.)
    require_positive(g, "collar_diameter", g.collar_diameter);
  if (g.head != HeadShape::none)
  {
    require_positive(g, "head_height", g.head_height);
    require_positive(g, "head_width", g.head_width);
  }
}
} // namespace


void
check_dimensions(const ScrewGeometry &geometry)
{
  check_core(geometry);
  if (geometry.thread_depth() > 0.)
    check_thread(geometry);
  check_tip(geometry);
  check_lengths(geometry);
  check_head(geometry);
  check_edges(geometry);
}
} // namespace miniscrew::mesh
