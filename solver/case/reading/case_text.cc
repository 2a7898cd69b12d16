// SPDX-License-Identifier: LGPL-2.1-or-later
// The text of a case file.
#include "solver/case/reading/case_text.h"

#include "solver/base/errors.h"
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

// Case files of a folder that are looked through for one of a similar name.
constexpr std::size_t most_names = 1000;

[[noreturn]] void
throw_missing(const std::string &path)
{
  const fs::path           parent = fs::path(path).parent_path();
  const fs::path           folder = parent.empty() ? fs::path(".") : parent;
  std::vector<std::string> names;
  std::error_code          error;
  for (auto entry = fs::directory_iterator(folder, error);
       !error && entry != fs::directory_iterator() && names.size() < most_names;
       entry.increment(error))
    if (entry->path().extension() == ".toml")
      names.push_back(shown_path((parent / entry->path().filename()).string()));
  std::sort(names.begin(), names.end());
  throw UserError(
    (path.empty() ? "'', the name of the case file," : shown_path(path)) +
    " does not exist" + did_you_mean(path, names));
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
      throw UserError(shown_path(path) +
                      " is a folder, expected a case file (.toml)");
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
