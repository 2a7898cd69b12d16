// SPDX-License-Identifier: LGPL-2.1-or-later
// A TOML document as a flat list of dotted keys, each with its place.
#include "solver/case/entries.h"

#include "solver/base/errors.h"
#include "solver/base/shown.h"
#include "solver/case/expected.h"
#include "solver/case/reading/toml_text.h"
#include "solver/case/tables/density_parameters.h"
#include "solver/case/tables/material_parameters.h"
#include "solver/case/tables/parameters.h"

#include <algorithm>

namespace miniscrew
{
namespace
{
Place
place_of(const std::string &source, const toml::source_region &region)
{
  // A value of the command line has no line of its own.
  if (source.compare(0, 2, "--") == 0)
    return {source, 0, 0};
  return {source, region.begin.line, region.begin.column};
}

bool
is_section(const std::string &key)
{
  return std::find(sections().begin(), sections().end(), key) !=
           sections().end() ||
         is_expected_section(key);
}

bool
is_parameter(const std::string &key)
{
  return std::any_of(
           parameters().begin(),
           parameters().end(),
           [&](const Parameter &parameter) { return parameter.key == key; }) ||
         is_expected_key(key);
}

/// What older versions called constants of damage is said in several keys now;
/// empty of other names.
std::string
replaced_damage_key(const std::string &name)
{
  if (name == "damage_limit")
    return "damage depends on the kind of stress now: give "
           "damage_limit_compression and damage_limit_shear";
  if (name == "damage_rate")
    return "damage begins later now, and depends on the kind of stress: give "
           "damage_strain_compression and damage_strain_shear (1 / "
           "damage_rate), "
           "and damage_onset_compression and damage_onset_shear";
  return {};
}

/// What to say about a key that no case file has; @p more are the names that
/// the root has there besides.
std::string
unknown_key(const std::string &key, const std::vector<std::string> &more)
{
  const std::string section = section_of(key);
  const std::string name =
    section.empty() ? key : key.substr(section.size() + 1);
  std::vector<std::string> allowed = keys_of_section(section);
  if (section.empty())
  {
    allowed.push_back("expected");
    allowed.insert(allowed.end(), more.begin(), more.end());
  }
  if (key == "variant" || key.compare(0, 8, "variant.") == 0)
    return "variants are tables [[variant]] at the top level of the case file, "
           "and are not given here; --variant NAME chooses among them";
  // Keys of older versions.
  const std::map<std::string, std::string> moved = {
    {"interface.load_steps", "load.steps"}};
  if (moved.count(key) > 0)
    return "unknown key '" + name + "' in [" + section + "], it is now '" +
           moved.at(key) + "'";
  if (const std::string now = replaced_damage_key(name); !now.empty())
    return "unknown key '" + name + "' in [" + shown(section) + "], " + now;
  std::string hint = did_you_mean(name, allowed);
  // The key may be right and its table wrong.
  for (const Parameter &parameter : parameters())
    if (hint.empty() && section_of(parameter.key) != section &&
        parameter.key.substr(parameter.key.rfind('.') + 1) == name)
      hint = "; did you mean '" + parameter.key + "'?";
  return "unknown key '" + shown(name) + "'" +
         (section.empty() ? "" : " in [" + shown(section) + "]") +
         (allowed.empty() ? ", there is no such table"
                          : ", allowed is " + list_of(allowed)) +
         hint;
}

/// A dotted key in quotes can name a value that its table has too.
void
add_entry(Entries           &entries,
          const std::string &key,
          const Entry       &entry,
          Complaints        &complaints)
{
  const auto [known, is_new] = entries.emplace(key, entry);
  if (!is_new)
    complaints.add(entry.place,
                   shown(key) + ": is already given at " +
                     known->second.place.text());
}

void
flatten_value(const std::string              &key,
              const toml::node               &node,
              const toml::source_region      &key_source,
              const std::string              &source,
              const std::vector<std::string> &skipped,
              Entries                        &entries,
              Complaints                     &complaints)
{
  const bool has_members = is_section(key);
  if (has_members && node.is_table())
    for (const auto &[name, entry] :
         flatten(*node.as_table(), key, source, complaints))
      add_entry(entries, name, entry, complaints);
  else if (is_parameter(key))
    add_entry(
      entries, key, {&node, place_of(source, node.source())}, complaints);
  else if (has_members)
    complaints.add(place_of(source, node.source()),
                   shown(key) + ": expected a table" +
                     (is_expected_section(key)
                        ? " with value, relative_tolerance or "
                          "absolute_tolerance, and source"
                        : "") +
                     ", got " + describe(node));
  else
    complaints.add(place_of(source, key_source), unknown_key(key, skipped));
}
} // namespace


Entries
flatten(const toml::table              &table,
        const std::string              &prefix,
        const std::string              &source,
        Complaints                     &complaints,
        const std::vector<std::string> &skipped)
{
  Entries entries;
  for (const auto &[key, node] : table)
  {
    const std::string name(key.str());
    if (std::find(skipped.begin(), skipped.end(), name) != skipped.end())
      continue;
    flatten_value(prefix.empty() ? name : prefix + "." + name,
                  node,
                  key.source(),
                  source,
                  skipped,
                  entries,
                  complaints);
  }
  return entries;
}


Setting::Setting(const std::string &text)
  : text_("--set " + shown(text))
{
  if (first_invalid_utf8(text) != std::string::npos)
    throw UserError(text_ + ": is not UTF-8");
  const std::string::size_type equals  = text.find('=');
  const auto                   trimmed = [](const std::string &words) {
    const auto first = words.find_first_not_of(" \t");
    const auto last  = words.find_last_not_of(" \t");
    return first == std::string::npos ? std::string()
                                                        : words.substr(first, last - first + 1);
  };
  key_ = trimmed(text.substr(0, equals));
  if (equals == std::string::npos || key_.empty())
    throw UserError(text_ + ": expected key=value, as in "
                            "--set site.far_cortex_mm=1.5");
  const std::string value = trimmed(text.substr(equals + 1));
  try
  {
    table_ = parse_toml("value = " + value, text_);
  }
  catch (const UserError &)
  {
    table_.clear();
  }
  if (table_.size() != 1)
    table_ = toml::table{{"value", value}};
}


Entries
Setting::entries(Complaints &complaints) const
{
  Entries entries;
  flatten_value(key_, *table_.get("value"), {}, text_, {}, entries, complaints);
  return entries;
}


void
overlay(Entries &lower, const Entries &upper)
{
  const auto erase_members = [&lower](const std::string &key) {
    for (auto entry = lower.lower_bound(key + ".");
         entry != lower.end() &&
         entry->first.compare(0, key.size() + 1, key + ".") == 0;)
      entry = lower.erase(entry);
  };
  for (const MaterialSlot &slot : material_slots())
    if (upper.count(slot.key) + upper.count(slot.key + ".name") > 0)
    {
      lower.erase(slot.key);
      erase_members(slot.key);
    }
  // What a density determines, or what determines it.
  for (const MaterialSlot &slot : material_slots())
  {
    const std::string prefix = slot.key + ".";
    if (upper.count(prefix + "density_g_cm3") > 0)
      for (const std::string &key : keys_by_density())
        lower.erase(prefix + key);
    else if (upper.count(prefix + "young_modulus_MPa") > 0)
      for (const std::string &key : density_keys())
        lower.erase(prefix + key);
  }
  const auto force = upper.find("load.force_N");
  if (force != upper.end() && force->second.node->is_array())
    lower.erase("load.direction");
  for (const auto &[key, entry] : upper)
    lower[key] = entry;
}


std::set<std::string>
keys_of(const Entries &entries)
{
  std::set<std::string> keys;
  for (const auto &entry : entries)
    keys.insert(entry.first);
  return keys;
}
} // namespace miniscrew
