// SPDX-License-Identifier: LGPL-2.1-or-later
// The numbers that a key of a case may have.
#pragma once

#include <nlohmann/json.hpp>

#include <string>

namespace miniscrew
{
/// An interval of numbers, which every number of a case file has: no sensible
/// value is outside. The ends belong to it unless they are open.
struct Range
{
  double min = 0., max = 0.;
  bool   min_open = false, max_open = false;
  bool   or_zero = false; ///< 0, for "none", belongs to it too

  /// 0, or from @p min to @p max: what is there has a size.
  static constexpr Range
  zero_or(const double min, const double max)
  {
    return {min, max, false, false, true};
  }

  /// From -@p max to @p max.
  static constexpr Range
  up_to(const double max)
  {
    return {-max, max};
  }

  [[nodiscard]] bool contains(double value) const;

  /// "> 0 and <= 5".
  [[nodiscard]] std::string in_words() const;

  /// JSON schema of a number in it.
  [[nodiscard]] nlohmann::json schema() const;
};
} // namespace miniscrew
