// SPDX-License-Identifier: LGPL-2.1-or-later
// Numbers with their meaning: what results are made of.
#pragma once

#include "solver/report/quantity.h"

#include <array>
#include <cstdint>
#include <initializer_list>
#include <map>
#include <optional>
#include <string>
#include <type_traits>
#include <variant>
#include <vector>

namespace miniscrew::report
{
/// Values of quantities, and records inside it: the only thing that becomes
/// summary.json, scalars of HDF5, rows of tables or lines of the log.
class Record
{
public:
  using Value = std::variant<bool,
                             std::uint64_t,
                             double,
                             std::string,
                             std::vector<double>,
                             std::vector<std::string>>;

  /// Sets a number, a text or a list, over what is there.
  template <typename T>
  Record &set(const Quantity &quantity, const T &value);

  /// The record of this name inside, made if there is none. InternalError if
  /// the name is that of a value.
  Record &part(const std::string &name);

  /// A record deeper inside by a dotted place, made if there is none.
  Record &at(const std::string &place);

  /// The same, or nullptr.
  const Record *find(const std::string &place) const;

  /// Another record at the end of the list of this name.
  Record &add_row(const std::string &list);

  /// The list of this name; empty if there is none.
  const std::vector<Record> &rows(const std::string &list) const;

  /// The list of this name is there, though it may stay empty.
  void begin_rows(const std::string &list);

  /// Everything of @p other over what is here.
  void merge(const Record &other);

  /// True if the quantity has a value, or its key is that of a list.
  bool has(const Quantity &quantity) const;

  /// Whether the quantity is there and true.
  bool is_true(const Quantity &quantity) const;

  /// The number, or the length of a vector of numbers; nothing if there is no
  /// value, or none of this kind.
  std::optional<double> number(const Quantity &quantity) const;

  /// The same of the record at a dotted place.
  std::optional<double> number_at(const std::string &place,
                                  const Quantity    &quantity) const;

  /// The text; empty if there is none.
  std::string text(const Quantity &quantity) const;

  /// The list of texts, or the vector; empty if there is none.
  std::vector<std::string> texts(const Quantity &quantity) const;
  std::vector<double>      vector(const Quantity &quantity) const;

  bool empty() const;

  /// @name By name, for those that read and write whole records
  /// @{
  void set_value(const std::string &key, const Value &value);
  const std::map<std::string, Value>               &values() const;
  const std::map<std::string, Record>              &parts() const;
  const std::map<std::string, std::vector<Record>> &lists() const;
  void erase(const std::string &name);
  /// @}

private:
  std::map<std::string, Value>               values_;
  std::map<std::string, Record>              parts_;
  std::map<std::string, std::vector<Record>> lists_;
};

/// The length of a vector of numbers, or the number.
std::optional<double> number_of(const Record::Value &value);

/// Dotted paths of numbers that are not finite.
std::vector<std::string> not_finite(const Record &record);

// --- implementation of the template ---------------------------------------

template <typename T>
Record &
Record::set(const Quantity &quantity, const T &value)
{
  if constexpr (std::is_same_v<T, bool>)
    set_value(quantity.key, value);
  else if constexpr (std::is_integral_v<T>)
    set_value(quantity.key, static_cast<std::uint64_t>(value));
  else if constexpr (std::is_floating_point_v<T>)
    set_value(quantity.key, static_cast<double>(value));
  else if constexpr (std::is_convertible_v<T, std::string>)
    set_value(quantity.key, std::string(value));
  else if constexpr (std::is_same_v<T, std::vector<std::string>>)
    set_value(quantity.key, value);
  else
    set_value(quantity.key,
              std::vector<double>(std::begin(value), std::end(value)));
  return *this;
}
} // namespace miniscrew::report
