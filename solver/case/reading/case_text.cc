// SPDX-License-Identifier: LGPL-2.1-or-later
// The text of a case file.
#include "solver/case/reading/case_text.h"

#include "solver/base/errors.h"
#include "solver/base/nearest.h"
#include "solver/base/shown.h"
#include "solver/case/reading/toml_text.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <vector>

namespace miniscrew
{
namespace
{
namespace fs = std::filesystem;

// Entries of a folder that are looked through for one of a similar name.
constexpr std::size_t most_names = 1000;

// The case of a folder that is one.
const char *const case_name = "case.toml";

/// Names in @p folder, sorted; empty if it cannot be read.
std::vector<std::string>
names_in(const fs::path &folder)
{
  std::vector<std::string> names;
  std::error_code          error;
  for (auto entry =
         fs::directory_iterator(folder.empty() ? fs::path(".") : folder, error);
       !error && entry != fs::directory_iterator() && names.size() < most_names;
       entry.increment(error))
    names.push_back(entry->path().filename().string());
  std::sort(names.begin(), names.end());
  return names;
}

/// True if there is an ordinary file.
bool
is_file(const fs::path &path)
{
  std::error_code error;
  return fs::is_regular_file(path, error);
}

/// The case that a path is likely to mean: beside it a file of a similar name,
/// or a folder with a case in it; or, if it names a case in a folder that does
/// not exist, that of a folder of a similar name.
std::string
similar_case(const fs::path &path)
{
  const fs::path parent = path.parent_path();
  // What is compared are names alone, as long paths always seem similar.
  std::vector<std::string> names;
  for (const std::string &name : names_in(parent))
    if (fs::path(name).extension() == ".toml" ||
        is_file(parent / name / case_name))
      names.push_back(name);
  if (const auto name = nearest(path.filename().string(), names))
    return (is_file(parent / *name) ? parent / *name
                                    : parent / *name / case_name)
      .string();
  names.clear();
  const fs::path folder = parent.parent_path();
  for (const std::string &name : names_in(folder))
    if (is_file(folder / name / path.filename()))
      names.push_back(name);
  if (const auto name = nearest(parent.filename().string(), names))
    return (folder / *name / path.filename()).string();
  return "";
}

[[noreturn]] void
throw_missing(const std::string &path)
{
  const std::string similar = similar_case(path);
  throw UserError(
    (path.empty() ? "'', the name of the case file," : shown_path(path)) +
    " does not exist" +
    (similar.empty() ? "" : "; did you mean '" + shown_path(similar) + "'?"));
}

[[noreturn]] void
throw_folder(const std::string &path)
{
  const fs::path inside = fs::path(path) / case_name;
  throw UserError(
    shown_path(path) + " is a folder, expected a case file (.toml)" +
    (is_file(inside) ? "; did you mean '" + shown_path(inside.string()) + "'?"
                     : ""));
}

[[noreturn]] void
throw_unreadable(const std::string &path, const int error)
{
  throw IoError(shown_path(path) + " cannot be read: " + std::strerror(error));
}

/// Throws unless @p path is an ordinary file; what is read from a pipe or a
/// device may never end.
void
check_kind(const std::string &path)
{
  std::error_code       error;
  const fs::file_status status = fs::status(path, error);
  switch (status.type())
  {
    case fs::file_type::regular:
      return;
    case fs::file_type::not_found:
      throw_missing(path);
    case fs::file_type::none:
      if (error.value() == ENAMETOOLONG || error.value() == ENOTDIR)
        throw_missing(path);
      throw_unreadable(path, error.value());
    case fs::file_type::directory:
      throw_folder(path);
    default:
      throw UserError(shown_path(path) +
                      " is a pipe or a device, expected an ordinary case file "
                      "(.toml), which every process can read from its start");
  }
}
} // namespace


std::string
read_case_text(const std::string &path)
{
  if (path.find('\0') != std::string::npos)
    throw UserError(shown_path(path) + " is no path of a file");
  check_kind(path);
  errno = 0;
  std::ifstream file(path, std::ios::binary);
  if (!file)
    throw_unreadable(path, errno);
  // One byte more than allowed shows that a file is too large.
  std::string text(largest_toml_text + 1, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (file.bad())
    throw_unreadable(path, errno);
  text.resize(static_cast<std::size_t>(file.gcount()));
  return text;
}
} // namespace miniscrew
