// SPDX-License-Identifier: LGPL-2.1-or-later
// Laws of materials with memory, by name.
#include "materials/law_library.h"

#include "materials/quadric/quadric_entries.h"

#include "solver/base/errors.h"
#include "solver/base/shown.h"

#include <algorithm>
#include <stdexcept>

namespace miniscrew::materials
{
namespace
{
/// One line for each law.
std::vector<LawEntry> &
entries()
{
  static std::vector<LawEntry> all = {
    quadric_entry(),
    drucker_prager_entry(),
    von_mises_entry(),
  };
  return all;
}

/// The units of constants, as keys end with; longer ones first.
const std::vector<std::string> units = {"_MPa_s", "_MPa", "_mm", "_s"};

/// Where the unit of a key begins, with its '_'.
std::size_t
unit_at(const std::string &key)
{
  for (const std::string &unit : units)
    if (key.size() > unit.size() &&
        key.compare(key.size() - unit.size(), unit.size(), unit) == 0)
      return key.size() - unit.size();
  return key.size();
}

const LawEntry *
entry_of(const std::string &name)
{
  const auto &all  = entries();
  const auto  here = std::find_if(
    all.begin(), all.end(), [&](const auto &law) { return law.name == name; });
  return here == all.end() ? nullptr : &*here;
}
} // namespace


std::string
LawConstant::unit() const
{
  std::string words = key.substr(std::min(unit_at(key) + 1, key.size()));
  std::replace(words.begin(), words.end(), '_', ' ');
  return words;
}


std::string
LawConstant::name() const
{
  return key.substr(0, unit_at(key));
}


LawConstant
law_constant(const std::string &key,
             const double       min,
             const double       max,
             const double       initial,
             const std::string &sentence)
{
  return {
    key, min, max, initial, sentence, [=](Material &material) -> double & {
      return material.law_constants.try_emplace(key, initial).first->second;
    }};
}


double
value_of(const LawConstant &constant, const Material &material)
{
  Material copy = material;
  return constant.value(copy);
}


const std::vector<LawEntry> &
law_library()
{
  return entries();
}


std::vector<std::string>
law_names()
{
  std::vector<std::string> names = {elastic_law};
  for (const LawEntry &entry : entries())
    names.push_back(entry.name);
  return names;
}


void
add_law(const LawEntry &entry)
{
  if (entry.name == elastic_law || entry_of(entry.name) != nullptr)
    throw std::invalid_argument("there is a law '" + entry.name + "' already");
  entries().push_back(entry);
}


const LawEntry &
find_law(const std::string &name)
{
  if (const LawEntry *entry = entry_of(name))
    return *entry;
  const std::vector<std::string> names = law_names();
  throw UserError("there is no law '" + shown(name) + "', but " +
                  list_of(names) + did_you_mean(name, names));
}


std::shared_ptr<const InelasticLaw>
make_law(const Material &material)
{
  return find_law(material.law).make(material);
}


bool
has_constant(const LawEntry &law, const std::string &key)
{
  return std::any_of(law.constants.begin(),
                     law.constants.end(),
                     [&](const auto &constant) { return constant.key == key; });
}


std::vector<LawConstant>
all_law_constants()
{
  std::vector<LawConstant> all;
  for (const LawEntry &law : entries())
    for (const LawConstant &constant : law.constants)
      if (std::none_of(all.begin(), all.end(), [&](const auto &known) {
            return known.key == constant.key;
          }))
        all.push_back(constant);
  return all;
}
} // namespace miniscrew::materials
