// SPDX-License-Identifier: LGPL-2.1-or-later
// What a reader of a result should know before trusting it.
#include "solver/base/warnings.h"

#include <algorithm>

namespace miniscrew
{
void
Warnings::add(const std::string &key, const std::string &sentence)
{
  const bool is_there =
    std::any_of(all_.begin(), all_.end(), [&](const Warning &warning) {
      return warning.key == key && warning.sentence == sentence;
    });
  if (!is_there)
    all_.push_back({key, sentence});
}

void
Warnings::add(const Warnings &others)
{
  for (const Warning &warning : others.all())
    add(warning.key, warning.sentence);
}

const std::vector<Warning> &
Warnings::all() const
{
  return all_;
}
} // namespace miniscrew
