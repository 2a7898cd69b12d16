// SPDX-License-Identifier: LGPL-2.1-or-later
// The list of what the program wrote into a folder: all that it may take away.
#pragma once

#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace miniscrew::output
{
/// Where a list of files stands in its folder.
inline constexpr const char *manifest_name = "manifest.json";

/// How far the files of a folder have come.
enum class ResultState
{
  being_written, ///< the files are those that a run means to write
  complete,
  incomplete, ///< some files could not be written
  failed      ///< what a run left that did not come to its end
};

/// A process that writes into a folder, so that another one can tell whether
/// it is gone.
struct Writer
{
  std::string host;  ///< its name
  std::string boot;  ///< changes with each start of the host
  std::string space; ///< where the number of the process is valid
  long        process = 0;
};

/// What the program wrote into a folder. Whatever is not in it is foreign: it
/// is never replaced, moved away or deleted.
struct Manifest
{
  ResultState              state = ResultState::complete;
  std::set<std::string>    files;       ///< relative to the folder, with '/'
  std::vector<std::string> not_written; ///< of a result that is incomplete
  Writer                   writer;      ///< only until all is in its place
  /// Name of the folder beside that has what stood in the place before, from
  /// just before two folders are exchanged until all is put in order.
  std::string older;

  /// Whether @p path is a file or a folder with files of this list.
  bool has_folder(const std::string &path) const;
};

/// The manifest of @p folder; nothing if there is none that this program can
/// have written. Paths that lead out of the folder are never accepted.
std::optional<Manifest> read_manifest(const std::filesystem::path &folder);

/// Writes the manifest so that it is whole or as it was before. Throws IoError.
void write_manifest(const std::filesystem::path &folder,
                    const Manifest              &manifest);

/// Paths of all files beneath @p folder but the manifest itself.
std::set<std::string> files_in(const std::filesystem::path &folder);

/// This process.
Writer this_process();

/// Whether @p writer ran on this host and is gone. If that is not certain, it
/// is not.
bool is_gone(const Writer &writer);

/// Whether something is at @p path, be it a link to nothing.
bool is_taken(const std::filesystem::path &path);

/// Whether @p path beneath @p folder is a file that @p manifest lists, reached
/// without a link.
bool is_listed(const std::filesystem::path &folder,
               const std::string           &path,
               const Manifest              &manifest);

/// The first of @p files that cannot be written into @p folder without
/// replacing something foreign, or an empty text. The manifest counts as well.
std::string first_foreign(const std::filesystem::path    &folder,
                          const std::vector<std::string> &files);
} // namespace miniscrew::output
