// SPDX-License-Identifier: LGPL-2.1-or-later
// Resolution, units and assumptions of a case.
#include "solver/report/case_warnings.h"
#include "solver/case/tables/stage_keys.h"

#include "materials/law_library.h"
#include "materials/library.h"

#include "solver/base/log.h"

#include <algorithm>
#include <cmath>

namespace miniscrew::report
{
namespace
{
// Nodes per pitch that a quantity needs (README, "Against measurements"): with
// 1.75 of them torques are a sixth lower and pull-out forces a third, with 3.5
// torques are 5 % off the finest. Below two nodes no thread is there at all.
constexpr double nodes_for_pull_out = 5., nodes_for_torque = 3.,
                 nodes_for_a_thread = 2.;

// Nodes are no further apart than this share of the screw's diameter: linear
// elements of 0.4 mm on a screw of 1.6 mm give torques 12 % too low (README,
// convergence of the torque).
constexpr double coarsest_share = 0.2;

// Linear elements are too stiff in bone that keeps its volume.
constexpr double locking_poisson_ratio = 0.45;

/// A layer's or the screw's material, with its name in sentences.
struct Body
{
  std::string                key; ///< in the case file
  const materials::Material *material;
  bool                       is_there;
};

std::vector<Body>
bodies_of(const Case &c)
{
  return {{"materials.near_cortex", &c.near_cortex, c.site.near_cortex > 0.},
          {"materials.cancellous", &c.cancellous, c.site.cancellous > 0.},
          {"materials.far_cortex", &c.far_cortex, c.site.far_cortex > 0.},
          {"screw.material", &c.screw_material, true}};
}

std::vector<double>
young_moduli(const materials::Material &material)
{
  if (material.is_isotropic)
    return {material.isotropic.young_modulus};
  const auto &moduli = material.orthotropic.young_modulus;
  return {moduli.begin(), moduli.end()};
}

double
greatest_poisson_ratio(const materials::Material &material)
{
  if (material.is_isotropic)
    return material.isotropic.poisson_ratio;
  const auto &ratios = material.orthotropic.poisson_ratio;
  return *std::max_element(ratios.begin(), ratios.end());
}

/// "a, b and c".
std::string
enumerated(const std::vector<std::string> &words)
{
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i)
    text += (i == 0 ? "" : i + 1 == words.size() ? " and " : ", ") + words[i];
  return text;
}

void
warn_of_thread(const Case &c, const double size, Warnings &found)
{
  if (c.screw.thread_depth() <= 0. || c.screw.pitch <= 0.)
    return;
  const unsigned int degree = c.discretisation.degree;
  const double       nodes  = degree * c.screw.pitch / size;
  std::string        what;
  double             needed = 0.;
  const double       enough = 1. - 1e-9; // for sizes that are just small enough
  const auto         needs  = [&](const double n, const std::string &quantity) {
    if (nodes < enough * n && n > needed)
    {
      needed = n;
      what   = quantity;
    }
  };
  needs(nodes_for_a_thread, "results at the thread");
  if (c.is_inserted())
    needs(nodes_for_torque, "torques, pressures and forces");
  if (c.asks_for(pullout_stage))
    needs(nodes_for_pull_out, "pull-out forces");
  if (needed == 0.)
    return;
  // The flanks' moment needs more still, and is but a part of the torque.
  found.add("thread_not_resolved",
            format("the thread is not resolved: cells of %.3g mm and degree %u "
                   "at the interface give %.2g nodes per pitch of %.3g mm, "
                   "where %s need %g; use discretisation.interface_size_mm = "
                   "%.2g or less",
                   size,
                   degree,
                   nodes,
                   c.screw.pitch,
                   what.c_str(),
                   needed,
                   std::floor(100. * degree * c.screw.pitch / needed) / 100.));
}

void
warn_of_mesh(const Case &c, const double size, Warnings &found)
{
  const unsigned int degree = c.discretisation.degree;
  if (size / degree > coarsest_share * c.screw.diameter)
    found.add(
      "coarse_mesh",
      format("the mesh is coarse: cells of %.3g mm and degree %u beside a "
             "screw of %.3g mm, whose answers may be off by a tenth and more; "
             "compare with a finer discretisation.interface_size_mm or a "
             "higher discretisation.degree",
             size,
             degree,
             c.screw.diameter));
  if (degree > 1)
    return;
  for (const Body &body : bodies_of(c))
    if (body.is_there &&
        greatest_poisson_ratio(*body.material) > locking_poisson_ratio)
      found.add("locking",
                format("%s: linear elements are too stiff with Poisson's ratio "
                       "%g; use discretisation.degree = 2",
                       body.key.c_str(),
                       greatest_poisson_ratio(*body.material)));
}

/// Zones in which bone fails are a few internal lengths wide. Cells beside the
/// screw that are larger than half of it see neither their width nor the peak.
void
warn_of_peak(const Case &c, const double size, Warnings &found)
{
  constexpr double         cells_per_length = 2.;
  std::vector<std::string> keys;
  double                   least = 0.;
  for (const Body &body : bodies_of(c))
  {
    if (!body.is_there || !body.material->is_inelastic())
      continue;
    const double length =
      materials::make_law(*body.material)->internal_length();
    if (length == 0. || cells_per_length * size <= (1. + 1e-9) * length)
      continue;
    keys.push_back(body.key);
    least = keys.size() == 1 ? length : std::min(least, length);
  }
  if (!keys.empty())
    found.add("peak_not_resolved",
              format("the peak is not resolved where bone fails: cells beside "
                     "the screw are %.3g mm large, and half the internal "
                     "length of %s is %.3g mm; forces after the first damage "
                     "depend on the mesh, unless discretisation."
                     "interface_size_mm is as small",
                     size,
                     enumerated(keys).c_str(),
                     least / cells_per_length));
}

void
warn_unless_between(const std::string &key,
                    const double       value,
                    const std::string &unit,
                    const double       low,
                    const double       high,
                    Warnings          &found)
{
  if (value == 0. || (std::abs(value) >= low && std::abs(value) <= high))
    return;
  found.add("unlikely_units",
            format("%s is %g %s, where %g to %g is usual; is it in another "
                   "unit?",
                   key.c_str(),
                   value,
                   unit.c_str(),
                   low,
                   high));
}

/// Whether the moduli are those of the library under this name: the softest
/// foams are softer than any bone.
bool
is_of_library(const materials::Material &material)
{
  const std::vector<materials::Material> &all = materials::library();
  return std::any_of(
    all.begin(), all.end(), [&](const materials::Material &known) {
      return known.name == material.name &&
             young_moduli(known) == young_moduli(material);
    });
}

void
warn_of_units(const Case &c, Warnings &found)
{
  for (const Body &body : bodies_of(c))
  {
    if (!body.is_there)
      continue;
    const bool is_screw = body.material == &c.screw_material;
    if (!is_of_library(*body.material))
      for (const double modulus : young_moduli(*body.material))
        warn_unless_between(body.key + ".young_modulus_MPa",
                            modulus,
                            "MPa",
                            is_screw ? 1e4 : 50.,
                            is_screw ? 1e6 : 1e5,
                            found);
    if (is_screw)
      warn_unless_between(body.key + ".yield_stress_MPa",
                          body.material->yield_stress,
                          "MPa",
                          50.,
                          5000.,
                          found);
  }
  const auto size = [](const std::array<double, 3> &v) {
    return std::hypot(v[0], v[1], v[2]);
  };
  warn_unless_between(
    "the size of load.force_N", size(c.load.force), "N", 0.01, 100., found);
  warn_unless_between("the size of load.moment_N_mm",
                      size(c.load.moment),
                      "N mm",
                      0.01,
                      1000.,
                      found);
  const auto length = [&](const std::string &key,
                          const double       value,
                          const double       low,
                          const double       high) {
    warn_unless_between(key, value, "mm", low, high, found);
  };
  length("screw.diameter_mm", c.screw.diameter, 0.8, 6.);
  length("screw.length_mm", c.screw.length, 2., 30.);
  length("site.near_cortex_mm", c.site.near_cortex, 0.1, 10.);
  length("site.cancellous_mm", c.site.cancellous, 0.1, 50.);
  length("site.far_cortex_mm", c.site.far_cortex, 0.1, 10.);
  length("site.insertion_depth_mm", c.site.insertion_depth, 0.5, 30.);
  length("interface.interference_mm", c.interface.interference, 1e-5, 0.1);
}

/// Names of the strengths that are assumed, of all inelastic bodies.
std::vector<std::string>
assumed_strengths(const Case &c)
{
  std::vector<std::string> names;
  for (const Body &body : bodies_of(c))
    if (body.is_there && body.material->is_inelastic() &&
        !body.material->strength_assumed.empty() &&
        std::find(names.begin(), names.end(), body.material->name) ==
          names.end())
      names.push_back(body.material->name);
  return names;
}

bool
uses_cut_fractions(const Case &c)
{
  return c.insertion.cortex.cut_fraction || c.insertion.cancellous.cut_fraction;
}

/// What a screw cuts, and what it forms without being known for it.
void
warn_of_cutting(const Case &c, Warnings &found)
{
  if (!c.is_inserted())
    return;
  if (uses_cut_fractions(c))
  {
    found.add("cut_fraction",
              "insertion by cut fractions, an option for experts: a few "
              "percent of it decide the torque, and no number is known; "
              "without insertion.*.cut_fraction cutting edges and residual "
              "interference are used");
    return;
  }
  if (c.screw.cutting_length == 0. && c.screw.thread_depth() > 0.)
    found.add("thread_is_formed",
              "the screw has no cutting edges (screw.cutting_length_mm = 0), "
              "so it forms its thread and displaces all bone in its way; a "
              "screw with a flute at its tip has a cutting length of about 2 "
              "mm");
  // The rounded corner of a cutting tip widens up to here.
  constexpr double rounded_tip = 1.25;
  const double     edges = c.screw.cutting_length, tip = c.screw.tip_length;
  if (c.screw.tip == mesh::TipShape::cutting && edges > 0. &&
      edges < (1. - 1e-9) * rounded_tip * tip)
    found.add("tip_formed",
              format("screw.cutting_length_mm is %g, but the tip widens up to "
                     "%g mm and displaces what it does not cut; most torque "
                     "is due to that",
                     edges,
                     rounded_tip * tip));
  if (!c.insertion.has_band())
    found.add("no_band",
              "the residual interference is given as one number, so torques "
              "and forces have no band; it is assumed, and "
              "insertion.*.residual_interference_um = [low, mid, high] tells "
              "what that means");
}

void
warn_of_assumptions(const Case &c, Warnings &found)
{
  std::vector<std::string> parts, dimensions, moduli;
  for (std::string name : c.screw.assumed)
  {
    std::replace(name.begin(), name.end(), '_', ' ');
    dimensions.push_back(name);
  }
  if (!dimensions.empty())
    parts.push_back("of the screw: " + enumerated(dimensions));
  for (const Body &body : bodies_of(c))
    if (body.is_there && body.material->assumed &&
        std::find(moduli.begin(), moduli.end(), body.material->name) ==
          moduli.end())
      moduli.push_back(body.material->name);
  if (!moduli.empty())
    parts.push_back("elastic constants: " + enumerated(moduli));
  if (!assumed_strengths(c).empty())
    parts.push_back("strengths: " + enumerated(assumed_strengths(c)));
  if (c.is_inserted())
    parts.push_back("no measurement is known of " +
                    std::string(uses_cut_fractions(c)
                                  ? "cut fractions"
                                  : "the residual interference") +
                    " and of cutting energy");
  std::string text;
  for (const std::string &part : parts)
    text += (text.empty() ? "" : "; ") + part;
  if (!text.empty())
    found.add("assumed_values", "assumed, not measured: " + text);
}
} // namespace

Warnings
case_warnings(const Case &parameters, const double interface_size)
{
  Warnings found;
  warn_of_units(parameters, found);
  warn_of_thread(parameters, interface_size, found);
  warn_of_mesh(parameters, interface_size, found);
  warn_of_cutting(parameters, found);
  warn_of_peak(parameters, interface_size, found);
  warn_of_assumptions(parameters, found);
  return found;
}
} // namespace miniscrew::report
