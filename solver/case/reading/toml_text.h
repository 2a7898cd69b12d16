// SPDX-License-Identifier: LGPL-2.1-or-later
// From text to TOML, within limits that keep every input quick and harmless.
#pragma once

#include <toml++/toml.h>

#include <string>

namespace miniscrew
{
/// Largest text that is read, bytes.
constexpr std::size_t largest_toml_text = 1000000;

/// How deep tables and arrays may be within each other in brackets, and how
/// many parts a dotted key may have. What reads them is recursive.
constexpr unsigned int deepest_toml = 16;

/// Throws UserError with source:line:column unless @p text is UTF-8, not too
/// large, and nowhere nested too deeply.
void check_toml_text(const std::string &text, const std::string &source);

/// @p text as TOML. Throws UserError with source:line:column.
[[nodiscard]] toml::table parse_toml(const std::string &text,
                                     const std::string &source);
} // namespace miniscrew
