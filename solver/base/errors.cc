// SPDX-License-Identifier: LGPL-2.1-or-later
// Hints for error messages: the nearest name, and lists in words.
#include "solver/base/errors.h"

#include "solver/base/nearest.h"

namespace miniscrew
{
std::string
did_you_mean(const std::string              &word,
             const std::vector<std::string> &candidates)
{
  const std::optional<std::string> near = nearest(word, candidates);
  return near ? "; did you mean '" + *near + "'?" : "";
}

std::string
list_of(const std::vector<std::string> &names)
{
  std::string result;
  for (std::size_t i = 0; i < names.size(); ++i)
    result += (i == 0 ? "" : i + 1 == names.size() ? " or " : ", ") + names[i];
  return result;
}
} // namespace miniscrew
