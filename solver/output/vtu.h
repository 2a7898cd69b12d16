// SPDX-License-Identifier: LGPL-2.1-or-later
// Fields for ParaView: VTU pieces of all ranks, tied together by PVTU and PVD.
#pragma once

#include "solver/output/field_data.h"

#include <mpi.h>

#include <string>
#include <utility>
#include <vector>

namespace miniscrew::output
{
/// A series of states of one mesh in time. In FOLDER it makes
/// - NAME.pvd, the file to open, which lists the states with their times;
/// - NAME/NAME_0000.pvtu for each state, which lists the pieces;
/// - NAME/NAME_0000_p0000.vtu, the piece of each rank that has cells.
///
/// Cells are of higher order; data is compressed binary, points in double and
/// fields in single precision. Fields of six components are symmetric tensors
/// xx, yy, zz, yz, xz, xy.
class VtuSeries
{
public:
  /// Does nothing on disk. All arguments are the same on all ranks.
  VtuSeries(const std::string &folder,
            const std::string &name,
            MPI_Comm           communicator);

  /// Adds the state at @p time. The series is complete after each call.
  /// IoError on all ranks if a file cannot be written. Collective.
  void write(double time, const FieldData &data);

private:
  void write_list() const;

  std::string                                 folder_, name_;
  MPI_Comm                                    communicator_;
  std::vector<std::pair<double, std::string>> states_;
};

/// Names of the files that a series of @p n_states states has in its folder if
/// all ranks have cells.
std::vector<std::string>
vtu_files(const std::string &name, int n_ranks, int n_states = 1);

/// A series with one state at time 0. Collective.
void write_vtu(const std::string &folder,
               const std::string &name,
               const FieldData   &data,
               MPI_Comm           communicator);
} // namespace miniscrew::output
