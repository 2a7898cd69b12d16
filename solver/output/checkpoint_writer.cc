// SPDX-License-Identifier: LGPL-2.1-or-later
// Restart files: writing.
#include "solver/output/checkpoint.h"

#include "solver/base/log.h"
#include "solver/output/checkpoint_format.h"
#include "solver/output/checkpoint_seal.h"
#include "solver/output/collective.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <set>
#include <stdexcept>

namespace miniscrew::output
{
namespace
{
using namespace checkpoint_format;

/// Names and widths as one text.
std::string
layout_of(const std::vector<CellRecords> &records)
{
  std::string layout;
  for (const CellRecords &record : records)
    layout += record.name + "/" + std::to_string(record.width) + "/";
  return layout;
}


bool
are_sound(const std::vector<CellRecords> &records)
{
  std::set<std::string> names;
  for (const CellRecords &record : records)
    if (record.name.empty() ||
        record.name.find_first_of(std::string("/.\0", 3)) != record.name.npos ||
        !names.insert(record.name).second || record.width == 0 ||
        record.values.size() % record.width != 0)
      return false;
  return true;
}


/// Writing together ends only if all ranks write the same.
void
check_together(const std::vector<CellRecords> &records, MPI_Comm communicator)
{
  const std::string mine   = layout_of(records);
  std::uint64_t     length = mine.size();
  MPI_Bcast(&length, 1, MPI_UINT64_T, 0, communicator);
  std::string first = mine;
  first.resize(length);
  MPI_Bcast(first.data(), static_cast<int>(length), MPI_CHAR, 0, communicator);
  int is_sound = are_sound(records) && first == mine ? 1 : 0;
  MPI_Allreduce(MPI_IN_PLACE, &is_sound, 1, MPI_INT, MPI_MIN, communicator);
  if (is_sound == 0)
    throw std::logic_error("records of a checkpoint differ between ranks, or "
                           "are not whole, or have a name that is not allowed");
}


/// A new file with room for the seal, and the header, by one rank.
void
write_small_contents(const std::string &path,
                     const std::string &header,
                     const std::string &what)
{
  const Hdf5Handle creation(H5Pcreate(H5P_FILE_CREATE), H5Pclose, what);
  check_hdf5(H5Pset_userblock(creation, checkpoint_seal::size), what);
  Hdf5Handle file(H5Fcreate(path.c_str(), H5F_ACC_TRUNC, creation, H5P_DEFAULT),
                  H5Fclose,
                  what);
  {
    const Hdf5Handle scalar(H5Screate(H5S_SCALAR), H5Sclose, what);
    const Hdf5Handle text(text_type(header.size()), H5Tclose, what);
    const Hdf5Handle dataset(H5Dcreate2(file,
                                        header_dataset,
                                        text,
                                        scalar,
                                        H5P_DEFAULT,
                                        H5P_DEFAULT,
                                        H5P_DEFAULT),
                             H5Dclose,
                             what);
    check_hdf5(
      H5Dwrite(dataset, text, H5S_ALL, H5S_ALL, H5P_DEFAULT, header.c_str()),
      what);
  }
  file.close(what);
}


/// Takes the room for the rows from the file system before the ranks write
/// together: if it were not there, MPI's collective writing may never return.
void
reserve(const std::string              &path,
        const std::vector<CellRecords> &records,
        const std::vector<Rows>        &rows,
        const std::string              &what)
{
  // HDF5's own entries, generously; it cuts off what is left in the end.
  std::uintmax_t bytes = std::filesystem::file_size(path) + (1 << 16);
  for (std::size_t i = 0; i < records.size(); ++i)
    bytes += (1 << 12) + rows[i].total * records[i].width * sizeof(double);
  const int file  = open(path.c_str(), O_WRONLY | O_CLOEXEC);
  const int error = file < 0 ? errno : posix_fallocate(file, 0, off_t(bytes));
  if (file >= 0)
    close(file);
  if (error != 0)
    throw IoError("cannot write " + what + " of " +
                  format("%.3g", 1e-6 * double(bytes)) +
                  " MB: " + std::strerror(error));
}


void
write_rows(const hid_t        group,
           const CellRecords &records,
           const Rows        &rows,
           const std::string &what)
{
  const hsize_t    total[] = {rows.total, records.width};
  const Hdf5Handle space(H5Screate_simple(2, total, nullptr), H5Sclose, what);
  const Hdf5Handle dataset(H5Dcreate2(group,
                                      records.name.c_str(),
                                      H5T_IEEE_F64LE,
                                      space,
                                      H5P_DEFAULT,
                                      H5P_DEFAULT,
                                      H5P_DEFAULT),
                           H5Dclose,
                           what);
  if (rows.total == 0)
    return;
  const double nothing = 0.;
  const auto   write   = [&](hid_t memory, hid_t in_file, hid_t transfer) {
    return H5Dwrite(dataset,
                    H5T_NATIVE_DOUBLE,
                    memory,
                    in_file,
                    transfer,
                    records.values.empty() ? &nothing : records.values.data());
  };
  check_hdf5(move_rows(rows, records.width, what, write), what);
}


/// Adds the records to the file of write_small_contents(). Collective.
void
write_cells(const std::string              &path,
            const std::vector<CellRecords> &records,
            const std::vector<Rows>        &rows,
            const std::string              &what,
            MPI_Comm                        communicator)
{
  const hid_t id = open_together(path, H5F_ACC_RDWR, communicator);
  throw_together(id < 0 ? "HDF5 cannot open " + what : std::string(),
                 communicator);
  Hdf5Handle file(id, H5Fclose, what);
  {
    const Hdf5Handle group(
      H5Gcreate2(file, cells_group, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT),
      H5Gclose,
      what);
    for (std::size_t i = 0; i < records.size(); ++i)
      on_all_ranks(communicator,
                   [&] { write_rows(group, records[i], rows[i], what); });
  }
  // Flushing also waits for the disk.
  on_all_ranks(communicator,
               [&] { check_hdf5(H5Fflush(file, H5F_SCOPE_GLOBAL), what); });
  on_all_ranks(communicator, [&] { file.close(what); });
}
} // namespace


void
write_checkpoint(const std::string              &path,
                 const std::string              &header,
                 const std::vector<CellRecords> &records,
                 MPI_Comm                        communicator)
{
  check_together(records, communicator);
  const Hdf5Silence silence;
  const std::string partial = path + ".partial";
  const std::string what    = "the checkpoint '" + path + "'";
  std::vector<Rows> rows;
  for (const CellRecords &record : records)
    rows.push_back(
      rows_of_rank(record.values.size() / record.width, communicator));
  try
  {
    on_first_rank(communicator, [&] {
      write_small_contents(partial, header, what);
      reserve(partial, records, rows, what);
    });
    write_cells(partial, records, rows, what, communicator);
    on_first_rank(communicator, [&] {
      checkpoint_seal::write(partial);
      std::error_code error;
      std::filesystem::rename(partial, path, error);
      if (error)
        throw IoError("cannot write " + what + ": " + error.message());
    });
  }
  catch (const std::exception &)
  {
    std::error_code ignored; // the first error counts
    // A folder of that name is not of this program.
    if (rank_in(communicator) == 0 &&
        std::filesystem::is_regular_file(partial, ignored))
      std::filesystem::remove(partial, ignored);
    throw;
  }
}
} // namespace miniscrew::output
