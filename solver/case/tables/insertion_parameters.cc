// SPDX-License-Identifier: LGPL-2.1-or-later
// The keys of insertion.
#include "solver/case/tables/insertion_parameters.h"

#include "mesh/screw/catalogue.h"

#include "solver/base/errors.h"
#include "solver/case/tables/bone_cutting_parameters.h"
#include "solver/case/tables/technique_library.h"

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

template <typename T>
Access<T>
in(T Insertion::*member)
{
  return [=](Draft &draft) -> T & { return draft.result.insertion.*member; };
}

Parameter
derived(Parameter parameter, const double example)
{
  parameter.presence           = Presence::derived;
  parameter.schema["examples"] = {example};
  return parameter;
}

bool
has_pilot(const Insertion &insertion)
{
  const TechniqueEntry *technique = find_technique(insertion.technique);
  return technique != nullptr && technique->has_pilot();
}

/// The names of those techniques that @p condition is true of, as a list for
/// messages.
std::string
techniques_with(const std::function<bool(const TechniqueEntry &)> &condition)
{
  std::vector<std::string> names;
  for (const TechniqueEntry &technique : technique_library())
    if (condition(technique))
      names.push_back("\"" + technique.name + "\"");
  return list_of(names);
}

/// Names with what they mean, for the one key that takes them.
std::string
techniques_in_words()
{
  std::string text;
  for (const TechniqueEntry &technique : technique_library())
    text += ", " + technique.name + " (" + technique.sentence + ")";
  return text;
}

/// A key that is written only if the technique has a pilot hole.
Parameter
of_pilot(Parameter parameter)
{
  parameter.write = [write = parameter.write](Draft &draft) {
    return has_pilot(draft.result.insertion) ? write(draft) : std::string();
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

const std::string pilot_diameter_key = "insertion.pilot_diameter_mm",
                  pilot_depth_key    = "insertion.pilot_depth_mm";

/// A pilot hole is given that the technique does not have.
void
check_no_pilot(const Insertion &insertion, std::vector<Contradiction> &found)
{
  for (const auto &[key, value] :
       {std::pair{pilot_diameter_key, insertion.pilot_diameter},
        std::pair{pilot_depth_key, insertion.pilot_depth}})
    if (value > 0.)
      found.push_back(
        {key,
         key + ": technique = \"" + insertion.technique +
           "\" has no pilot hole; leave this key out, or use technique = " +
           techniques_with([](const TechniqueEntry &technique) {
             return technique.has_pilot();
           })});
}

void
check_pilot(const Case &c, std::vector<Contradiction> &found)
{
  const Insertion &insertion = c.insertion;
  const double     pilot     = insertion.pilot_diameter;
  if (!has_pilot(insertion))
  {
    check_no_pilot(insertion, found);
    return;
  }
  for (const auto &[key, value] :
       {std::pair{pilot_diameter_key, pilot},
        std::pair{pilot_depth_key, insertion.pilot_depth}})
    if (!(value > 0.))
      found.push_back(
        {key,
         key + ": technique = \"" + insertion.technique +
           "\" needs a pilot hole, so more than 0; or use technique = " +
           techniques_with([](const TechniqueEntry &technique) {
             return !technique.has_pilot();
           })});
  if (pilot >= c.screw.diameter)
    found.push_back({pilot_diameter_key,
                     pilot_diameter_key + ": a pilot hole of " +
                       short_text(pilot) +
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
    name("insertion.technique",
         technique_names(),
         in(&Insertion::technique),
         "How the screw gets into the bone: none (not simulated)" +
           techniques_in_words()),
    of_pilot(derived(
      number(pilot_diameter_key,
             Range::zero_or(0.1, 10.),
             in(&Insertion::pilot_diameter),
             "Diameter of the pilot hole, if the technique has one; unless "
             "given the system's drill that is nearest to the screw's core, or "
             "75 % of the outer diameter"),
      1.2)),
    of_pilot(
      derived(number(pilot_depth_key,
                     Range::zero_or(0.1, 50.),
                     in(&Insertion::pilot_depth),
                     "Depth of the pilot hole along the axis; follows from the "
                     "technique unless given"),
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
    number("insertion.driver_force_N",
           Range{0., 200.},
           in(&Insertion::driver_force),
           "Force of the driver along the axis into the bone; the screw "
           "advances as its thread leads it; assumed, tests of ASTM F543 have "
           "at most 11.4 N"),
    count("insertion.steps",
          1,
          100,
          in(&Insertion::steps),
          "Steps in which the bone is pushed aside at a depth; they are "
          "reduced where needed"),
    number("insertion.relative_tolerance",
           Range{1e-5, 0.2},
           in(&Insertion::relative_tolerance),
           "Largest penetration of a converged step of insertion and seating, "
           "per greatest interference"),
    number("insertion.after_s",
           Range::zero_or(1e-3, 1e9),
           in(&Insertion::after),
           "Time between insertion and what is done next, in which bone with a "
           "law relaxes (relaxation_share_1 ...)")};
  append(all, bone_cutting_parameters());
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
  finish_bone_cutting(draft, given);
  if (!has_pilot(insertion))
    return;
  if (!is_given("pilot_diameter_mm"))
    insertion.pilot_diameter = default_pilot(draft);
  if (!is_given("pilot_depth_mm"))
    insertion.pilot_depth = find_technique(insertion.technique)->pilot_depth(c);
}


void
check_insertion(const Case &c, std::vector<Contradiction> &found)
{
  check_pilot(c, found);
  if (!c.is_inserted())
    return;
  check_bone_cutting(c, found);
  if (c.interface.condition != InterfaceCondition::frictional)
    found.push_back({"insertion.technique",
                     "insertion.technique: a screw that is turned in must "
                     "slide; use interface.condition = \"frictional\""});
  if (c.interface.interference != 0.)
    found.push_back({"interface.interference_mm",
                     "interface.interference_mm: insertion makes its own "
                     "interference; use 0, or insertion.technique = "
                     "\"none\""});
  if (find_technique(c.insertion.technique)->needs_cutting_tip &&
      c.screw.tip != mesh::TipShape::cutting)
    found.push_back({"insertion.technique",
                     "insertion.technique: only a cutting tip gets into bone "
                     "without a pilot hole of its depth; use screw.tip = "
                     "\"cutting\", or technique = " +
                       techniques_with([](const TechniqueEntry &technique) {
                         return !technique.needs_cutting_tip;
                       })});
}
} // namespace miniscrew
