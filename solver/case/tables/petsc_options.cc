// SPDX-License-Identifier: LGPL-2.1-or-later
// Reading of PETSc's options in a case.
#include "solver/case/tables/petsc_options.h"

#include "solver/base/errors.h"
#include "solver/case/tables/parameter.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>
#include <sstream>

namespace miniscrew
{
namespace
{
using Kind = PetscOption::Kind;

// More of a word is not repeated in a sentence.
constexpr std::size_t longest_word = 80;

constexpr std::size_t most_numbers = 10; ///< of a list

/// A word as it may be repeated on a terminal: without control characters, and
/// not cut within a letter of UTF-8.
std::string
quoted(const std::string &word)
{
  std::size_t length = std::min(word.size(), longest_word);
  while (length < word.size() && length > 0 && (word[length] & 0xC0) == 0x80)
    --length;
  std::string text = word.substr(0, length);
  for (char &c : text)
    if (std::iscntrl(static_cast<unsigned char>(c)) != 0)
      c = '?';
  return "'" + text + (length < word.size() ? "...'" : "'");
}

/// A dash that a letter follows; -1 is a value.
bool
is_name(const std::string &word)
{
  return word.size() > 1 && word[0] == '-' &&
         std::isalpha(static_cast<unsigned char>(word[1])) != 0;
}

bool
is_number(const std::string &word, const PetscOption &option)
{
  double     value = 0.;
  const auto end   = word.data() + word.size();
  const auto read  = std::from_chars(word.data(), end, value);
  return read.ec == std::errc() && read.ptr == end && std::isfinite(value) &&
         value >= option.min && value <= option.max;
}

bool
is_whole_number(const std::string &word, const PetscOption &option)
{
  return word.find_first_not_of("0123456789") == std::string::npos &&
         is_number(word, option);
}

bool
are_numbers(const std::string &word, const PetscOption &option)
{
  std::size_t n = 0, begin = 0;
  for (;;)
  {
    const std::size_t comma = word.find(',', begin);
    if (!is_number(word.substr(begin, comma - begin), option) ||
        ++n > most_numbers)
      return false;
    if (comma == std::string::npos)
      return true;
    begin = comma + 1;
  }
}

bool
is_allowed(const std::string &value, const PetscOption &option)
{
  switch (option.kind)
  {
    case Kind::whole:
      return is_whole_number(value, option);
    case Kind::real:
      return is_number(value, option);
    case Kind::reals:
      return are_numbers(value, option);
    case Kind::flag:
      return value == "true" || value == "false";
    case Kind::choice:
      return std::find(option.names.begin(), option.names.end(), value) !=
             option.names.end();
  }
  return false;
}

const PetscOption *
find(const std::string &name)
{
  for (const PetscOption &option : known_petsc_options())
    if (option.name == name)
      return &option;
  return nullptr;
}

/// The known option that may have been meant, perhaps but for the prefix.
std::string
hint_for(const std::string &word)
{
  if (word.size() > longest_word)
    return "";
  std::vector<std::string> names;
  for (const PetscOption &option : known_petsc_options())
    names.push_back("-" + option.name);
  const std::string with_prefix = "-coarse_" + word.substr(1);
  if (find(with_prefix.substr(1)) != nullptr)
    return "; did you mean '" + with_prefix + "'?";
  const std::string hint = did_you_mean(word, names);
  return hint.empty() ? did_you_mean(with_prefix, names) : hint;
}

[[noreturn]] void
throw_unknown(const std::string &word)
{
  throw UserError("option " + quoted(word) +
                  " is not among those of the coarse solver that a case may "
                  "give, such as -coarse_pc_gamg_threshold 0.02" +
                  hint_for(word));
}

/// Takes the value of @p option, if there is one, off the words at @p i.
std::string
take_value(const PetscOption              &option,
           const std::vector<std::string> &words,
           std::size_t                    &i)
{
  const bool has_value = i + 1 < words.size() && !is_name(words[i + 1]);
  if (!has_value && option.kind == Kind::flag)
    return "true";
  const std::string value = has_value ? words[++i] : "";
  if (!is_allowed(value, option))
    throw UserError(
      "-" + option.name + " has " +
      (has_value ? "the value " + quoted(value) : "no value") +
      ", allowed is " + option.allowed() +
      (option.kind == Kind::choice && has_value && value.size() <= longest_word
         ? did_you_mean(value, option.names)
         : ""));
  return value;
}

/// What is in force of an option.
std::string
value_of(const std::string &name, const PetscOptions &given)
{
  for (const auto &[other, value] : given)
    if (other == name)
      return value;
  return find(name)->in_force;
}

/// The first condition that is not met, also of conditions; null if none.
const PetscOption *
unmet(const PetscOption &option, const PetscOptions &given)
{
  if (option.condition.empty())
    return nullptr;
  const std::string value  = value_of(option.condition, given);
  const auto       &values = option.condition_values;
  if (std::find(values.begin(), values.end(), value) == values.end())
    return &option;
  return unmet(*find(option.condition), given);
}

void
check_conditions(const PetscOptions &given)
{
  for (const auto &entry : given)
    if (const PetscOption *failed = unmet(*find(entry.first), given))
      throw UserError("-" + entry.first + " is not used with -" +
                      failed->condition + " " +
                      value_of(failed->condition, given) + ", but with " +
                      list_of(failed->condition_values));
}
} // namespace


std::string
PetscOption::allowed() const
{
  const std::string range = Range{min, max}.in_words();
  switch (kind)
  {
    case Kind::whole:
      return "a whole number " + range;
    case Kind::real:
      return "a number " + range;
    case Kind::reals:
      return "numbers " + range + " with commas between them";
    case Kind::flag:
      return "true or false";
    case Kind::choice:
      break;
  }
  return list_of(names);
}


PetscOptions
parse_petsc_options(const std::string &text)
{
  std::istringstream       stream(text);
  std::vector<std::string> words;
  for (std::string word; stream >> word;)
    words.push_back(word);
  PetscOptions given;
  for (std::size_t i = 0; i < words.size(); ++i)
  {
    const std::string word = words[i];
    if (!is_name(word))
      throw UserError("expected an option such as -coarse_pc_gamg_threshold "
                      "0.02, got " +
                      quoted(word));
    const PetscOption *option = find(word.substr(1));
    if (option == nullptr)
      throw_unknown(word);
    const std::string value = take_value(*option, words, i);
    if (std::any_of(given.begin(), given.end(), [&](const auto &entry) {
          return entry.first == option->name;
        }))
      throw UserError("-" + option->name + " is given twice");
    given.emplace_back(option->name, value);
  }
  check_conditions(given);
  return given;
}
} // namespace miniscrew
