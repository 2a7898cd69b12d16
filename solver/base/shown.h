// SPDX-License-Identifier: LGPL-2.1-or-later
// Texts of users: whether they are sound, and how messages show them.
#pragma once

#include <string>

namespace miniscrew
{
/// Where the first byte is that does not belong to valid UTF-8, or npos.
std::string::size_type first_invalid_utf8(const std::string &text);

/// Whether there is a control character: of ASCII, its continuation U+0080 to
/// U+009F, a line or paragraph separator, or one that turns the direction of
/// writing. Bytes that are not UTF-8 count as such.
bool has_control_character(const std::string &text);

/// @p text for a message of one line: the first @p most letters, and then how
/// long it is; control characters and bytes that are not UTF-8 as escapes such
/// as \n or \xE9.
std::string shown(const std::string &text, std::size_t most = 80);

/// A path in full, escaped in the same way.
std::string shown_path(const std::string &path);
} // namespace miniscrew
