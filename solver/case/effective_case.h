// SPDX-License-Identifier: LGPL-2.1-or-later
// A case as a list of keys with the values in force.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace miniscrew
{
/// Every key of a case with the value in force, in the order of the template.
/// It is compared by keys, and becomes text only where it is written.
class EffectiveCase
{
public:
  /// A dotted key, e.g. "screw.pitch_mm", and its value as TOML, "0.7".
  struct Value
  {
    std::string key, text;

    /// "screw.pitch_mm = 0.7".
    [[nodiscard]] std::string line() const;
  };

  /// @name Making one
  /// @{

  /// Adds a value of one line at the end. Keys of one table follow each other.
  void add(const std::string &key, const std::string &text);

  /// Reads what to_toml() wrote; nothing if @p text is something else.
  [[nodiscard]] static std::optional<EffectiveCase>
  from_toml(const std::string &text);
  /// @}

  /// @name Parts
  /// @{
  const std::vector<Value> &
  values() const
  {
    return values_;
  }

  /// The value of a key, or nothing.
  [[nodiscard]] std::optional<std::string> text(const std::string &key) const;

  /// What is left without @p names: keys, or tables with all that is in them.
  [[nodiscard]] EffectiveCase
  without(const std::vector<std::string> &names) const;

  /// What is named by @p names alone.
  [[nodiscard]] EffectiveCase only(const std::vector<std::string> &names) const;

  /// Keys that have another value in @p other, or that one of the two has
  /// alone, in this order, and then in that of @p other.
  [[nodiscard]] std::vector<std::string>
  difference(const EffectiveCase &other) const;
  /// @}

  /// As TOML that gives this case again: keys without a table first, then a
  /// heading for each table.
  [[nodiscard]] std::string to_toml() const;

private:
  std::vector<Value> values_;
};
} // namespace miniscrew
