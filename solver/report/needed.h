// SPDX-License-Identifier: LGPL-2.1-or-later
// Entries of records that must be there, as in checkpoints.
#pragma once

#include "solver/base/errors.h"
#include "solver/report/record.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <string>
#include <type_traits>
#include <vector>

namespace miniscrew::report
{
/// @name Takes a value if it is of the kind; whole numbers are numbers too
/// @{
inline bool
take(const Record::Value &kept, double &value)
{
  if (const auto *whole = std::get_if<std::uint64_t>(&kept))
    value = static_cast<double>(*whole);
  else if (const auto *real = std::get_if<double>(&kept))
    value = *real;
  else
    return false;
  return true;
}

/// An empty list has lost what it was a list of.
inline bool
take(const Record::Value &kept, std::vector<double> &values)
{
  if (const auto *numbers = std::get_if<std::vector<double>>(&kept))
    values = *numbers;
  else if (const auto *words = std::get_if<std::vector<std::string>>(&kept))
  {
    values.clear();
    return words->empty();
  }
  else
    return false;
  return true;
}

template <std::size_t n>
bool
take(const Record::Value &kept, std::array<double, n> &values)
{
  const auto *list = std::get_if<std::vector<double>>(&kept);
  if (list == nullptr || list->size() != n)
    return false;
  std::copy(list->begin(), list->end(), values.begin());
  return true;
}

template <typename T>
bool
take(const Record::Value &kept, T &value)
{
  if constexpr (std::is_integral_v<T>)
  {
    const auto *whole = std::get_if<std::uint64_t>(&kept);
    if (whole == nullptr || *whole > std::numeric_limits<T>::max())
      return false;
    value = static_cast<T>(*whole);
  }
  else
  {
    const T *same = std::get_if<T>(&kept);
    if (same == nullptr)
      return false;
    value = *same;
  }
  return true;
}
/// @}

/// The value of this name. IoError, without the file's name, if there is none
/// or if it is of another kind.
template <typename T>
T
needed(const Record &record, const std::string &name)
{
  const auto found = record.values().find(name);
  if (found == record.values().end())
    throw IoError("its header lacks " + name);
  T value;
  if (!take(found->second, value))
    throw IoError("its header has a wrong " + name);
  return value;
}

/// The record of this name inside; likewise.
inline const Record &
needed_part(const Record &record, const std::string &name)
{
  const Record *part = record.find(name);
  if (part == nullptr)
    throw IoError("its header lacks " + name);
  return *part;
}
} // namespace miniscrew::report
