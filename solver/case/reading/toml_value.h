// SPDX-License-Identifier: LGPL-2.1-or-later
// Values of TOML as values of C++: the only place where one becomes the other.
#pragma once

#include <toml++/toml.h>

#include <string>
#include <vector>

namespace miniscrew
{
/// What a node is, for messages: "the string 'x'".
[[nodiscard]] std::string describe(const toml::node &node);

/// @name Conversions
/// They throw UserError if the node is something else than @p expected, which
/// is what messages call it.
/// @{

/// A finite number. A whole number that a double cannot hold exactly is
/// refused; @p allowed says which numbers are not.
[[nodiscard]] double to_number(const toml::node  &node,
                               const std::string &expected = "a number",
                               const std::string &allowed  = "");

[[nodiscard]] std::string to_text(const toml::node  &node,
                                  const std::string &expected = "a string");

[[nodiscard]] bool to_flag(const toml::node &node);
/// @}

/// @name Members of a table that must have them, by path with dots
/// For data files. All throw UserError that names the path.
/// @{
[[nodiscard]] const toml::node &member(const toml::table &table,
                                       const std::string &path);
[[nodiscard]] double            number_in(const toml::table &table,
                                          const std::string &path);
[[nodiscard]] std::string       text_in(const toml::table &table,
                                        const std::string &path);
[[nodiscard]] bool flag_in(const toml::table &table, const std::string &path);
[[nodiscard]] std::vector<double>      numbers_in(const toml::table &table,
                                                  const std::string &path);
[[nodiscard]] std::vector<std::string> texts_in(const toml::table &table,
                                                const std::string &path);
[[nodiscard]] const toml::table       &table_in(const toml::table &table,
                                                const std::string &path);
/// The tables of an array.
[[nodiscard]] std::vector<const toml::table *>
tables_in(const toml::table &table, const std::string &path);

/// @p otherwise if there is no such member.
[[nodiscard]] double
number_in(const toml::table &table, const std::string &path, double otherwise);
/// @}
} // namespace miniscrew
