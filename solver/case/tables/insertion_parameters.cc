// SPDX-License-Identifier: LGPL-2.1-or-later
// The keys of insertion.
#include "solver/case/tables/insertion_parameters.h"

#include "mesh/screw/catalogue.h"

#include "solver/base/errors.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace miniscrew
{
namespace
{
// Usual drills have about 75 % of the screw's outer diameter, and holding power
// falls beyond about 85 % (Heidemann et al. 1998, J Craniomaxillofac Surg
// 26:50); drills come in steps of 0.05 mm, and one that is nearly as wide as
// the screw is not meant for it.
constexpr double usual_pilot = 0.75, drills_per_mm = 20., widest_drill = 0.95;

// Share of the displaced bone that leaves as chips. No measurement is known;
// flutes of cutting tips carry more away than blunt tips, and cells of
// cancellous bone collapse rather than break into chips.
constexpr double cut_by_cutting_tip = 0.9, cut_by_blunt_tip = 0.8,
                 cut_in_cancellous = 0.5;

// Work of cutting (MPa). It was measured for drills (Jacob et al. 1976, J
// Biomech 9:343) and blades (Wiggins & Malkin 1978, J Biomech Eng 100:122), but
// no value of theirs could be read; these are of the order of the strengths.
constexpr double energy_in_cortex = 50., energy_in_cancellous = 5.;

const std::vector<std::pair<std::string, Technique>> techniques = {
  {"none", Technique::none},
  {"self-tapping", Technique::self_tapping},
  {"self-drilling", Technique::self_drilling},
  {"cortical-perforation", Technique::cortical_perforation}};

std::string
name_of(const Technique technique)
{
  for (const auto &entry : techniques)
    if (entry.second == technique)
      return entry.first;
  return "";
}

template <typename T>
Access<T>
in(T Insertion::*member)
{
  return [=](Draft &draft) -> T & { return draft.result.insertion.*member; };
}

Access<double>
in(BoneCutting Insertion::*bone, double BoneCutting::*member)
{
  return [=](Draft &draft) -> double & {
    return draft.result.insertion.*bone.*member;
  };
}

Parameter
derived(Parameter parameter, const double example)
{
  parameter.presence           = Presence::derived;
  parameter.schema["examples"] = {example};
  return parameter;
}

/// The keys of one kind of bone; the docs of its assumed values end with how
/// these come about.
std::vector<Parameter>
bone_parameters(const std::string &name,
                BoneCutting Insertion::*bone,
                const double            cut_fraction,
                const std::string      &cut_fraction_unless_given,
                const double            energy)
{
  const std::string prefix = "insertion." + name + ".";
  return {derived(number(prefix + "cut_fraction",
                         Range{0., 1.},
                         in(bone, &BoneCutting::cut_fraction),
                         "Share of the displaced bone that is cut away as "
                         "chips, the rest is pushed aside; 1 is a "
                         "ready-threaded hole; unless given assumed as " +
                           cut_fraction_unless_given),
                  cut_fraction),
          derived(number(prefix + "friction_coefficient",
                         Range{0., 2.},
                         in(bone, &BoneCutting::friction),
                         "Coulomb's coefficient from insertion on; "
                         "interface.friction_coefficient unless given"),
                  0.3),
          derived(number(prefix + "cutting_energy_MPa",
                         Range{0., 1000.},
                         in(bone, &BoneCutting::cutting_energy),
                         "Work of cutting per volume of chips, in N mm per "
                         "mm3; unless given assumed as " +
                           short_text(energy) + " MPa"),
                  energy)};
}

void
append(std::vector<Parameter> &all, const std::vector<Parameter> &more)
{
  all.insert(all.end(), more.begin(), more.end());
}

bool
has_pilot(const Technique technique)
{
  return technique == Technique::self_tapping ||
         technique == Technique::cortical_perforation;
}

/// A key that is written only if the technique has a pilot hole.
Parameter
of_pilot(Parameter parameter)
{
  parameter.write = [write = parameter.write](Draft &draft) {
    return has_pilot(draft.result.insertion.technique) ? write(draft)
                                                       : std::string();
  };
  return parameter;
}

/// The drill of the screw's system that is nearest to its core, or a usual one.
double
default_pilot(const Draft &draft)
{
  const mesh::ScrewGeometry &screw = draft.result.screw;
  std::optional<double>      best;
  if (!draft.system.empty())
    for (const double drill : mesh::find_system(draft.system).pilot_drills)
      if (drill <= widest_drill * screw.diameter &&
          (!best || std::abs(drill - screw.core_diameter) <
                      std::abs(*best - screw.core_diameter)))
        best = drill;
  return best.value_or(
    std::round(usual_pilot * screw.diameter * drills_per_mm) / drills_per_mm);
}

void
check_pilot(const Case &c, std::vector<Contradiction> &found)
{
  const std::string diameter_key = "insertion.pilot_diameter_mm",
                    depth_key    = "insertion.pilot_depth_mm";
  const Insertion &insertion     = c.insertion;
  const double     pilot         = insertion.pilot_diameter;
  if (!has_pilot(insertion.technique))
  {
    for (const auto &[key, value] :
         {std::pair{diameter_key, pilot},
          std::pair{depth_key, insertion.pilot_depth}})
      if (value > 0.)
        found.push_back(
          {key,
           key + ": technique = \"" + name_of(insertion.technique) +
             "\" has no pilot hole; leave this key out, or use technique = "
             "\"self-tapping\" or \"cortical-perforation\""});
    return;
  }
  const std::string technique = name_of(insertion.technique);
  if (!(pilot > 0.))
    found.push_back({diameter_key,
                     diameter_key + ": technique = \"" + technique +
                       "\" needs a pilot hole, so more than 0; or use "
                       "technique = \"self-drilling\""});
  if (!(insertion.pilot_depth > 0.))
    found.push_back({depth_key,
                     depth_key + ": technique = \"" + technique +
                       "\" needs a pilot hole, so more than 0; or use "
                       "technique = \"self-drilling\""});
  if (pilot >= c.screw.diameter)
    found.push_back({diameter_key,
                     diameter_key + ": a pilot hole of " + short_text(pilot) +
                       " mm leaves nothing to hold a screw of " +
                       short_text(c.screw.diameter) +
                       " mm; allowed is less than that, usual is " +
                       short_text(100. * usual_pilot) + " % of it"});
}
} // namespace


std::vector<Parameter>
insertion_parameters()
{
  std::vector<Parameter> all = {
    choice("insertion.technique",
           techniques,
           in(&Insertion::technique),
           "How the screw gets into the bone: none (not simulated), "
           "self-tapping (pilot hole as deep as the screw), self-drilling (no "
           "pilot hole), cortical-perforation (pilot hole through the near "
           "cortex alone)"),
    of_pilot(derived(
      number("insertion.pilot_diameter_mm",
             Range::zero_or(0.1, 10.),
             in(&Insertion::pilot_diameter),
             "Diameter of the pilot hole, if the technique has one; unless "
             "given the system's drill that is nearest to the screw's core, or "
             "75 % of the outer diameter"),
      1.2)),
    of_pilot(derived(
      number("insertion.pilot_depth_mm",
             Range::zero_or(0.1, 50.),
             in(&Insertion::pilot_depth),
             "Depth of the pilot hole along the axis; unless given "
             "site.insertion_depth_mm if self-tapping, and to the end of the "
             "near cortex for cortical-perforation"),
      8.)),
    count("insertion.depths",
          2,
          100,
          in(&Insertion::depths),
          "Evenly spaced depths of the torque curve"),
    count("insertion.extra_depths",
          0,
          50,
          in(&Insertion::extra_depths),
          "Further depths, where the curve bends most"),
    count("insertion.steps",
          1,
          100,
          in(&Insertion::steps),
          "Steps in which the bone is pushed aside at a depth; they are cut "
          "back where needed"),
    number("insertion.relative_tolerance",
           Range{1e-5, 0.2},
           in(&Insertion::relative_tolerance),
           "Largest penetration of a converged step of insertion and seating, "
           "per greatest interference")};
  append(all,
         bone_parameters("cortex",
                         &Insertion::cortex,
                         cut_by_cutting_tip,
                         short_text(cut_by_cutting_tip) +
                           " with a cutting tip, " +
                           short_text(cut_by_blunt_tip) + " with another",
                         energy_in_cortex));
  append(all,
         bone_parameters("cancellous",
                         &Insertion::cancellous,
                         cut_in_cancellous,
                         short_text(cut_in_cancellous),
                         energy_in_cancellous));
  return all;
}


void
finish_insertion(Draft &draft, const std::set<std::string> &given)
{
  Case      &c         = draft.result;
  Insertion &insertion = c.insertion;
  const auto is_given  = [&](const std::string &key) {
    return given.count("insertion." + key) > 0;
  };
  if (!is_given("cortex.friction_coefficient"))
    insertion.cortex.friction = c.interface.friction;
  if (!is_given("cancellous.friction_coefficient"))
    insertion.cancellous.friction = c.interface.friction;
  if (!is_given("cortex.cut_fraction"))
    insertion.cortex.cut_fraction = c.screw.tip == mesh::TipShape::cutting
                                      ? cut_by_cutting_tip
                                      : cut_by_blunt_tip;
  if (!is_given("cancellous.cut_fraction"))
    insertion.cancellous.cut_fraction = cut_in_cancellous;
  if (!is_given("cortex.cutting_energy_MPa"))
    insertion.cortex.cutting_energy = energy_in_cortex;
  if (!is_given("cancellous.cutting_energy_MPa"))
    insertion.cancellous.cutting_energy = energy_in_cancellous;
  if (!has_pilot(insertion.technique))
    return;
  if (!is_given("pilot_diameter_mm"))
    insertion.pilot_diameter = default_pilot(draft);
  if (!is_given("pilot_depth_mm"))
    insertion.pilot_depth = insertion.technique == Technique::self_tapping
                              ? c.site.insertion_depth
                              : -mesh::layer_planes(c.site).near_cortex_end;
}


void
check_insertion(const Case &c, std::vector<Contradiction> &found)
{
  check_pilot(c, found);
  if (!c.is_inserted())
    return;
  if (c.interface.condition != InterfaceCondition::frictional)
    found.push_back({"insertion.technique",
                     "insertion.technique: a screw that is turned in must "
                     "slide; use interface.condition = \"frictional\""});
  if (c.interface.interference != 0.)
    found.push_back({"interface.interference_mm",
                     "interface.interference_mm: insertion makes its own "
                     "interference; use 0, or insertion.technique = "
                     "\"none\""});
  if (c.insertion.technique != Technique::self_tapping &&
      c.screw.tip != mesh::TipShape::cutting)
    found.push_back({"insertion.technique",
                     "insertion.technique: only a cutting tip gets into bone "
                     "without a pilot hole of its depth; use screw.tip = "
                     "\"cutting\", or technique = \"self-tapping\""});
}
} // namespace miniscrew
