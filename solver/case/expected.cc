// SPDX-License-Identifier: LGPL-2.1-or-later
// Numbers that a case must reproduce.
#include "solver/case/expected.h"

#include "solver/base/errors.h"
#include "solver/base/log.h"
#include "solver/base/shown.h"
#include "solver/case/tables/parameter.h"
#include "solver/case/tables/parameters.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <sstream>

namespace miniscrew
{
namespace
{
const std::string section = "expected";

// Of a path in summary.json, bytes.
constexpr std::size_t longest_path = 200;

// Results are numbers of engineering units; a tolerance that anything meets
// does not check it.
const Range values              = Range::up_to(1e15);
const Range relative_tolerances = {1e-12, 1.};
const Range absolute_tolerances = {1e-15, 1e6};

const std::vector<std::string> members = {"value",
                                          "relative_tolerance",
                                          "absolute_tolerance",
                                          "source"};

/// Whether @p key is below [expected].
bool
is_below(const std::string &key)
{
  return key.compare(0, section.size() + 1, section + ".") == 0;
}

void
read_member(Expected          &expected,
            const std::string &member,
            const toml::node  &node)
{
  if (member == "source")
    expected.source = read_text(node);
  else if (member == "value")
    expected.value = read_number(node, "a number", values);
  else if (member == "relative_tolerance")
    expected.relative_tolerance =
      read_number(node, "a number", relative_tolerances);
  else
    expected.absolute_tolerance =
      read_number(node, "a number", absolute_tolerances);
}

/// Whether @p key has parts with dots between them, and no surprises.
bool
is_path(const std::string &key)
{
  return !key.empty() && key.size() <= longest_path && key.front() != '.' &&
         key.back() != '.' && key.find("..") == std::string::npos &&
         !has_control_character(key);
}

/// Complains about what is missing from one number.
void
check(const Expected &expected,
      const bool      has_value,
      const Place    &place,
      Complaints     &complaints)
{
  const std::string name = section + "." + shown(expected.key);
  if (!is_path(expected.key))
    complaints.add(place,
                   name + ": is no path in summary.json, as in "
                          "expected.service.axis_rotation_deg");
  if (!has_value)
    complaints.add(place, name + ": needs a value");
  if (expected.source.empty())
    complaints.add(place,
                   name + ": needs a source (analytic, a publication, or a "
                          "program with its version)");
  if ((expected.relative_tolerance > 0.) == (expected.absolute_tolerance > 0.))
    complaints.add(place,
                   name + ": needs one of relative_tolerance and "
                          "absolute_tolerance");
}
} // namespace


bool
is_expected_section(const std::string &key)
{
  return key == section || (is_below(key) && !is_expected_key(key));
}


bool
is_expected_key(const std::string &key)
{
  return is_below(key) && section_of(key) != section &&
         std::find(members.begin(),
                   members.end(),
                   key.substr(section_of(key).size() + 1)) != members.end();
}


std::vector<Expected>
read_expected(const Entries &entries, Complaints &complaints)
{
  struct Item
  {
    Expected expected;
    bool     has_value = false;
    Place    place;
  };
  std::map<std::string, Item> items;
  for (const auto &[key, entry] : entries)
    if (is_below(key))
    {
      const std::string path   = section_of(key);
      const std::string member = key.substr(path.size() + 1);
      Item             &item   = items[path];
      item.expected.key        = path.substr(section.size() + 1);
      item.has_value           = item.has_value || member == "value";
      item.place               = entry.place;
      try
      {
        read_member(item.expected, member, *entry.node);
      }
      catch (const UserError &error)
      {
        complaints.add(entry.place, shown(key) + ": " + error.what());
      }
    }
  std::vector<Expected> all;
  for (const auto &[path, item] : items)
  {
    check(item.expected, item.has_value, item.place, complaints);
    all.push_back(item.expected);
  }
  return all;
}


std::size_t
drop_expected(std::vector<Expected> &expected, const Entries &settings)
{
  const auto keeps_results = [](const auto &setting) {
    const std::string table = setting.first.substr(0, setting.first.find('.'));
    return table == section || table == "output" || table == "solver" ||
           table == "title";
  };
  if (std::all_of(settings.begin(), settings.end(), keeps_results))
    return 0;
  const auto is_spoken_of = [&](const Expected &number) {
    return std::any_of(
      settings.begin(), settings.end(), [&](const auto &setting) {
        return section_of(setting.first) == section + "." + number.key;
      });
  };
  const auto first_dropped =
    std::stable_partition(expected.begin(), expected.end(), is_spoken_of);
  const std::size_t n_dropped = expected.end() - first_dropped;
  expected.erase(first_dropped, expected.end());
  return n_dropped;
}


void
add_expected(EffectiveCase &effective, const std::vector<Expected> &expected)
{
  for (const Expected &number : expected)
  {
    const bool is_relative = number.relative_tolerance > 0.;
    effective.add(
      section + "." + toml_text(number.key),
      "{ value = " + toml_text(number.value) +
        (is_relative
           ? ", relative_tolerance = " + toml_text(number.relative_tolerance)
           : ", absolute_tolerance = " + toml_text(number.absolute_tolerance)) +
        ", source = " + toml_text(number.source) + " }");
  }
}


nlohmann::json
expected_schema()
{
  return {{"type", "object"},
          {"description",
           "Numbers of summary.json that a run must reproduce, by dotted key, "
           "each a table {value, relative_tolerance or absolute_tolerance, "
           "source}"},
          {"additionalProperties",
           {{"type", "object"},
            {"properties",
             {{"value", values.schema()},
              {"relative_tolerance", relative_tolerances.schema()},
              {"absolute_tolerance", absolute_tolerances.schema()},
              {"source", {{"type", "string"}}}}}}}};
}


std::optional<double>
summary_number(const nlohmann::json &summary, const std::string &key)
{
  const nlohmann::json *node = &summary;
  std::istringstream    parts(key);
  std::string           part;
  while (std::getline(parts, part, '.'))
  {
    const bool is_index =
      !part.empty() && part.size() < 6 &&
      part.find_first_not_of("0123456789") == std::string::npos;
    if (node->is_object() && node->contains(part))
      node = &(*node)[part];
    else if (node->is_array() && is_index && std::stoul(part) < node->size())
      node = &(*node)[std::stoul(part)];
    else
      return {};
  }
  if (!node->is_number())
    return {};
  return node->get<double>();
}


std::vector<std::string>
missed_expectations(const std::vector<Expected> &expected,
                    const nlohmann::json        &summary)
{
  std::vector<std::string> missed;
  for (const Expected &number : expected)
  {
    const std::optional<double> value = summary_number(summary, number.key);
    const double                tolerance =
      std::max(number.absolute_tolerance,
               number.relative_tolerance * std::abs(number.value));
    // Written so that a result that is not a number is missed too.
    if (value && std::abs(*value - number.value) <= tolerance)
      continue;
    missed.push_back(
      number.key + ": " +
      (value ? format("got %.6g", *value) : "not in summary.json") +
      format(", expected %.6g +- %.2g", number.value, tolerance) + " (" +
      number.source + ")");
  }
  return missed;
}
} // namespace miniscrew
