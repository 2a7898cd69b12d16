// SPDX-License-Identifier: LGPL-2.1-or-later
// The command line of the program.
#pragma once

#include "solver/base/errors.h"

#include <mpi.h>

namespace miniscrew::app
{
/// Does what the arguments ask for; prints on the first rank. Every failure
/// has become a sentence on the error stream and the exit code. Collective.
ExitCode run_command_line(int argc, char **argv, MPI_Comm communicator);
} // namespace miniscrew::app
