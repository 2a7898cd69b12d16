// SPDX-License-Identifier: LGPL-2.1-or-later
// Keys of the case file by type of value: reading, checking, writing.
#include "solver/case/tables/parameter.h"

#include "solver/base/errors.h"
#include "solver/base/shown.h"

#include <algorithm>
#include <cassert>
#include <cctype>
#include <charconv>
#include <cmath>

namespace miniscrew
{
namespace
{
/// Units that end a key, the longest first.
const std::vector<std::pair<std::string, std::string>> units = {
  {"_um_per_N", "um/N"},
  {"_MPa_s", "MPa s"},
  {"_g_cm3", "g/cm3"},
  {"_per_s", "1/s"},
  {"_N_mm", "N mm"},
  {"_MPa", "MPa"},
  {"_deg", "degrees"},
  {"_mm", "mm"},
  {"_um", "um"},
  {"_N", "N"},
  {"_s", "s"}};

bool
ends_with(const std::string &text, const std::string &end)
{
  return text.size() >= end.size() &&
         text.compare(text.size() - end.size(), end.size(), end) == 0;
}

// Longest text of a case, bytes.
constexpr std::size_t longest_text = 2000;

[[noreturn]] void
throw_wrong_type(const std::string &expected, const toml::node &node)
{
  throw UserError("expected " + expected + ", got " + describe(node));
}
} // namespace


double
read_number(const toml::node &node, const std::string &type, const Range &range)
{
  const double value = to_number(node, type, range.in_words());
  if (!range.contains(value))
    throw UserError(short_text(value) + " is out of range, allowed is " + type +
                    " " + range.in_words());
  return value;
}


std::string
read_text(const toml::node &node)
{
  std::string text = to_text(node);
  for (char &c : text)
    if (c == '\n' || c == '\r' || c == '\t')
      c = ' ';
  if (has_control_character(text))
    throw UserError("'" + shown(text) +
                    "' has a control character, which no text may have");
  if (text.size() > longest_text)
    throw UserError("'" + shown(text) + "' is longer than the " +
                    std::to_string(longest_text) +
                    " bytes that a text may have");
  return text;
}


std::vector<double>
read_numbers(const toml::node  &node,
             const std::size_t  n,
             const std::string &type,
             const Range       &range)
{
  const toml::array *array = node.as_array();
  if (array == nullptr || array->size() != n)
    throw_wrong_type(type, node);
  // "an array ... of three numbers in mm" has elements "a number in mm".
  const std::string::size_type unit = type.rfind(" in ");
  const std::string            element_type =
    "a number" + (unit == std::string::npos ? "" : type.substr(unit));
  std::vector<double> values;
  for (const toml::node &element : *array)
    values.push_back(read_number(element, element_type, range));
  return values;
}


std::size_t
read_name(const toml::node &node, const std::vector<std::string> &names)
{
  const std::string value = to_text(node, "one of the names " + list_of(names));
  for (std::size_t i = 0; i < names.size(); ++i)
    if (equal_ignoring_case(names[i], value))
      return i;
  throw UserError("'" + shown(value) + "' is not known, allowed is " +
                  list_of(names) + did_you_mean(value, names));
}


Parameter
number(const std::string    &key,
       const Range          &range,
       const Access<double> &access,
       const std::string    &doc)
{
  assert(range.min <= range.max);
  Parameter parameter{key, number_type(key), range.in_words(), doc};
  parameter.schema = range.schema();
  parameter.read   = [=](Draft &draft, const toml::node &node) {
    access(draft) = read_number(node, number_type(key), range);
  };
  parameter.write = [=](Draft &draft) { return toml_text(access(draft)); };
  return parameter;
}


Parameter
optional_number(const std::string                   &key,
                const Range                         &range,
                const Access<std::optional<double>> &access,
                const std::string                   &doc)
{
  Parameter parameter{
    key, number_type(key), range.in_words(), doc, Presence::derived};
  parameter.schema = range.schema();
  parameter.read   = [=](Draft &draft, const toml::node &node) {
    access(draft) = read_number(node, number_type(key), range);
  };
  parameter.write = [=](Draft &draft) {
    return access(draft) ? toml_text(*access(draft)) : "";
  };
  return parameter;
}


Parameter
count(const std::string          &key,
      const unsigned int          min,
      const unsigned int          max,
      const Access<unsigned int> &access,
      const std::string          &doc)
{
  assert(min <= max);
  const Range range{static_cast<double>(min), static_cast<double>(max)};
  Parameter   parameter{key, "a whole number", range.in_words(), doc};
  parameter.schema         = range.schema();
  parameter.schema["type"] = "integer";
  parameter.read           = [=](Draft &draft, const toml::node &node) {
    if (!node.is_integer())
      throw_wrong_type("a whole number", node);
    access(draft) =
      static_cast<unsigned int>(read_number(node, "a whole number", range));
  };
  parameter.write = [=](Draft &draft) { return std::to_string(access(draft)); };
  return parameter;
}


Parameter
flag(const std::string &key, const Access<bool> &access, const std::string &doc)
{
  Parameter parameter{key, "true or false", "", doc};
  parameter.schema = {{"type", "boolean"}};
  parameter.read   = [=](Draft &draft, const toml::node &node) {
    access(draft) = to_flag(node);
  };
  parameter.write = [=](Draft &draft) -> std::string {
    return access(draft) ? "true" : "false";
  };
  return parameter;
}


Parameter
text(const std::string         &key,
     const Access<std::string> &access,
     const std::string         &doc)
{
  Parameter parameter{key, "a string", "", doc};
  parameter.schema = {{"type", "string"}};
  parameter.read   = [=](Draft &draft, const toml::node &node) {
    access(draft) = read_text(node);
  };
  parameter.write = [=](Draft &draft) { return toml_text(access(draft)); };
  return parameter;
}


Parameter
name(const std::string              &key,
     const std::vector<std::string> &names,
     const Access<std::string>      &access,
     const std::string              &doc)
{
  Parameter parameter{key, "one of", list_of(names), doc, Presence::plain};
  parameter.schema = {{"type", "string"}, {"enum", names}};
  parameter.read   = [=](Draft &draft, const toml::node &node) {
    access(draft) = names[read_name(node, names)];
  };
  parameter.write = [=](Draft &draft) {
    return access(draft).empty() ? "" : toml_text(access(draft));
  };
  return parameter;
}


Parameter
names(const std::string                      &key,
      const std::vector<std::string>         &names,
      const std::string                      &what,
      const Access<std::vector<std::string>> &access,
      const std::string                      &doc)
{
  Parameter parameter{key, "an array of names of " + what, "", doc};
  parameter.schema = {{"type", "array"},
                      {"items", {{"type", "string"}, {"enum", names}}}};
  parameter.read   = [=](Draft &draft, const toml::node &node) {
    if (!node.is_array())
      throw_wrong_type("an array of names of " + what, node);
    std::vector<std::string> read;
    for (const toml::node &element : *node.as_array())
      read.push_back(names[read_name(element, names)]);
    access(draft) = read;
  };
  parameter.write = [=](Draft &draft) { return toml_array(access(draft)); };
  return parameter;
}


Parameter
vector3(const std::string     &key,
        const Range           &range,
        const Access<Vector3> &access,
        const std::string     &doc)
{
  const std::string type =
    "an array [x, y, z] of three numbers" +
    number_type(key).substr(std::string("a number").size());
  Parameter parameter{key, type, range.in_words(), doc};
  parameter.schema = {{"type", "array"},
                      {"items", range.schema()},
                      {"minItems", 3},
                      {"maxItems", 3}};
  parameter.read   = [=](Draft &draft, const toml::node &node) {
    const std::vector<double> values = read_numbers(node, 3, type, range);
    std::copy(values.begin(), values.end(), access(draft).begin());
  };
  parameter.write = [=](Draft &draft) { return toml_array(access(draft)); };
  return parameter;
}


bool
equal_ignoring_case(const std::string &a, const std::string &b)
{
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) {
    return std::tolower(static_cast<unsigned char>(x)) ==
           std::tolower(static_cast<unsigned char>(y));
  });
}


std::string
lower_case(std::string text)
{
  for (char &c : text)
    c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}


std::string
number_type(const std::string &key)
{
  for (const auto &unit : units)
    if (ends_with(key, unit.first))
      return "a number in " + unit.second;
  return "a number";
}


std::string
bare_name(const std::string &key)
{
  const std::string last = key.substr(key.rfind('.') + 1);
  for (const auto &unit : units)
    if (ends_with(last, unit.first))
      return last.substr(0, last.size() - unit.first.size());
  return last;
}


std::string
toml_text(const double value)
{
  // Whole numbers are not written with an exponent unless they need it.
  const bool is_whole = std::abs(value) < 1e7 && value == std::round(value);
  char       buffer[40];
  const auto end =
    (is_whole
       ? std::to_chars(
           buffer, buffer + sizeof(buffer), value, std::chars_format::fixed)
       : std::to_chars(buffer, buffer + sizeof(buffer), value))
      .ptr;
  const std::string text(buffer, end);
  return text.find_first_of(".en") == std::string::npos ? text + ".0" : text;
}


std::string
short_text(const double value)
{
  const std::string text = toml_text(value);
  return ends_with(text, ".0") ? text.substr(0, text.size() - 2) : text;
}


std::string
toml_text(const std::string &value)
{
  // JSON's escapes are a subset of those of a TOML basic string.
  using Json = nlohmann::json;
  return Json(value).dump(-1, ' ', false, Json::error_handler_t::replace);
}


void
append(std::vector<Parameter> &all, const std::vector<Parameter> &more)
{
  all.insert(all.end(), more.begin(), more.end());
}
} // namespace miniscrew
