// SPDX-License-Identifier: LGPL-2.1-or-later
// Checks across the keys of a case.
#pragma once

#include "solver/case/case.h"

#include <string>
#include <vector>

namespace miniscrew
{
/// A contradiction between keys.
struct Contradiction
{
  std::string key; ///< the key to point at
  std::string sentence;
};

/// What is impossible about a case of which every value alone is valid.
[[nodiscard]] std::vector<Contradiction> contradictions(const Case &parameters);
} // namespace miniscrew
