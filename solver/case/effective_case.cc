// SPDX-License-Identifier: LGPL-2.1-or-later
// A case as TOML with every key and the value in force.
#include "solver/case/effective_case.h"

#include "solver/case/expected.h"
#include "solver/case/tables/parameters.h"

namespace miniscrew
{
std::string
effective_toml(Draft draft)
{
  std::string text, section;
  for (const Parameter &parameter : parameters())
  {
    const std::string value = parameter.write(draft);
    if (value.empty())
      continue;
    const std::string::size_type dot = parameter.key.find('.');
    if (dot == std::string::npos)
    {
      text += parameter.key + " = " + value + "\n";
      continue;
    }
    if (parameter.key.substr(0, dot) != section)
    {
      section = parameter.key.substr(0, dot);
      text += "\n[" + section + "]\n";
    }
    text += parameter.key.substr(dot + 1) + " = " + value + "\n";
  }
  return text + expected_toml(draft.result.expected);
}
} // namespace miniscrew
