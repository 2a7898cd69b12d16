// SPDX-License-Identifier: LGPL-2.1-or-later
// Curves as files that spreadsheets open.
#pragma once

#include "solver/output/curve.h"

#include <mpi.h>

#include <string>

namespace miniscrew::output
{
/// Writes a curve as CSV: a line with the names of the columns, then one for
/// each row. Makes the folder if it is not there. IoError on all ranks if
/// the file cannot be written. Collective.
void
write_curve(const std::string &path, const Curve &curve, MPI_Comm communicator);
} // namespace miniscrew::output
