// SPDX-License-Identifier: LGPL-2.1-or-later
// What writing and reading of restart files share.
#pragma once

#include "solver/output/hdf5_handle.h"

#include <mpi.h>

#include <cstdint>
#include <string>

namespace miniscrew::output::checkpoint_format
{
// Names in the file, behind its seal.
constexpr const char *header_dataset = "header";
constexpr const char *cells_group    = "cells";

/// Which rows of a dataset are this rank's.
struct Rows
{
  std::uint64_t begin = 0, count = 0, total = 0;
};

/// Rows in the order of ranks, @p count of them here. Collective.
Rows rows_of_rank(std::uint64_t count, MPI_Comm communicator);

/// Opens a file by all ranks together, with H5F_ACC_RDWR or H5F_ACC_RDONLY as
/// @p mode; returns a negative number if that fails. Collective.
hid_t open_together(const std::string &path,
                    unsigned int       mode,
                    MPI_Comm           communicator);

/// Moves this rank's rows to or from a table of @p width columns, all ranks
/// together; @p move is called with the spaces in memory and in the file and
/// the list of transfer properties, and returns HDF5's status. Collective.
template <typename Move>
herr_t
move_rows(const Rows        &rows,
          const hsize_t      width,
          const std::string &what,
          const Move        &move)
{
  const hsize_t    total[] = {rows.total, width};
  const hsize_t    begin[] = {rows.begin, 0}, count[] = {rows.count, width};
  const Hdf5Handle in_file(H5Screate_simple(2, total, nullptr), H5Sclose, what);
  const Hdf5Handle in_memory(
    H5Screate_simple(2, count, nullptr), H5Sclose, what);
  if (rows.count == 0)
  {
    H5Sselect_none(in_file);
    H5Sselect_none(in_memory);
  }
  else
    H5Sselect_hyperslab(
      in_file, H5S_SELECT_SET, begin, nullptr, count, nullptr);
  const Hdf5Handle transfer(H5Pcreate(H5P_DATASET_XFER), H5Pclose, what);
  H5Pset_dxpl_mpio(transfer, H5FD_MPIO_COLLECTIVE);
  return move(in_memory, in_file, transfer);
}
} // namespace miniscrew::output::checkpoint_format
