// SPDX-License-Identifier: LGPL-2.1-or-later
// Restart files that do not depend on the number of ranks.
#pragma once

#include <mpi.h>

#include <cstdint>
#include <string>
#include <vector>

namespace miniscrew::output
{
/// Numbers that belong to the cells of a mesh: as many for each cell, such as
/// the values at its nodes or the states of its Gauss points.
///
/// p4est's order of the cells is the same on any number of ranks, and each rank
/// owns a contiguous range of it. So the records of all ranks, one after the
/// other in the order of ranks, are the same file whatever the partition.
struct CellRecords
{
  std::string         name;      ///< unique, not empty, without '/' or '.'
  unsigned int        width = 1; ///< numbers per record
  std::vector<double> values;    ///< records of this rank's cells, in order
};

/// Writes an HDF5 file with
/// - a block of text in front, the seal: version of format and program, size
///   and checksum of the whole file;
/// - /header: the text @p header, JSON by convention, read on rank 0 only;
/// - /cells/<name>: one row for each record, in double precision, bit by bit.
///
/// It is written aside, as @p path + ".partial", and renamed when it is whole
/// and on the disk; until then a file at @p path stays as it is, also if the
/// run is killed. IoError on all ranks if it cannot be written, and
/// std::logic_error on all if names or widths differ between ranks, a name is
/// not allowed, or the values are no whole number of records. Collective.
void write_checkpoint(const std::string              &path,
                      const std::string              &header,
                      const std::vector<CellRecords> &records,
                      MPI_Comm                        communicator);


/// Whether the file at @p path is recognisably a checkpoint of this program, of
/// any version: only then may it be replaced or taken away. Does not
/// communicate.
bool is_checkpoint(const std::string &path);

/// A file of write_checkpoint(), for reading on any number of ranks.
class Checkpoint
{
public:
  /// Looks into the file at @p path. IoError on all ranks, with one sentence
  /// that says what to do, if there is none, if it is not a checkpoint of this
  /// version of the program, or if a single bit of it has changed. Collective.
  Checkpoint(const std::string &path, MPI_Comm communicator);

  /// Reads this rank's records, @p n_records after those of the ranks before
  /// it; the numbers come as in CellRecords::values. Name and width are the
  /// same on all ranks. IoError on all ranks if the file has no such records,
  /// another @p width, or another number of records than all ranks ask for
  /// together. Collective.
  std::vector<double> read(const std::string &name,
                           unsigned int       width,
                           std::uint64_t      n_records) const;

  /// Whether there are records of this name.
  bool has(const std::string &name) const;

  /// The text given to write_checkpoint().
  const std::string &
  header() const
  {
    return header_;
  }

private:
  struct Dataset
  {
    std::string   name;
    std::uint64_t n_records = 0, width = 0;
  };

  /// Fills the members below on this rank. Throws IoError.
  void look_into_file();
  /// Copies the members below from rank 0. Collective.
  void share_contents();
  /// The entry of this name, or null.
  const Dataset *find(const std::string &name) const;

  std::string          path_;
  MPI_Comm             communicator_;
  std::string          header_;
  std::vector<Dataset> datasets_;
};
} // namespace miniscrew::output
