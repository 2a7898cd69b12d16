// SPDX-License-Identifier: LGPL-2.1-or-later
// The declarations of all keys of the case file.
#pragma once

#include "solver/case/tables/parameter.h"

#include <vector>

namespace miniscrew
{
/// All keys but those of [expected] and [[variant]], in the order of the
/// template. A key that others build on stands before them.
[[nodiscard]] const std::vector<Parameter> &parameters();

/// Names of the tables that keys are in: "screw", "materials",
/// "materials.near_cortex" ...
[[nodiscard]] const std::vector<std::string> &sections();

/// What a section is about, one sentence; empty for those of a material.
[[nodiscard]] std::string section_doc(const std::string &section);

/// The keys of @p section without its name, for messages.
[[nodiscard]] std::vector<std::string>
keys_of_section(const std::string &section);

/// The section of a dotted key ("" for a key without a dot).
[[nodiscard]] std::string section_of(const std::string &key);
} // namespace miniscrew
