// SPDX-License-Identifier: LGPL-2.1-or-later
// One key of the case file: its type, range and meaning, and how it is read
// and written.
#pragma once

#include "solver/base/vector3.h"
#include "solver/case/reading/toml_value.h"
#include "solver/case/tables/draft.h"
#include "solver/case/tables/range.h"

#include <nlohmann/json.hpp>

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace miniscrew
{
/// Whether the template shows a key as a line in force or as a comment.
enum class Presence
{
  required, ///< the file must give it
  plain,    ///< has a default of its own
  derived   ///< follows from other keys, or is absent, unless it is given
};

/// Declaration of one key; all that is said about it anywhere comes from here.
struct Parameter
{
  std::string    key;     ///< dotted, e.g. "screw.pitch_mm"
  std::string    type;    ///< in words, e.g. "a number in mm"
  std::string    allowed; ///< in words, e.g. "> 0 and <= 5"; may be empty
  std::string    doc;     ///< one sentence without the full stop
  Presence       presence = Presence::plain;
  nlohmann::json schema   = nullptr;

  /// Puts a value into the draft; throws UserError, without the place.
  std::function<void(Draft &, const toml::node &)> read = {};
  /// The value in force as TOML; empty if there is none.
  std::function<std::string(Draft &)> write = {};
};

/// Where in a draft a value of type T lives.
template <typename T>
using Access = std::function<T &(Draft &)>;

/// Whether the file gives a key, named without the table that is spoken of.
using IsGiven = std::function<bool(const std::string &)>;

/// @name Declarations by type of value
/// @{
Parameter number(const std::string    &key,
                 const Range          &range,
                 const Access<double> &access,
                 const std::string    &doc);

Parameter optional_number(const std::string                   &key,
                          const Range                         &range,
                          const Access<std::optional<double>> &access,
                          const std::string                   &doc);

Parameter count(const std::string          &key,
                unsigned int                min,
                unsigned int                max,
                const Access<unsigned int> &access,
                const std::string          &doc);

Parameter flag(const std::string  &key,
               const Access<bool> &access,
               const std::string  &doc);

Parameter text(const std::string         &key,
               const Access<std::string> &access,
               const std::string         &doc);

/// A name out of @p names, taken as it is written there whatever the case of
/// its letters.
Parameter name(const std::string              &key,
               const std::vector<std::string> &names,
               const Access<std::string>      &access,
               const std::string              &doc);

/// Several names out of @p names; @p what they name, in words.
Parameter names(const std::string                      &key,
                const std::vector<std::string>         &names,
                const std::string                      &what,
                const Access<std::vector<std::string>> &access,
                const std::string                      &doc);

/// Three numbers, each within @p range.
Parameter vector3(const std::string     &key,
                  const Range           &range,
                  const Access<Vector3> &access,
                  const std::string     &doc);
/// @}

/// Puts @p more at the end of @p all.
void append(std::vector<Parameter> &all, const std::vector<Parameter> &more);

/// A name that stands for a value of an enumeration.
template <typename Enum>
Parameter choice(const std::string                               &key,
                 const std::vector<std::pair<std::string, Enum>> &values,
                 const Access<Enum>                              &access,
                 const std::string                               &doc);

/// @name Reading of TOML values; all throw UserError, without the place
/// @{
[[nodiscard]] double read_number(const toml::node  &node,
                                 const std::string &type,
                                 const Range       &range);

/// Line breaks and tabs become blanks; other control characters are refused.
[[nodiscard]] std::string read_text(const toml::node &node);

/// @p n numbers; @p type is that of the array, e.g. "an array of two numbers".
[[nodiscard]] std::vector<double> read_numbers(const toml::node  &node,
                                               std::size_t        n,
                                               const std::string &type,
                                               const Range       &range);

/// The member of @p names that is written in @p node.
[[nodiscard]] std::size_t read_name(const toml::node               &node,
                                    const std::vector<std::string> &names);
/// @}

[[nodiscard]] bool equal_ignoring_case(const std::string &a,
                                       const std::string &b);

/// ASCII letters in lower case.
[[nodiscard]] std::string lower_case(std::string text);

/// "a number in mm" for a key that ends with _mm; "a number" without a unit.
[[nodiscard]] std::string number_type(const std::string &key);

/// The key's last part without its unit: "pitch" for "screw.pitch_mm".
[[nodiscard]] std::string bare_name(const std::string &key);

/// @name Values as TOML
/// @{
/// The shortest text that reads back as the same number.
std::string toml_text(double value);
std::string toml_text(const std::string &value);
/// A number without ".0", for sentences.
[[nodiscard]] std::string short_text(double value);
template <typename Container>
std::string
toml_array(const Container &values)
{
  std::string result;
  for (const auto &value : values)
    result += (result.empty() ? "" : ", ") + toml_text(value);
  return "[" + result + "]";
}
/// @}

// --- implementation of the template ---------------------------------------

template <typename Enum>
Parameter
choice(const std::string                               &key,
       const std::vector<std::pair<std::string, Enum>> &values,
       const Access<Enum>                              &access,
       const std::string                               &doc)
{
  std::vector<std::string> names;
  for (const auto &value : values)
    names.push_back(value.first);
  // A name is declared first, for all words about it, then its access is
  // replaced by that to the enumeration.
  Parameter parameter = name(key, names, {}, doc);
  parameter.read      = [=](Draft &draft, const toml::node &node) {
    access(draft) = values[read_name(node, names)].second;
  };
  parameter.write = [=](Draft &draft) {
    for (const auto &value : values)
      if (value.second == access(draft))
        return toml_text(value.first);
    return std::string();
  };
  return parameter;
}
} // namespace miniscrew
