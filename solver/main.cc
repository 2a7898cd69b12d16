// SPDX-License-Identifier: LGPL-2.1-or-later
// The program: starts MPI and hands over to the command line.
#include "solver/cli.h"

#include <deal.II/base/mpi.h>

int
main(int argc, char **argv)
{
  // PETSc must not take the program's options for its own.
  int                                      n_arguments = 1;
  dealii::Utilities::MPI::MPI_InitFinalize mpi(n_arguments, argv, 1);
  return static_cast<int>(
    miniscrew::run_command_line(argc, argv, MPI_COMM_WORLD));
}
