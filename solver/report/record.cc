// SPDX-License-Identifier: LGPL-2.1-or-later
// Records as trees of values by name.
#include "solver/report/record.h"

#include "solver/base/guard.h"

#include <cmath>

namespace miniscrew::report
{
namespace
{
/// The first name of a dotted place, and the rest.
std::pair<std::string, std::string>
split(const std::string &place)
{
  const std::string::size_type dot = place.find('.');
  return dot == std::string::npos
           ? std::pair{place, std::string()}
           : std::pair{place.substr(0, dot), place.substr(dot + 1)};
}

void
collect_not_finite(const Record             &record,
                   const std::string        &start,
                   std::vector<std::string> &found)
{
  for (const auto &[key, value] : record.values())
    if (const auto *number = std::get_if<double>(&value))
    {
      if (!std::isfinite(*number))
        found.push_back(start + key);
    }
    else if (const auto *vector = std::get_if<std::vector<double>>(&value))
      for (std::size_t i = 0; i < vector->size(); ++i)
        if (!std::isfinite((*vector)[i]))
          found.push_back(start + key + "." + std::to_string(i));
  for (const auto &[name, part] : record.parts())
    collect_not_finite(part, start + name + ".", found);
  for (const auto &[name, list] : record.lists())
    for (std::size_t i = 0; i < list.size(); ++i)
      collect_not_finite(
        list[i], start + name + "." + std::to_string(i) + ".", found);
}
} // namespace

Record &
Record::part(const std::string &name)
{
  if (values_.count(name) > 0 || lists_.count(name) > 0)
    throw InternalError("the record '" + name + "' is a value already");
  return parts_[name];
}

Record &
Record::at(const std::string &place)
{
  if (place.empty())
    return *this;
  const auto [name, rest] = split(place);
  return part(name).at(rest);
}

const Record *
Record::find(const std::string &place) const
{
  if (place.empty())
    return this;
  const auto [name, rest] = split(place);
  const auto found        = parts_.find(name);
  return found == parts_.end() ? nullptr : found->second.find(rest);
}

Record &
Record::add_row(const std::string &list)
{
  lists_[list].emplace_back();
  return lists_[list].back();
}

const std::vector<Record> &
Record::rows(const std::string &list) const
{
  static const std::vector<Record> none;
  const auto                       found = lists_.find(list);
  return found == lists_.end() ? none : found->second;
}

void
Record::begin_rows(const std::string &list)
{
  lists_[list];
}

void
Record::merge(const Record &other)
{
  for (const auto &[key, value] : other.values_)
    set_value(key, value);
  for (const auto &[name, record] : other.parts_)
    part(name).merge(record);
  for (const auto &[name, list] : other.lists_)
    lists_[name] = list;
}

bool
Record::has(const Quantity &quantity) const
{
  return values_.count(quantity.key) > 0 || lists_.count(quantity.key) > 0;
}

std::optional<double>
number_of(const Record::Value &value)
{
  if (const auto *real = std::get_if<double>(&value))
    return *real;
  if (const auto *whole = std::get_if<std::uint64_t>(&value))
    return static_cast<double>(*whole);
  const auto *vector = std::get_if<std::vector<double>>(&value);
  if (vector == nullptr || vector->empty())
    return {};
  double square = 0.;
  for (const double entry : *vector)
    square += entry * entry;
  return std::sqrt(square);
}

bool
Record::is_true(const Quantity &quantity) const
{
  const auto  found = values_.find(quantity.key);
  const bool *flag =
    found == values_.end() ? nullptr : std::get_if<bool>(&found->second);
  return flag != nullptr && *flag;
}

std::optional<double>
Record::number(const Quantity &quantity) const
{
  const auto found = values_.find(quantity.key);
  return found == values_.end() ? std::nullopt : number_of(found->second);
}

std::optional<double>
Record::number_at(const std::string &place, const Quantity &quantity) const
{
  const Record *record = find(place);
  return record == nullptr ? std::nullopt : record->number(quantity);
}

std::string
Record::text(const Quantity &quantity) const
{
  const auto found = values_.find(quantity.key);
  if (found == values_.end())
    return "";
  const auto *text = std::get_if<std::string>(&found->second);
  return text == nullptr ? "" : *text;
}

std::vector<std::string>
Record::texts(const Quantity &quantity) const
{
  const auto found = values_.find(quantity.key);
  if (found == values_.end())
    return {};
  const auto *list = std::get_if<std::vector<std::string>>(&found->second);
  return list == nullptr ? std::vector<std::string>() : *list;
}

std::vector<double>
Record::vector(const Quantity &quantity) const
{
  const auto found = values_.find(quantity.key);
  if (found == values_.end())
    return {};
  const auto *list = std::get_if<std::vector<double>>(&found->second);
  return list == nullptr ? std::vector<double>() : *list;
}

bool
Record::empty() const
{
  return values_.empty() && parts_.empty() && lists_.empty();
}

void
Record::set_value(const std::string &key, const Value &value)
{
  values_[key] = value;
}

const std::map<std::string, Record::Value> &
Record::values() const
{
  return values_;
}

const std::map<std::string, Record> &
Record::parts() const
{
  return parts_;
}

const std::map<std::string, std::vector<Record>> &
Record::lists() const
{
  return lists_;
}

void
Record::erase(const std::string &name)
{
  values_.erase(name);
  parts_.erase(name);
  lists_.erase(name);
}

std::vector<std::string>
not_finite(const Record &record)
{
  std::vector<std::string> found;
  collect_not_finite(record, "", found);
  return found;
}
} // namespace miniscrew::report
