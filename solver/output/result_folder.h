// SPDX-License-Identifier: LGPL-2.1-or-later
// The folder of one result, which appears whole or not at all.
#pragma once

#include <mpi.h>

#include <filesystem>
#include <string>

namespace miniscrew::output
{
/// Files of a result are written into a hidden folder beside the final place;
/// commit() puts it there in one rename. An object that is destroyed without
/// commit(), for instance by an exception, leaves its files in PLACE.failed,
/// which replaces an earlier one. A result that was in the place before stays
/// until the new one is whole. Whatever else lies in the place, such as the
/// folders of variants, is kept.
///
/// Only rank 0 touches the disk; errors are UserError on all ranks.
class ResultFolder
{
public:
  /// Makes the hidden folder for results that will end in @p place. Throws
  /// UserError if the place cannot be written, is a file, holds something
  /// that is not a result, or contains the working directory. Collective.
  ResultFolder(const std::string &place, MPI_Comm communicator);

  ResultFolder(const ResultFolder &)            = delete;
  ResultFolder &operator=(const ResultFolder &) = delete;

  /// Keeps what there is as PLACE.failed if commit() was not called. Does not
  /// communicate.
  ~ResultFolder();

  /// Puts the result in its place. Collective.
  void commit();

  /// Where to write file @p name; in the hidden folder before commit(), in the
  /// final place after it.
  std::string file(const std::string &name) const;

  /// The final place, as given.
  const std::string &place() const;

  /// A file beside the final place: its name and @p suffix.
  std::string beside(const std::string &suffix) const;

  /// Where the files go if the run fails.
  std::string failed_place() const;

private:
  void exchange_with_older_result() const;

  MPI_Comm              communicator_;
  std::string           place_;  ///< as given, for messages
  std::filesystem::path final_;  ///< absolute, symbolic links resolved
  std::filesystem::path hidden_; ///< beside it
  bool                  open_ = true;
};
} // namespace miniscrew::output
