// SPDX-License-Identifier: LGPL-2.1-or-later
// Signals: Ctrl-C, the end of a batch job's time, libraries that give up.
#pragma once

#include "solver/base/errors.h"

#include <string>

namespace miniscrew::app
{
/// From now on SIGINT and SIGTERM end the program with exit code 130, after
/// @p sentence was printed (give it on one rank only). May be called again
/// with what is true by then.
void on_interruption_say(const std::string &sentence);

/// From now on a library that calls abort(), as p4est does when memory is
/// exhausted, ends the program with a sentence and the code of an internal
/// error; a file that the limit of the system stops is an error of writing
/// instead of the end; and HDF5 does not lock files unless the environment says
/// so. Comes before the first call of HDF5.
void prepare_for_failures();

/// The program is done and ends with @p code, even if a library fails once more
/// in cleaning up after what has failed before.
void end_with_code_whatever_comes(ExitCode code);
} // namespace miniscrew::app
