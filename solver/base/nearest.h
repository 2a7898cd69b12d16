// SPDX-License-Identifier: LGPL-2.1-or-later
// What somebody may have meant.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace miniscrew
{
/// The candidate nearest to @p word (edit distance, case-insensitive), or
/// nothing if none is near, or if it is the word itself.
[[nodiscard]] std::optional<std::string>
nearest(const std::string &word, const std::vector<std::string> &candidates);
} // namespace miniscrew
