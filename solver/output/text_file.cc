// SPDX-License-Identifier: LGPL-2.1-or-later
// Small files of a result: text, JSON, and curves as CSV.
#include "solver/output/text_file.h"

#include "solver/base/errors.h"
#include "solver/output/collective.h"

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <iomanip>
#include <limits>
#include <sstream>
#include <system_error>

namespace miniscrew::output
{
namespace
{
/// Whether @p value is an array that reads well in one line.
bool
fits_a_line(const nlohmann::json &value)
{
  return value.is_array() &&
         std::none_of(value.begin(), value.end(), [](const auto &entry) {
           return entry.is_structured();
         });
}


void
append(const nlohmann::json &value, const std::string &indent, std::string &out)
{
  if (fits_a_line(value))
  {
    out += '[';
    for (std::size_t i = 0; i < value.size(); ++i)
      out += (i == 0 ? "" : ", ") + value[i].dump();
    out += ']';
    return;
  }
  if (!value.is_structured() || value.empty())
  {
    out += value.dump();
    return;
  }

  const std::string inner = indent + "  ";
  out += value.is_object() ? '{' : '[';
  bool first = true;
  for (const auto &item : value.items())
  {
    out += (first ? "\n" : ",\n") + inner;
    first = false;
    if (value.is_object())
      out += nlohmann::json(item.key()).dump() + ": ";
    append(item.value(), inner, out);
  }
  out += "\n" + indent + (value.is_object() ? '}' : ']');
}
} // namespace


void
write_file(const std::string &path, const std::string &text)
{
  const std::string unfinished = path + unfinished_suffix;
  errno                        = 0;
  std::ofstream file(unfinished, std::ios::binary);
  file << text;
  file.close();
  std::error_code error;
  if (!file)
    error.assign(errno, std::generic_category());
  else
    std::filesystem::rename(unfinished, path, error);
  if (!error)
    return;
  std::error_code ignored;
  std::filesystem::remove(unfinished, ignored);
  throw IoError("cannot write '" + path + "': " + error.message());
}


void
write_text(const std::string &path,
           const std::string &text,
           MPI_Comm           communicator)
{
  on_first_rank(communicator, [&] { write_file(path, text); });
}


std::string
pretty_json(const nlohmann::json &content)
{
  std::string text;
  append(content, "", text);
  return text + "\n";
}


void
write_json(const std::string    &path,
           const nlohmann::json &content,
           MPI_Comm              communicator)
{
  write_text(path, pretty_json(content), communicator);
}


void
write_csv(const std::string &path, const Curve &curve, MPI_Comm communicator)
{
  std::ostringstream text;
  text << std::setprecision(std::numeric_limits<double>::max_digits10);
  for (std::size_t i = 0; i < curve.columns.size(); ++i)
    text << (i == 0 ? "" : ",") << curve.columns[i];
  text << '\n';
  for (const std::vector<double> &row : curve.rows)
  {
    for (std::size_t i = 0; i < row.size(); ++i)
      text << (i == 0 ? "" : ",") << row[i];
    text << '\n';
  }
  write_text(path, text.str(), communicator);
}
} // namespace miniscrew::output
