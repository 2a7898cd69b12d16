// SPDX-License-Identifier: LGPL-2.1-or-later
// A case as a list of keys with the values in force.
#include "solver/case/effective_case.h"

#include <algorithm>
#include <cassert>
#include <sstream>

namespace miniscrew
{
namespace
{
/// True if @p key is @p name, or is in the table @p name.
bool
is_of(const std::string &key, const std::string &name)
{
  return key.compare(0, name.size(), name) == 0 &&
         (key.size() == name.size() || key[name.size()] == '.');
}

bool
is_of_any(const std::string &key, const std::vector<std::string> &names)
{
  return std::any_of(names.begin(), names.end(), [&](const auto &name) {
    return is_of(key, name);
  });
}

/// The outermost table of a key; empty if it is in none.
std::string
table_of(const std::string &key)
{
  const std::string::size_type dot = key.find('.');
  return dot == std::string::npos ? "" : key.substr(0, dot);
}

/// Where the key of a line ends. One in quotes may have any sign in it, and
/// quotes after a backslash.
std::string::size_type
end_of_key(const std::string &line)
{
  if (line.empty() || line[0] != '"')
    return line.find_first_of(" =");
  for (std::string::size_type i = 1; i < line.size(); ++i)
    if (line[i] == '\\')
      ++i;
    else if (line[i] == '"')
      return i + 1;
  return std::string::npos;
}
} // namespace


std::string
EffectiveCase::Value::line() const
{
  return key + " = " + text;
}


void
EffectiveCase::add(const std::string &key, const std::string &text)
{
  assert(!key.empty() && text.find('\n') == std::string::npos);
  values_.push_back({key, text});
}


std::optional<EffectiveCase>
EffectiveCase::from_toml(const std::string &text)
{
  const std::string  separator = " = ";
  EffectiveCase      result;
  std::istringstream lines(text);
  std::string        line, table;
  while (std::getline(lines, line))
  {
    if (line.empty())
      continue;
    if (line.front() == '[')
    {
      if (line.size() < 3 || line.back() != ']')
        return {};
      table = line.substr(1, line.size() - 2) + ".";
      continue;
    }
    const std::string::size_type end = end_of_key(line);
    if (end == 0 || end == std::string::npos ||
        line.compare(end, separator.size(), separator) != 0 ||
        end + separator.size() == line.size())
      return {};
    result.add(table + line.substr(0, end),
               line.substr(end + separator.size()));
  }
  return result;
}


std::optional<std::string>
EffectiveCase::text(const std::string &key) const
{
  for (const Value &value : values_)
    if (value.key == key)
      return value.text;
  return {};
}


EffectiveCase
EffectiveCase::without(const std::vector<std::string> &names) const
{
  EffectiveCase rest;
  for (const Value &value : values_)
    if (!is_of_any(value.key, names))
      rest.values_.push_back(value);
  return rest;
}


EffectiveCase
EffectiveCase::only(const std::vector<std::string> &names) const
{
  EffectiveCase part;
  for (const Value &value : values_)
    if (is_of_any(value.key, names))
      part.values_.push_back(value);
  return part;
}


std::vector<std::string>
EffectiveCase::difference(const EffectiveCase &other) const
{
  std::vector<std::string> keys;
  for (const Value &value : values_)
    if (other.text(value.key) != value.text)
      keys.push_back(value.key);
  for (const Value &value : other.values_)
    if (!text(value.key))
      keys.push_back(value.key);
  return keys;
}


std::string
EffectiveCase::to_toml() const
{
  std::string result, table;
  for (const Value &value : values_)
  {
    const std::string own = table_of(value.key);
    assert(!own.empty() || table.empty());
    if (own != table)
      result += "\n[" + own + "]\n";
    table = own;
    result += own.empty() ? value.line() : value.line().substr(own.size() + 1);
    result += "\n";
  }
  return result;
}
} // namespace miniscrew
