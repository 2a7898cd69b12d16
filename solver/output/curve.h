// SPDX-License-Identifier: LGPL-2.1-or-later
// A curve: columns of numbers with names, such as force over displacement.
#pragma once

#include <string>
#include <vector>

namespace miniscrew::output
{
/// A table of numbers. Every row has one value for each column.
struct Curve
{
  std::string                      name;    ///< a word, e.g. "pull_out"
  std::vector<std::string>         columns; ///< with units, e.g. "force_N"
  std::vector<std::vector<double>> rows;
};
} // namespace miniscrew::output
