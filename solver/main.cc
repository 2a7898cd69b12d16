// SPDX-License-Identifier: LGPL-2.1-or-later
// The program: starts MPI and hands over to the command line.
#include "solver/app/cli.h"

#include <deal.II/base/mpi.h>

#include <cstdlib>

int
main(int argc, char **argv)
{
  // PETSc must not take the program's options for its own, nor read any from a
  // file that happens to lie there or from the environment: they would change
  // results, and can load code.
  unsetenv("PETSC_OPTIONS");
  unsetenv("PETSC_OPTIONS_YAML");
  char   no_file[]      = "-skip_petscrc";
  char  *for_petsc[]    = {argv[0], no_file, nullptr};
  int    n_for_petsc    = 2;
  char **list_for_petsc = for_petsc;
  dealii::Utilities::MPI::MPI_InitFinalize mpi(n_for_petsc, list_for_petsc, 1);
  return static_cast<int>(
    miniscrew::app::run_command_line(argc, argv, MPI_COMM_WORLD));
}
