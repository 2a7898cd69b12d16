// SPDX-License-Identifier: LGPL-2.1-or-later
// Values, parts and lists as members of one object.
#include "solver/report/record_json.h"

#include "solver/base/errors.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

namespace miniscrew::report
{
namespace
{
using Json = nlohmann::json;

bool
all_are(const Json &list, bool (Json::*is_kind)() const noexcept)
{
  return std::all_of(list.begin(), list.end(), [&](const Json &entry) {
    return (entry.*is_kind)();
  });
}

Json
json_of(const double number, const bool exact)
{
  if (!exact || std::isfinite(number))
    return number;
  return std::isnan(number) ? "nan" : number > 0. ? "inf" : "-inf";
}

template <typename T>
Json
json_of(const T &value, const bool)
{
  return value;
}

Json
json_of(const std::vector<double> &numbers, const bool exact)
{
  Json list = Json::array();
  for (const double number : numbers)
    list.push_back(json_of(number, exact));
  return list;
}

// A number, or one of the words for those that are not finite.
std::optional<double>
number_in(const Json &entry)
{
  using Limits = std::numeric_limits<double>;
  if (entry.is_number())
    return entry.get<double>();
  if (entry == "nan")
    return Limits::quiet_NaN();
  if (entry == "inf" || entry == "-inf")
    return entry == "inf" ? Limits::infinity() : -Limits::infinity();
  return {};
}

bool
are_numbers(const Json &list)
{
  return std::all_of(list.begin(), list.end(), [](const Json &entry) {
    return number_in(entry).has_value();
  });
}

std::vector<double>
numbers_in(const Json &list)
{
  std::vector<double> numbers;
  for (const Json &entry : list)
    numbers.push_back(*number_in(entry));
  return numbers;
}

void
read_list(const std::string &key, const Json &list, Record &record)
{
  if (list.empty())
    record.set_value(key, std::vector<std::string>());
  else if (are_numbers(list))
    record.set_value(key, numbers_in(list));
  else if (all_are(list, &Json::is_string))
    record.set_value(key, list.get<std::vector<std::string>>());
  else if (all_are(list, &Json::is_object))
    for (const Json &row : list)
      record.add_row(key) = record_from(row);
}
} // namespace

Json
to_json(const Record &record, const bool exact)
{
  Json object = Json::object();
  for (const auto &[key, value] : record.values())
    object[key] =
      std::visit([&](const auto &v) { return json_of(v, exact); }, value);
  for (const auto &[name, part] : record.parts())
    object[name] = to_json(part, exact);
  for (const auto &[name, list] : record.lists())
  {
    object[name] = Json::array();
    for (const Record &row : list)
      object[name].push_back(to_json(row, exact));
  }
  return object;
}

std::string
exact_text(const Record &record)
{
  return to_json(record, true).dump(1);
}

Record
record_from_text(const std::string &text)
{
  const Json json = Json::parse(text, nullptr, false);
  if (!json.is_object())
    throw IoError("its header is not that of a run");
  return record_from(json);
}

Record
record_from(const Json &object)
{
  Record record;
  if (!object.is_object())
    return record;
  for (const auto &[key, entry] : object.items())
    if (entry.is_object())
      record.part(key) = record_from(entry);
    else if (entry.is_array())
      read_list(key, entry, record);
    else if (entry.is_boolean())
      record.set_value(key, entry.get<bool>());
    else if (entry.is_number_unsigned())
      record.set_value(key, entry.get<std::uint64_t>());
    else if (const std::optional<double> number = number_in(entry))
      record.set_value(key, *number);
    else if (entry.is_string())
      record.set_value(key, entry.get<std::string>());
  return record;
}
} // namespace miniscrew::report
