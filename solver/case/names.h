// SPDX-License-Identifier: LGPL-2.1-or-later
// Names that become folders, jobs and rows of tables.
#pragma once

#include <string>

namespace miniscrew
{
/// What is wrong with the name of a variant, as the end of a sentence that
/// begins with the name; empty if nothing is.
[[nodiscard]] std::string objection_to_variant_name(const std::string &name);

/// The same for the name of a case, the stem of its file. Blanks, some more
/// signs and letters of all languages are allowed in it.
[[nodiscard]] std::string objection_to_case_name(const std::string &name);

/// What the name of a variant must match, as a regular expression.
[[nodiscard]] std::string variant_name_pattern();
} // namespace miniscrew
