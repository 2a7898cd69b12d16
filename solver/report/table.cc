// SPDX-License-Identifier: LGPL-2.1-or-later
// A table of texts, for the terminal and as CSV.
#include "solver/report/table.h"

#include <algorithm>

namespace miniscrew::report
{
namespace
{
/// Number of letters of a text in UTF-8.
std::size_t
letters(const std::string &text)
{
  return std::count_if(text.begin(), text.end(), [](const char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  });
}

/// The beginning of a text that would make a column too wide.
std::string
shortened(const std::string &text)
{
  constexpr std::size_t longest = 28;
  if (letters(text) <= longest)
    return text;
  std::size_t bytes = 0;
  for (std::size_t n = 0; n < longest - 2; ++n)
    do
      ++bytes;
    while ((static_cast<unsigned char>(text[bytes]) & 0xC0) == 0x80);
  return text.substr(0, bytes) + "..";
}

std::string
blanks(const std::size_t width, const std::string &text)
{
  return std::string(width - std::min(width, letters(text)), ' ');
}

/// A field of a CSV file.
std::string
quoted(const std::string &text)
{
  if (text.find_first_of(",\"\n") == std::string::npos)
    return text;
  std::string result = "\"";
  for (const char c : text)
    result += c == '"' ? std::string("\"\"") : std::string(1, c);
  return result + "\"";
}
} // namespace


Table::Table(const std::string &corner, const std::vector<std::string> &columns)
  : corner_(corner),
    columns_(columns)
{}


void
Table::add(const std::string &name, const std::vector<std::string> &cells)
{
  names_.push_back(name);
  cells_.push_back(cells);
}


std::string
Table::text(const std::size_t width) const
{
  std::string result;
  for (std::size_t first = 0; first < columns_.size();)
  {
    std::size_t used = name_width() + 2 + column_width(first);
    std::size_t last = first + 1;
    while (last < columns_.size() && used + 2 + column_width(last) <= width)
      used += 2 + column_width(last++);
    result += (first == 0 ? "" : "\n") + block(first, last);
    first = last;
  }
  return result;
}


std::string
Table::csv() const
{
  std::string result = quoted(corner_);
  for (const std::string &column : columns_)
    result += "," + quoted(column);
  result += "\n";
  for (std::size_t row = 0; row < names_.size(); ++row)
  {
    result += quoted(names_[row]);
    for (const std::string &cell : cells_[row])
      result += "," + quoted(cell);
    result += "\n";
  }
  return result;
}


std::size_t
Table::name_width() const
{
  std::size_t width = letters(corner_);
  for (const std::string &name : names_)
    width = std::max(width, letters(name));
  return width;
}


std::size_t
Table::column_width(const std::size_t column) const
{
  std::size_t width = letters(shortened(columns_[column]));
  for (const auto &row : cells_)
    width = std::max(width, letters(shortened(row[column])));
  return width;
}


std::string
Table::block(const std::size_t first, const std::size_t last) const
{
  const auto line = [&](const std::string              &name,
                        const std::vector<std::string> &cells) {
    std::string text = name + blanks(name_width(), name);
    for (std::size_t column = first; column < last; ++column)
    {
      const std::string cell = shortened(cells[column]);
      text += "  " + blanks(column_width(column), cell) + cell;
    }
    text.erase(text.find_last_not_of(' ') + 1);
    return text + "\n";
  };
  std::string result = line(corner_, columns_);
  for (std::size_t row = 0; row < names_.size(); ++row)
    result += line(names_[row], cells_[row]);
  return result;
}
} // namespace miniscrew::report
