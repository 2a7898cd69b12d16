// SPDX-License-Identifier: LGPL-2.1-or-later
// Texts of users: whether they are sound, and how messages show them.
#include "solver/base/shown.h"

#include <boost/locale/utf.hpp>

#include <cstdio>

namespace miniscrew
{
namespace
{
namespace utf = boost::locale::utf;

/// A letter at the beginning of a text.
struct Letter
{
  utf::code_point        code; ///< or utf::illegal
  std::string::size_type size; ///< bytes; 1 if illegal
};

Letter
letter_at(const std::string &text, const std::string::size_type position)
{
  const char           *next = text.data() + position;
  const char           *end  = text.data() + text.size();
  const utf::code_point code = utf::utf_traits<char>::decode(next, end);
  if (!utf::is_valid_codepoint(code))
    return {utf::illegal, 1};
  return {code,
          static_cast<std::string::size_type>(next - text.data()) - position};
}

bool
is_control(const utf::code_point code)
{
  const bool separates    = code == 0x2028 || code == 0x2029;
  const bool turns_around = code == 0x200E || code == 0x200F ||
                            (code >= 0x202A && code <= 0x202E) ||
                            (code >= 0x2066 && code <= 0x2069);
  return code < 0x20 || (code >= 0x7F && code <= 0x9F) || separates ||
         turns_around || code == 0xFEFF;
}

std::string
escape(const Letter &letter, const char byte)
{
  char text[16];
  if (letter.code == utf::illegal)
    std::snprintf(
      text, sizeof(text), "\\x%02X", static_cast<unsigned char>(byte));
  else if (letter.code == '\n')
    return "\\n";
  else if (letter.code == '\t')
    return "\\t";
  else
    std::snprintf(
      text, sizeof(text), "\\u%04X", static_cast<unsigned int>(letter.code));
  return text;
}
} // namespace


std::string::size_type
first_invalid_utf8(const std::string &text)
{
  for (std::string::size_type i = 0; i < text.size();)
  {
    const Letter letter = letter_at(text, i);
    if (letter.code == utf::illegal)
      return i;
    i += letter.size;
  }
  return std::string::npos;
}


bool
has_control_character(const std::string &text)
{
  for (std::string::size_type i = 0; i < text.size();)
  {
    const Letter letter = letter_at(text, i);
    if (letter.code == utf::illegal || is_control(letter.code))
      return true;
    i += letter.size;
  }
  return false;
}


std::string
shown(const std::string &text, const std::size_t most)
{
  std::string result;
  std::size_t n_letters = 0;
  for (std::string::size_type i = 0; i < text.size(); ++n_letters)
  {
    if (n_letters == most)
      return result + "... (" + std::to_string(text.size()) + " bytes)";
    const Letter letter = letter_at(text, i);
    result += letter.code == utf::illegal || is_control(letter.code)
                ? escape(letter, text[i])
                : text.substr(i, letter.size);
    i += letter.size;
  }
  return result;
}


std::string
shown_path(const std::string &path)
{
  return shown(path, path.size());
}
} // namespace miniscrew
