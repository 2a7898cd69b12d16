// SPDX-License-Identifier: LGPL-2.1-or-later
// Values of TOML as values of C++: the only place where one becomes the other.
#include "solver/case/reading/toml_value.h"

#include "solver/base/errors.h"
#include "solver/base/shown.h"

#include <charconv>
#include <cmath>
#include <functional>

namespace miniscrew
{
namespace
{
// Up to here every whole number has a double of its own (2^53).
constexpr std::int64_t largest_whole = 9007199254740992;

/// With a dot, an exponent or letters, so that it is not taken for a whole one.
std::string
shortest(const double value)
{
  char       buffer[40];
  const auto end = std::to_chars(buffer, buffer + sizeof(buffer), value).ptr;
  const std::string text(buffer, end);
  return text.find_first_of(".en") == std::string::npos ? text + ".0" : text;
}

[[noreturn]] void
throw_wrong_type(const std::string &expected, const toml::node &node)
{
  throw UserError("expected " + expected + ", got " + describe(node));
}

/// What @p convert makes of a member; its errors name the path.
template <typename T>
T
converted(const toml::table                          &table,
          const std::string                          &path,
          const std::function<T(const toml::node &)> &convert)
{
  const toml::node &node = member(table, path);
  try
  {
    return convert(node);
  }
  catch (const UserError &error)
  {
    throw UserError(path + ": " + error.what());
  }
}

const toml::array &
to_array(const toml::node &node)
{
  if (!node.is_array())
    throw_wrong_type("an array", node);
  return *node.as_array();
}

const toml::table &
to_table(const toml::node &node)
{
  if (!node.is_table())
    throw_wrong_type("a table", node);
  return *node.as_table();
}
} // namespace


std::string
describe(const toml::node &node)
{
  if (const toml::array *array = node.as_array())
    return "an array of " + std::to_string(array->size()) +
           (array->size() == 1 ? " value" : " values");
  if (const toml::value<std::string> *text = node.as_string())
    return "the string '" + shown(text->get()) + "'";
  if (const toml::value<std::int64_t> *whole = node.as_integer())
    return "the number " + std::to_string(whole->get());
  if (const toml::value<double> *number = node.as_floating_point())
    return "the number " + shortest(number->get());
  if (const toml::value<bool> *flag = node.as_boolean())
    return flag->get() ? "true" : "false";
  return node.is_table() ? "a table" : "a date or time";
}


double
to_number(const toml::node  &node,
          const std::string &expected,
          const std::string &allowed)
{
  if (const toml::value<std::int64_t> *whole = node.as_integer())
  {
    if (whole->get() > largest_whole || whole->get() < -largest_whole)
      throw UserError(
        std::to_string(whole->get()) + " is out of range, allowed is " +
        expected + " " +
        (allowed.empty() ? "up to " + std::to_string(largest_whole) : allowed));
    return static_cast<double>(whole->get());
  }
  const toml::value<double> *number = node.as_floating_point();
  if (number == nullptr)
    throw_wrong_type(expected, node);
  if (!std::isfinite(number->get()))
    throw UserError("expected " + expected + " that is finite, got " +
                    (std::isnan(number->get()) ? "nan" : "inf"));
  return number->get();
}


std::string
to_text(const toml::node &node, const std::string &expected)
{
  if (!node.is_string())
    throw_wrong_type(expected, node);
  return node.as_string()->get();
}


bool
to_flag(const toml::node &node)
{
  if (!node.is_boolean())
    throw_wrong_type("true or false", node);
  return node.as_boolean()->get();
}


const toml::node &
member(const toml::table &table, const std::string &path)
{
  const toml::node *node = table.at_path(path).node();
  if (node == nullptr)
    throw UserError(path + " is missing");
  return *node;
}


double
number_in(const toml::table &table, const std::string &path)
{
  return converted<double>(
    table, path, [](const toml::node &node) { return to_number(node); });
}


std::string
text_in(const toml::table &table, const std::string &path)
{
  return converted<std::string>(
    table, path, [](const toml::node &node) { return to_text(node); });
}


bool
flag_in(const toml::table &table, const std::string &path)
{
  return converted<bool>(table, path, to_flag);
}


std::vector<double>
numbers_in(const toml::table &table, const std::string &path)
{
  return converted<std::vector<double>>(
    table, path, [](const toml::node &node) {
      std::vector<double> numbers;
      for (const toml::node &element : to_array(node))
        numbers.push_back(to_number(element));
      return numbers;
    });
}


std::vector<std::string>
texts_in(const toml::table &table, const std::string &path)
{
  return converted<std::vector<std::string>>(
    table, path, [](const toml::node &node) {
      std::vector<std::string> texts;
      for (const toml::node &element : to_array(node))
        texts.push_back(to_text(element));
      return texts;
    });
}


const toml::table &
table_in(const toml::table &table, const std::string &path)
{
  return *converted<const toml::table *>(
    table, path, [](const toml::node &node) { return &to_table(node); });
}


std::vector<const toml::table *>
tables_in(const toml::table &table, const std::string &path)
{
  return converted<std::vector<const toml::table *>>(
    table, path, [](const toml::node &node) {
      std::vector<const toml::table *> tables;
      for (const toml::node &element : to_array(node))
        tables.push_back(&to_table(element));
      return tables;
    });
}


double
number_in(const toml::table &table,
          const std::string &path,
          const double       otherwise)
{
  return table.at_path(path) ? number_in(table, path) : otherwise;
}
} // namespace miniscrew
