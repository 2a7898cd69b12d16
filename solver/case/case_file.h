// SPDX-License-Identifier: LGPL-2.1-or-later
// From a TOML case file to validated cases.
#pragma once

#include "solver/case/case.h"

#include <string>
#include <vector>

namespace miniscrew
{
/// Reads a case file with its variants: one case for a file without
/// [[variant]] tables, else one for each of them, in order. @p settings are
/// "key=value" strings (dotted key, TOML value; a value that is no TOML is
/// taken as a string) that override the file and all variants. Throws
/// UserError with file:line:column, what was read, what is allowed and a
/// suggestion, before any work starts. A case has the name of its file, or of
/// its folder if the file is called case.toml.
[[nodiscard]] std::vector<Case>
read_case_file(const std::string              &path,
               const std::vector<std::string> &settings = {});

/// A commented case with every key, its unit, default, range and meaning; it
/// is itself a valid case file.
[[nodiscard]] std::string case_template();

/// JSON schema (draft 2020-12) of the case file, from the same declarations.
[[nodiscard]] std::string case_json_schema();
} // namespace miniscrew
