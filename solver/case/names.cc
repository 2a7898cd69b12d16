// SPDX-License-Identifier: LGPL-2.1-or-later
// Names that become folders, jobs and rows of tables.
#include "solver/case/names.h"

#include "solver/base/errors.h"
#include "solver/base/shown.h"
#include "solver/case/tables/parameter.h"

#include <algorithm>
#include <cctype>
#include <vector>

namespace miniscrew
{
namespace
{
constexpr std::size_t longest_name = 100;

// Endings of what the program and its scripts write beside the folders of
// results, and of the files in them.
const std::vector<std::string> own_endings = {".failed",
                                              ".partial",
                                              ".h5",
                                              ".csv",
                                              ".json",
                                              ".toml",
                                              ".txt",
                                              ".log",
                                              ".pvd",
                                              ".vtu",
                                              ".pvtu",
                                              ".html",
                                              ".sbatch",
                                              ".lock",
                                              ".tmp",
                                              ".png",
                                              ".svg"};

// Folders within the result of a case without variants, and of its mesh.
const std::vector<std::string> own_folders =
  {"curves", "fields", "figures", "interface", "last_converged", "mesh"};

bool
ends_with(const std::string &text, const std::string &end)
{
  return text.size() >= end.size() &&
         text.compare(text.size() - end.size(), end.size(), end) == 0;
}

/// Whether @p name consists of ASCII letters, digits and @p signs, and of
/// whatever is not ASCII if that is allowed.
bool
consists_of(const std::string &name,
            const std::string &signs,
            const bool         allows_all_languages)
{
  return std::all_of(name.begin(), name.end(), [&](const unsigned char c) {
    return c >= 0x80 ? allows_all_languages
                     : std::isalnum(c) != 0 ||
                         signs.find(static_cast<char>(c)) != std::string::npos;
  });
}

/// What is wrong with every name of such an ending, length or beginning.
std::string
objection_to_shape(const std::string &name)
{
  if (name.size() > longest_name)
    return "is longer than the " + std::to_string(longest_name) +
           " bytes that the name of a folder may have";
  if (name.back() == '.' || name.back() == ' ')
    return "becomes the name of a folder, so it must not end with '.' or a "
           "blank";
  for (const std::string &ending : own_endings)
    if (ends_with(lower_case(name), ending))
      return "ends with '" + ending +
             "' like files that the program writes itself, which it would be "
             "taken for; use another name";
  return "";
}
} // namespace


std::string
objection_to_variant_name(const std::string &name)
{
  if (name.empty() || name[0] == '.' || name[0] == '-' ||
      !consists_of(name, "_-+.", false))
    return "becomes the name of a folder, so only letters, digits, '_', '-', "
           "'+' and '.' are allowed, and not '.' or '-' at the start";
  const auto own =
    std::find(own_folders.begin(), own_folders.end(), lower_case(name));
  if (own != own_folders.end())
    return "is the name of a folder that the program writes itself, as are " +
           list_of(own_folders) + "; use another name";
  return objection_to_shape(name);
}


std::string
objection_to_case_name(const std::string &name)
{
  if (name.empty() || name[0] == '.' || name[0] == '-' || name[0] == ' ' ||
      has_control_character(name) || !consists_of(name, "_-+.,=()[]@~ ", true))
    return "becomes the name of a folder, so only letters, digits, blanks and "
           "the signs _ - + . , = ( ) [ ] @ ~ are allowed, and not '.', '-' or "
           "a blank at the start";
  return objection_to_shape(name);
}


std::string
variant_name_pattern()
{
  return "^[A-Za-z0-9_+][A-Za-z0-9_+.-]{0," + std::to_string(longest_name - 1) +
         "}$";
}
} // namespace miniscrew
