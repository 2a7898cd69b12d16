// SPDX-License-Identifier: LGPL-2.1-or-later
// What Ctrl-C and the end of a batch job's time leave behind.
#pragma once

#include <string>

namespace miniscrew
{
/// From now on SIGINT and SIGTERM end the program with exit code 130, after
/// @p sentence was printed (give it on one rank only). May be called again
/// with what is true by then.
void on_interruption_say(const std::string &sentence);
} // namespace miniscrew
