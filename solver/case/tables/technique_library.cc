// SPDX-License-Identifier: LGPL-2.1-or-later
// Insertion techniques by name.
#include "solver/case/tables/technique_library.h"

#include <algorithm>
#include <stdexcept>

namespace miniscrew
{
namespace
{
double
depth_of_screw(const Case &c)
{
  return c.site.insertion_depth;
}

double
end_of_near_cortex(const Case &c)
{
  return -mesh::layer_planes(c.site).near_cortex_end;
}

/// One row for each technique.
std::vector<TechniqueEntry> &
entries()
{
  static std::vector<TechniqueEntry> all = {
    {"self-tapping", "pilot hole as deep as the screw", false, depth_of_screw},
    {"self-drilling", "no pilot hole", true},
    {"cortical-perforation",
     "pilot hole through the near cortex alone",
     true,
     end_of_near_cortex,
     "self-drilling"},
  };
  return all;
}

bool library_is_in_use = false;

const TechniqueEntry *
entry_of(const std::string &name)
{
  const auto &all  = entries();
  const auto  here = std::find_if(
    all.begin(), all.end(), [&](const auto &row) { return row.name == name; });
  return here == all.end() ? nullptr : &*here;
}
} // namespace


const std::vector<TechniqueEntry> &
technique_library()
{
  library_is_in_use = true;
  return entries();
}


void
add_technique(const TechniqueEntry &entry)
{
  if (library_is_in_use)
    throw std::logic_error("the technique '" + entry.name +
                           "' is added after the first case was read");
  if (entry.name == no_technique || entry_of(entry.name) != nullptr)
    throw std::logic_error("there is a technique '" + entry.name + "' already");
  entries().push_back(entry);
}


std::vector<std::string>
technique_names()
{
  std::vector<std::string> names = {no_technique};
  for (const TechniqueEntry &entry : technique_library())
    names.push_back(entry.name);
  return names;
}


const TechniqueEntry *
find_technique(const std::string &name)
{
  if (name == no_technique)
    return nullptr;
  const TechniqueEntry *entry = entry_of(name);
  if (entry == nullptr)
    throw std::logic_error("there is no technique '" + name + "'");
  return entry;
}
} // namespace miniscrew
