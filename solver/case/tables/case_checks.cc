// SPDX-License-Identifier: LGPL-2.1-or-later
// Checks across the keys of a case.
#include "solver/case/tables/case_checks.h"

#include "mesh/map/plane_fit.h"
#include "mesh/map/screw_bone_map.h"
#include "mesh/screw/screw_surface.h"

#include "solver/base/dimension_error.h"
#include "solver/case/tables/insertion_parameters.h"
#include "solver/case/tables/parameter.h"
#include "solver/case/tables/test_parameters.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace miniscrew
{
namespace
{
// Bone that must remain below the tip and beside the screw, so that cells of
// reasonable shape fit there (mm).
constexpr double smallest_bone_below  = 0.5;
constexpr double smallest_bone_beside = 1.;

constexpr double rounding = 1e-9;

/// Millimetres to the nearest 0.001, for sentences.
std::string
mm(const double value)
{
  return short_text(std::round(value * 1000.) / 1000.) + " mm";
}

void
check_depth(const Case &c, std::vector<Contradiction> &found)
{
  const mesh::BoneSite &site = c.site;
  if (site.insertion_depth > c.screw.length + rounding)
    found.push_back({"site.insertion_depth_mm",
                     "site.insertion_depth_mm: " + mm(site.insertion_depth) +
                       " is more than the screw's shaft of " +
                       mm(c.screw.length) + " (screw.length_mm)"});
  const mesh::LayerPlanes planes = mesh::layer_planes(site);
  const double            bottom =
    site.far_cortex > 0. ? planes.far_cortex_end : planes.cancellous_end;
  const double below = -site.insertion_depth - bottom;
  if (below < smallest_bone_below - rounding)
    found.push_back({"site.insertion_depth_mm",
                     "site.insertion_depth_mm: the tip at a depth of " +
                       mm(site.insertion_depth) + " must stay at least " +
                       mm(smallest_bone_below) +
                       " above the bottom of the block at " + mm(-bottom) +
                       " on the axis; use a shorter screw, a smaller depth, "
                       "or a thicker site.cancellous_mm"});
}

/// Layers, and the parts of the screw in and above the bone, must not be so
/// thin that no cells of reasonable shape fit in.
void
check_thickness(const Case &c, std::vector<Contradiction> &found)
{
  const mesh::BoneSite &site   = c.site;
  const double          radius = 0.5 * c.screw.diameter;
  const double          least  = mesh::thinnest_layer(radius);
  const auto            demand = [&](const std::string &key,
                          const double       length,
                          const std::string &what,
                          const std::string &advice) {
    if (length < least)
      found.push_back({key,
                       key + ": " + what + " of " + short_text(length) +
                         " mm along the axis is too thin for cells at a screw "
                                    "of " +
                         mm(c.screw.diameter) + "; use at least " + mm(least) +
                         advice});
  };
  const double sine = std::sin(site.insertion_angle * std::acos(-1.) / 180.);
  demand("site.near_cortex_mm", site.near_cortex / sine, "a cortex", "");
  demand("site.cancellous_mm", site.cancellous / sine, "cancellous bone", "");
  if (site.far_cortex > 0.)
    demand("site.far_cortex_mm",
           site.far_cortex / sine,
           "a cortex",
           ", or 0 for none");
  demand("site.insertion_depth_mm", site.insertion_depth, "a depth", "");
  const double top = c.screw.total_length() - site.insertion_depth;
  if (top >= rounding)
    demand("site.insertion_depth_mm",
           top,
           "a screw that ends above the bone with a part",
           ", or a smaller depth");
  if (c.is_inserted())
    demand("insertion.depths",
           site.insertion_depth / c.insertion.depths,
           "a first depth",
           ", that is fewer depths");
}

void
check_width(const Case &c, std::vector<Contradiction> &found)
{
  const double screw = std::max(c.screw.diameter, c.screw.collar_diameter);
  const double least = screw + 2. * smallest_bone_beside;
  const double width = std::min(c.site.width_x, c.site.width_y);
  if (width < least - rounding)
    found.push_back({"site.width_mm",
                     "site.width_mm: " + mm(width) +
                       " leaves too little bone beside a screw of " +
                       mm(screw) + ", needed is " + mm(least) + " or more"});
}

void
check_load(const Case &c, std::vector<Contradiction> &found)
{
  const double top = c.screw.total_length() - c.site.insertion_depth;
  if (top < rounding)
    found.push_back({"site.insertion_depth_mm",
                     "site.insertion_depth_mm: nothing of the screw is above "
                     "the bone to be loaded; use a smaller depth, a collar or "
                     "a head"});
  else if (c.load.height && *c.load.height > top + rounding)
    found.push_back({"load.height_mm",
                     "load.height_mm: " + mm(*c.load.height) +
                       " is above the top of the screw, which is " + mm(top) +
                       " above the bone"});
}

/// Whether the conditions leave no rigid motion. Rollers on the lateral faces
/// hold all but the motion along z, rollers on the bottom hold that.
void
check_boundary(const Case &c, std::vector<Contradiction> &found)
{
  using B                 = BoundaryCondition;
  const Boundary &b       = c.boundary;
  const bool      is_held = b.lateral == B::fixed || b.bottom == B::fixed ||
                       (b.lateral == B::roller && b.bottom == B::roller);
  if (!is_held)
    found.push_back(
      {"boundary.lateral",
       "boundary: these conditions do not hold the block, which could move as "
       "a rigid body; make lateral or bottom 'fixed', or both 'roller'"});
}

void
check_sizes(const Case &c, std::vector<Contradiction> &found)
{
  const Discretisation &d = c.discretisation;
  if (d.far_size < d.interface_size)
    found.push_back({"discretisation.far_size_mm",
                     "discretisation.far_size_mm: " + mm(d.far_size) +
                       " is smaller than interface_size_mm of " +
                       mm(d.interface_size)});
}
/// Contact must hold the screw, and is solved on one mesh.
void
check_interface(const Case &c, std::vector<Contradiction> &found)
{
  if (!c.interface.is_contact())
    return;
  if (c.interface.interference < 0.)
    found.push_back({"interface.interference_mm",
                     "interface.interference_mm: a gap of " +
                       mm(-c.interface.interference) +
                       " all around leaves nothing to hold the screw; use 0 "
                       "or an interference"});
  if (c.discretisation.adaptive_cycles > 0)
    found.push_back({"discretisation.adaptive_cycles",
                     "discretisation.adaptive_cycles: the error estimator "
                     "does not know contact; use 0, or interface.condition = "
                     "\"bonded\""});
}

/// Histories of inelastic points do not go from one mesh to another.
void
check_inelastic(const Case &c, std::vector<Contradiction> &found)
{
  const bool is_inelastic =
    c.screw_material.is_inelastic() || c.near_cortex.is_inelastic() ||
    c.cancellous.is_inelastic() || c.far_cortex.is_inelastic();
  if (is_inelastic && !c.interface.is_contact() &&
      c.discretisation.adaptive_cycles > 0)
    found.push_back({"discretisation.adaptive_cycles",
                     "discretisation.adaptive_cycles: the error estimator "
                     "does not know inelastic materials; use 0, or law = "
                     "\"elastic\""});
  if (c.load.unload && !is_inelastic && !c.interface.is_contact())
    found.push_back({"load.unload",
                     "load.unload: nothing remains of a load on elastic, "
                     "bonded bodies; use false, an inelastic law or contact"});
}

/// An average over more than the block has no surroundings to be of.
void
check_internal_lengths(const Case &c, std::vector<Contradiction> &found)
{
  const double width = std::min(c.site.width_x, c.site.width_y);
  for (const auto &[layer, material] :
       {std::pair{"near_cortex", &c.near_cortex},
        std::pair{"cancellous", &c.cancellous},
        std::pair{"far_cortex", &c.far_cortex}})
  {
    const double      length = material->plasticity.internal_length;
    const std::string key =
      std::string("materials.") + layer + ".internal_length_mm";
    if (material->is_inelastic() && length > width)
      found.push_back({key,
                       key + ": " + mm(length) +
                         " is more than the block's width of " + mm(width) +
                         "; use less, or 0 for damage that depends on the "
                         "point alone"});
  }
}

/// The key of a dimension of the site, see DimensionError.
std::string
key_of_site(const std::string &dimension)
{
  return dimension == "insertion_depth" ? "site.insertion_depth_mm"
                                        : "site.width_mm";
}

/// Whether the lines of the mesh find room beside the screw.
void
check_fit(const Case &c, std::vector<Contradiction> &found)
{
  try
  {
    const mesh::ScrewSurface surface(c.screw);
    const mesh::ScrewBoneMap map(surface, c.site);
  }
  catch (const DimensionError &error)
  {
    found.push_back({key_of_site(error.dimensions().front()),
                     std::string("site: ") + error.what()});
  }
}
} // namespace


std::vector<Contradiction>
contradictions(const Case &parameters)
{
  std::vector<Contradiction> found;
  check_depth(parameters, found);
  check_thickness(parameters, found);
  check_width(parameters, found);
  check_load(parameters, found);
  check_boundary(parameters, found);
  check_sizes(parameters, found);
  check_interface(parameters, found);
  check_inelastic(parameters, found);
  check_internal_lengths(parameters, found);
  check_tests(parameters, found);
  check_insertion(parameters, found);
  if (found.empty())
    check_fit(parameters, found);
  return found;
}
} // namespace miniscrew
