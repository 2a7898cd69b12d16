// SPDX-License-Identifier: LGPL-2.1-or-later
// The folder of one result, which appears whole or not at all.
#pragma once

#include "solver/output/manifest.h"

#include <mpi.h>

#include <filesystem>
#include <string>
#include <vector>

namespace miniscrew::output
{
/// What is known of a result before it is computed. Read on rank 0 only.
struct ResultPlan
{
  std::string              place; ///< the folder
  std::vector<std::string> files; ///< all that may be written, relative to it
  std::string              case_file; ///< must stay as it is; may be empty
};

/// Files of a result are written into a hidden folder beside the final place;
/// commit() puts it there at once. A manifest lists them; of an older result
/// in the place, what its manifest lists is replaced, and whatever else lies
/// there is kept, such as notes and the folders of variants. An object that is
/// destroyed without commit(), for instance by an exception, leaves its files
/// beside, in failed_place(). A killed run loses neither the older result nor
/// anything foreign; the next one for the place tidies up.
///
/// Only rank 0 touches the disk; errors are the same on all ranks.
class ResultFolder
{
public:
  /// Makes the hidden folder for results that will end in the plan's place.
  /// Throws UserError if the place is a file, a link to nothing, a mount point
  /// or in use as the working directory, or if a file of the plan is there that
  /// no manifest lists, or is the case file; IoError if the system refuses to
  /// write there. Collective.
  ResultFolder(const ResultPlan &plan, MPI_Comm communicator);

  ResultFolder(const ResultFolder &)            = delete;
  ResultFolder &operator=(const ResultFolder &) = delete;

  /// Keeps what there is in failed_place() if commit() was not called. Does not
  /// communicate.
  ~ResultFolder();

  /// Puts the result in its place. If files are named that could not be
  /// written, the manifest says so and calls the result incomplete. Collective.
  void commit(const std::vector<std::string> &not_written = {});

  /// Where to write file @p name; in the hidden folder before commit(), in the
  /// final place after it.
  std::string file(const std::string &name) const;

  /// The final place, as given.
  const std::string &place() const;

  /// A file beside the final place: its name and @p suffix.
  std::string beside(const std::string &suffix) const;

  /// Where the files go if the run fails: PLACE.failed, or PLACE.2.failed and
  /// so on if that is foreign.
  std::string failed_place() const;

private:
  void open(const ResultPlan &plan);
  void make_hidden_folder();
  void choose_failed_place(const ResultPlan &plan);

  MPI_Comm              communicator_;
  std::string           place_;  ///< as given, for messages
  std::filesystem::path final_;  ///< absolute, symbolic links resolved
  std::filesystem::path hidden_; ///< beside it
  std::filesystem::path failed_; ///< beside it, for a run that fails
  Manifest              manifest_;
  bool                  open_ = false;
};

/// Throws UserError if @p name in @p folder is there and foreign. Collective.
void check_addition(const std::string &folder,
                    const std::string &name,
                    MPI_Comm           communicator);

/// Writes one more file into a folder of results, and lists it in a manifest
/// there. Throws UserError as check_addition(), IoError if it cannot be
/// written. Collective.
void add_file(const std::string &folder,
              const std::string &name,
              const std::string &text,
              MPI_Comm           communicator);
} // namespace miniscrew::output
