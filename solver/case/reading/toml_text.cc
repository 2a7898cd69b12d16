// SPDX-License-Identifier: LGPL-2.1-or-later
// From text to TOML, within limits that keep every input quick and harmless.
#include "solver/case/reading/toml_text.h"

#include "solver/base/errors.h"
#include "solver/base/shown.h"

#include <algorithm>

namespace miniscrew
{
namespace
{
using Position = std::string::size_type;

/// "source:line:column: " of a byte of @p text.
std::string
place_of(const std::string &text,
         const Position     position,
         const std::string &source)
{
  const auto     begin = text.begin();
  const auto     lines = std::count(begin, begin + position, '\n') + 1;
  const Position start =
    position == 0 ? std::string::npos : text.rfind('\n', position - 1);
  const Position column =
    start == std::string::npos ? position + 1 : position - start;
  return shown_path(source) + ":" + std::to_string(lines) + ":" +
         std::to_string(column) + ": ";
}

bool
starts_with(const std::string &text, const Position at, const std::string &word)
{
  return text.compare(at, word.size(), word) == 0;
}

/// Where the string ends that begins with the quote at @p start: one past its
/// last quote. A string that does not end is left to the parser, which refuses
/// it there.
Position
end_of_string(const std::string &text, const Position start)
{
  const char        quote   = text[start];
  const bool        escapes = quote == '"';
  const std::string three(3, quote);
  const bool        is_long = starts_with(text, start, three);
  Position          i       = start + (is_long ? 3 : 1);
  while (i < text.size())
    if (escapes && text[i] == '\\')
      i += 2;
    else if (!is_long && (text[i] == quote || text[i] == '\n'))
      return i + 1;
    else if (is_long && starts_with(text, i, three))
    {
      // Up to two more quotes at the end belong to the string.
      i += 3;
      for (int extra = 0; extra < 2 && i < text.size() && text[i] == quote;
           ++extra)
        ++i;
      return i;
    }
    else
      ++i;
  return text.size();
}

/// Counts brackets that are open and dots since the last sign that ends a key,
/// outside of strings and comments. That is right for all that the parser
/// reads, as it stops at the first mistake.
class NestingCheck
{
public:
  /// The first byte that is nested too deeply, or npos.
  static Position
  first_too_deep(const std::string &text)
  {
    NestingCheck check;
    for (Position i = 0; i < text.size();)
    {
      const char c = text[i];
      if (c == '#')
        i = std::min(text.find('\n', i), text.size());
      else if (c == '"' || c == '\'')
        i = end_of_string(text, i);
      else
      {
        check.take(c);
        if (check.brackets_ > deepest_toml || check.dots_ >= deepest_toml)
          return i;
        ++i;
      }
    }
    return std::string::npos;
  }

private:
  void
  take(const char c)
  {
    if (c == '[' || c == '{')
      ++brackets_;
    else if ((c == ']' || c == '}') && brackets_ > 0)
      --brackets_;
    if (c == '.')
      ++dots_;
    else if (std::string("[]{}=,\n").find(c) != std::string::npos)
      dots_ = 0;
  }

  unsigned int brackets_ = 0, dots_ = 0;
};
} // namespace


void
check_toml_text(const std::string &text, const std::string &source)
{
  if (text.size() > largest_toml_text)
    throw UserError(shown_path(source) + " is larger than " +
                    std::to_string(largest_toml_text) +
                    " bytes, which no case needs");
  const Position invalid = first_invalid_utf8(text);
  if (invalid != std::string::npos)
    throw UserError(place_of(text, invalid, source) + "the byte " +
                    shown(text.substr(invalid, 1)) +
                    " is not UTF-8; save the file with that encoding");
  const Position too_deep = NestingCheck::first_too_deep(text);
  if (too_deep != std::string::npos)
    throw UserError(place_of(text, too_deep, source) +
                    "tables, arrays or dotted keys are within each other more "
                    "than " +
                    std::to_string(deepest_toml) +
                    " deep, which no case needs");
}


toml::table
parse_toml(const std::string &text, const std::string &source)
{
  check_toml_text(text, source);
  try
  {
    return toml::parse(text, source);
  }
  catch (const toml::parse_error &error)
  {
    // It may quote a piece of the file, and cut that within a letter.
    const toml::source_position &begin = error.source().begin;
    throw UserError(shown_path(source) + ":" + std::to_string(begin.line) +
                    ":" + std::to_string(begin.column) +
                    ": the file is not valid TOML: " +
                    shown(std::string(error.description()), 300));
  }
}
} // namespace miniscrew
