// SPDX-License-Identifier: LGPL-2.1-or-later
// What the case file knows about the stages that tests.run may name.
#include "solver/case/tables/stage_entries.h"

#include "solver/case/tables/stage_keys.h"

#include <algorithm>
#include <cassert>
#include <stdexcept>

namespace miniscrew
{
namespace
{
// Farther than any thread holds (mm).
const Range distances{1e-4, 5.};
const Range step_counts{1., 1000.};
// Testing machines with their grips have 0.1 to 10 kN/mm.
const Range compliances{0., 1000.};

std::vector<StageEntry>
built_in_stages()
{
  return {{service_stage, "the orthodontic load", {}},
          {pullout_stage,
           "pulled along the axis",
           {pullout_distance, pullout_steps, pullout_rig},
           true},
          {sideways_stage,
           "lateral load: the point of load is moved along the lateral part of "
           "the force, or x",
           {sideways_distance, sideways_steps, sideways_rig},
           true},
          {removal_stage,
           "turned back",
           {removal_angle, removal_steps},
           true,
           true,
           "a screw turns back freely"}};
}

/// Declared stages; they may come before the constants below exist, so the
/// built-in ones are put before them at the first use.
std::vector<StageEntry> &
declared_stages()
{
  static std::vector<StageEntry> stages;
  return stages;
}

bool &
list_is_in_use()
{
  static bool is_in_use = false;
  return is_in_use;
}

/// Throws std::logic_error if two stages have one name or one key, or if a
/// default is not allowed.
void
check(const std::vector<StageEntry> &stages)
{
  std::vector<std::string> names, keys;
  for (const StageEntry &stage : stages)
  {
    names.push_back(stage.name);
    for (const StageKey &key : stage.keys)
    {
      keys.push_back(key.key);
      if (!key.range.contains(key.value))
        throw std::logic_error("the default of '" + key.key +
                               "' is out of its range");
    }
  }
  for (std::vector<std::string> *all : {&names, &keys})
  {
    std::sort(all->begin(), all->end());
    const auto twice = std::adjacent_find(all->begin(), all->end());
    if (twice != all->end())
      throw std::logic_error("a stage declares '" + *twice +
                             "', which another one has declared");
  }
}
} // namespace


const StageKey pullout_distance{
  "pullout_distance_mm",
  distances,
  0.5,
  "How far the head is pulled along the axis, unless the force passes its peak "
  "or levels off before"};

const StageKey pullout_steps{
  "pullout_steps",
  step_counts,
  20.,
  "Steps of the pull-out; they are reduced where needed",
  true};

const StageKey pullout_rig{
  "pullout_rig_compliance_um_per_N",
  compliances,
  0.,
  "What testing machine and grips give in the pull-out, a part of the "
  "displacement and the stiffness that are told"};

const StageKey sideways_rig{
  "sideways_rig_compliance_um_per_N",
  compliances,
  0.,
  "What testing machine and grips give under lateral load, a part of the "
  "displacement and the stiffness that are told"};

const StageKey sideways_distance{"sideways_distance_mm",
                                 distances,
                                 1.5,
                                 "How far the point of load is moved sideways "
                                 "(lateral load)"};

const StageKey sideways_steps{"sideways_steps",
                              step_counts,
                              15.,
                              "Steps of the lateral load",
                              true};

const StageKey removal_angle{"removal_angle_deg",
                             Range{0.001, 90.},
                             10.,
                             "Angle that the screw is turned back by, unless "
                             "the torque levels off, or all "
                             "contact slips, before"};

const StageKey removal_steps{"removal_steps",
                             step_counts,
                             10.,
                             "Steps of the turn",
                             true};


const std::vector<StageEntry> &
stage_entries()
{
  static const std::vector<StageEntry> all = [] {
    list_is_in_use()               = true;
    std::vector<StageEntry> stages = built_in_stages();
    stages.insert(
      stages.end(), declared_stages().begin(), declared_stages().end());
    check(stages);
    return stages;
  }();
  return all;
}


void
declare_stage(const StageEntry &entry)
{
  if (list_is_in_use())
    throw std::logic_error("the stage '" + entry.name +
                           "' is declared after the first case was read");
  for (const char *name :
       {service_stage, pullout_stage, sideways_stage, removal_stage})
    if (entry.name == name)
      throw std::logic_error("a stage is called '" + entry.name +
                             "' like one of the program");
  std::vector<StageEntry> stages = declared_stages();
  stages.push_back(entry);
  check(stages);
  declared_stages() = stages;
}


std::vector<std::string>
stage_names()
{
  std::vector<std::string> names;
  for (const StageEntry &stage : stage_entries())
    names.push_back(stage.name);
  return names;
}


bool
Case::asks_for(const std::string &stage) const
{
  return std::find(tests.run.begin(), tests.run.end(), stage) !=
         tests.run.end();
}


double
Case::value(const StageKey &key) const
{
  const auto given = tests.values.find(key.key);
  return given == tests.values.end() ? key.value : given->second;
}


unsigned int
Case::count(const StageKey &key) const
{
  assert(key.is_count);
  return static_cast<unsigned int>(value(key));
}
} // namespace miniscrew
