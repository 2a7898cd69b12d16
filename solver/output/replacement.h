// SPDX-License-Identifier: LGPL-2.1-or-later
// Exchange of an older result for a new one, around whatever else lies there.
#pragma once

#include "solver/output/manifest.h"

#include <filesystem>

namespace miniscrew::output
{
/// Puts the folder @p fresh, whose files are those of @p manifest, in @p place.
/// Of a folder that is there, the files of its manifest go, and all else is
/// kept. Both are beside one another.
///
/// At each moment, also if the process is killed, the place shows the older
/// result or the new one, whole, and all that is foreign: while it is moved
/// over, links stand for it. What remains to be done then is done by
/// finish_replacement(). On file systems that cannot exchange two folders at
/// once, there is a moment in which the place is empty; settle_leftover() then
/// puts the older result back.
///
/// Throws UserError, before anything has changed, if a file of the new result
/// would take the place of a foreign one, and IoError if a folder cannot be
/// moved.
void put_in_place(const std::filesystem::path &fresh,
                  const std::filesystem::path &place,
                  Manifest                     manifest);

/// Finishes what a killed put_in_place() has begun, if there is such a thing.
/// What cannot be moved stays where it is.
void finish_replacement(const std::filesystem::path &place);

/// Takes away the folder @p fresh that a killed run has not put in @p place:
/// the files of its manifest, and no others.
void settle_leftover(const std::filesystem::path &fresh,
                     const std::filesystem::path &place);
} // namespace miniscrew::output
