// SPDX-License-Identifier: LGPL-2.1-or-later
// A TOML document as a flat list of dotted keys, each with its place.
#include "solver/case/entries.h"

#include "solver/base/errors.h"
#include "solver/case/density_parameters.h"
#include "solver/case/expected.h"
#include "solver/case/material_parameters.h"
#include "solver/case/parameters.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

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
  return key.empty() ||
         std::find(sections().begin(), sections().end(), key) !=
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

/// What to say about a key that no case file has.
std::string
unknown_key(const std::string &key)
{
  const std::string section = section_of(key);
  const std::string name =
    section.empty() ? key : key.substr(section.size() + 1);
  std::vector<std::string> allowed = keys_of_section(section);
  if (section.empty())
    allowed.insert(allowed.end(), {"expected", "variant"});
  // Keys of older versions.
  const std::map<std::string, std::string> moved = {
    {"interface.load_steps", "load.steps"}};
  if (moved.count(key) > 0)
    return "unknown key '" + name + "' in [" + section + "], it is now '" +
           moved.at(key) + "'";
  std::string hint = did_you_mean(name, allowed);
  // The key may be right and its table wrong.
  for (const Parameter &parameter : parameters())
    if (hint.empty() && section_of(parameter.key) != section &&
        parameter.key.substr(section_of(parameter.key).size() + 1) == name)
      hint = "; did you mean '" + parameter.key + "'?";
  return "unknown key '" + name + "'" +
         (section.empty() ? "" : " in [" + section + "]") + ", allowed is " +
         list_of(allowed) + hint;
}

std::string
read_file(const std::string &path)
{
  namespace fs = std::filesystem;
  std::error_code error;
  if (fs::is_directory(path, error))
    throw UserError(path + " is a folder, expected a case file (.toml)");
  std::ifstream file(path, std::ios::binary);
  if (!file)
  {
    if (fs::exists(path, error))
      throw UserError(path + " cannot be read, check its permissions");
    const fs::path           parent = fs::path(path).parent_path();
    const fs::path           folder = parent.empty() ? fs::path(".") : parent;
    std::vector<std::string> names;
    for (const auto &entry : fs::directory_iterator(folder, error))
      if (entry.path().extension() == ".toml")
        names.push_back((parent / entry.path().filename()).string());
    std::sort(names.begin(), names.end());
    throw UserError(path + " does not exist" + did_you_mean(path, names));
  }
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

void
flatten_value(const std::string         &key,
              const toml::node          &node,
              const toml::source_region &key_source,
              const std::string         &source,
              Entries                   &entries,
              Complaints                &complaints)
{
  const bool has_members = is_section(key);
  if (has_members && node.is_table())
  {
    const Entries members = flatten(*node.as_table(), key, source, complaints);
    entries.insert(members.begin(), members.end());
  }
  else if (is_parameter(key))
    entries[key] = {&node, place_of(source, node.source())};
  else if (has_members)
    complaints.add(place_of(source, node.source()),
                   key + ": expected a table" +
                     (is_expected_section(key)
                        ? " with value, relative_tolerance or "
                          "absolute_tolerance, and source"
                        : "") +
                     ", got " + describe(node));
  else
    complaints.add(place_of(source, key_source), unknown_key(key));
}
} // namespace


toml::table
parse_case_file(const std::string &path)
{
  const std::string text = read_file(path);
  try
  {
    return toml::parse(text, path);
  }
  catch (const toml::parse_error &error)
  {
    throw UserError(
      place_of(path, error.source()).text() +
      ": the file is not valid TOML: " + std::string(error.description()));
  }
}


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
                  entries,
                  complaints);
  }
  return entries;
}


Setting::Setting(const std::string &text)
  : text_("--set " + text)
{
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
    table_ = toml::parse("value = " + value, text_);
  }
  catch (const toml::parse_error &)
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
  flatten_value(key_, *table_.get("value"), {}, text_, entries, complaints);
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
