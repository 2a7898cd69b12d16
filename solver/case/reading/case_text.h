// SPDX-License-Identifier: LGPL-2.1-or-later
// The text of a case file.
#pragma once

#include <string>

namespace miniscrew
{
/// Reads the file. Throws UserError with a sentence that says what is wrong if
/// the path is not that of an ordinary file of reasonable size, and IoError if
/// the system does not let it be read.
[[nodiscard]] std::string read_case_text(const std::string &path);
} // namespace miniscrew
