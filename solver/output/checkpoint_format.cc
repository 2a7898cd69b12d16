// SPDX-License-Identifier: LGPL-2.1-or-later
// What writing and reading of restart files share.
#include "solver/output/checkpoint_format.h"

#include "solver/output/collective.h"

namespace miniscrew::output::checkpoint_format
{
Rows
rows_of_rank(const std::uint64_t count, MPI_Comm communicator)
{
  Rows rows;
  rows.count = count;
  MPI_Exscan(&rows.count, &rows.begin, 1, MPI_UINT64_T, MPI_SUM, communicator);
  if (rank_in(communicator) == 0)
    rows.begin = 0;
  MPI_Allreduce(
    &rows.count, &rows.total, 1, MPI_UINT64_T, MPI_SUM, communicator);
  return rows;
}


hid_t
open_together(const std::string &path,
              const unsigned int mode,
              MPI_Comm           communicator)
{
  const Hdf5Handle access(
    H5Pcreate(H5P_FILE_ACCESS), H5Pclose, "'" + path + "'");
  H5Pset_fapl_mpio(access, communicator, MPI_INFO_NULL);
  return H5Fopen(path.c_str(), mode, access);
}
} // namespace miniscrew::output::checkpoint_format
