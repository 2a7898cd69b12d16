// SPDX-License-Identifier: LGPL-2.1-or-later
// A table of texts, for the terminal and as CSV.
#pragma once

#include <string>
#include <vector>

namespace miniscrew::report
{
/// Rows with a name each, columns with a title each.
class Table
{
public:
  /// @p corner is the title of the rows' names.
  Table(const std::string &corner, const std::vector<std::string> &columns);

  /// @p cells has one text per column.
  void add(const std::string &name, const std::vector<std::string> &cells);

  /// Lines of at most @p width letters where the columns allow it; columns
  /// that do not fit follow in a block of their own, and long texts end with
  /// two dots.
  std::string text(std::size_t width = 100) const;

  std::string csv() const;

private:
  /// @name Widths in letters, not in bytes
  /// @{
  std::size_t name_width() const;
  std::size_t column_width(std::size_t column) const;
  /// @}

  std::string block(std::size_t first, std::size_t last) const;

  std::string              corner_;
  std::vector<std::string> columns_, names_;
  /// Of each row, one per column.
  std::vector<std::vector<std::string>> cells_;
};
} // namespace miniscrew::report
