// SPDX-License-Identifier: LGPL-2.1-or-later
// Exchange of an older result for a new one, around whatever else lies there.
#include "solver/output/replacement.h"

#include "solver/base/errors.h"
#include "solver/output/text_file.h"

#include <fcntl.h>
#include <stdio.h>

#include <algorithm>
#include <vector>

namespace fs = std::filesystem;

namespace miniscrew::output
{
namespace
{
bool
is_folder(const fs::path &path)
{
  std::error_code error;
  return fs::is_directory(fs::symlink_status(path, error));
}


/// What stands for @p entry until it is moved out of the folder @p older: a
/// link from the folder beside, which is valid wherever both lie.
fs::path
link_to(const std::string &older, const fs::path &entry)
{
  fs::path target;
  for (fs::path above = entry.parent_path(); !above.empty();
       above          = above.parent_path())
    target /= "..";
  return target / ".." / older / entry;
}


bool
is_link_to(const fs::path &link, const fs::path &target)
{
  std::error_code error;
  return fs::is_symlink(fs::symlink_status(link, error)) &&
         fs::read_symlink(link, error) == target;
}


/// What in a folder is neither its manifest nor listed in it.
struct Foreign
{
  std::vector<fs::path> entries; ///< files, links, folders as a whole
  std::vector<fs::path> shared;  ///< folders that may hold such and others
};


/// Adds what is beneath @p part of @p folder. A folder is looked into if files
/// in it are listed, or if @p other has such a folder, too.
void
add_foreign(const fs::path &folder,
            const fs::path &part,
            const Manifest &manifest,
            const fs::path &other,
            Foreign        &foreign)
{
  for (const auto &entry : fs::directory_iterator(folder / part))
  {
    const fs::path    path = part / entry.path().filename();
    const std::string name = path.generic_string();
    if (is_folder(entry.path()) &&
        (manifest.has_folder(name) || is_folder(other / path)))
    {
      foreign.shared.push_back(path);
      add_foreign(folder, path, manifest, other, foreign);
    }
    else if (!is_listed(folder, name, manifest))
      foreign.entries.push_back(path);
  }
}


Foreign
foreign_in(const fs::path &folder,
           const Manifest &manifest,
           const fs::path &other)
{
  Foreign foreign;
  add_foreign(folder, {}, manifest, other, foreign);
  if (read_manifest(folder)) // one that is not ours is foreign, too
    foreign.entries.erase(std::remove(foreign.entries.begin(),
                                      foreign.entries.end(),
                                      fs::path(manifest_name)),
                          foreign.entries.end());
  return foreign;
}


/// A manifest that is being written in @p folder.
fs::path
begun_manifest(const fs::path &folder)
{
  return folder / (std::string(manifest_name) + unfinished_suffix);
}


/// Takes away the files of the manifest and folders that are empty then, of
/// those with such files and of @p shared ones; then the manifest. What fails
/// is met again by the next run.
void
remove_listed(const fs::path              &folder,
              const Manifest              &manifest,
              const std::vector<fs::path> &shared)
{
  std::error_code    ignored;
  std::set<fs::path> folders(shared.begin(), shared.end());
  for (const std::string &file : manifest.files)
  {
    // What is being written has another name until it is whole.
    for (const std::string &name : {file, file + unfinished_suffix})
    {
      Manifest only;
      only.files = {name};
      if (is_listed(folder, name, only))
        fs::remove(folder / name, ignored);
    }
    for (fs::path above = fs::path(file).parent_path(); !above.empty();
         above          = above.parent_path())
      folders.insert(above);
  }
  // Deeper folders come later in the order; only empty ones can be removed.
  for (auto below = folders.rbegin(); below != folders.rend(); ++below)
    if (is_folder(folder / *below))
      fs::remove(folder / *below, ignored);
  fs::remove(begun_manifest(folder), ignored);
  if (read_manifest(folder))
    fs::remove(folder / manifest_name, ignored);
}


bool
exchange(const fs::path &a, const fs::path &b)
{
  return renameat2(AT_FDCWD, a.c_str(), AT_FDCWD, b.c_str(), RENAME_EXCHANGE) ==
         0;
}


fs::path
set_aside(const fs::path &fresh)
{
  return fresh.string() + "-older";
}


std::string
cannot_be_put(const fs::path &place)
{
  return "the results are whole but cannot be put into '" + place.string() +
         "'";
}


/// Puts links to all that is foreign in @p place into @p fresh, valid when it
/// is in the folder beside that is called @p older. Throws UserError if one
/// would be in the way.
void
link_foreign(const fs::path    &fresh,
             const fs::path    &place,
             const std::string &older)
{
  const std::vector<fs::path> foreign =
    foreign_in(place, read_manifest(place).value_or(Manifest()), fresh).entries;
  for (const fs::path &entry : foreign)
    if (is_taken(fresh / entry))
      throw UserError(cannot_be_put(place) + ", because '" +
                      entry.generic_string() +
                      "' has come there, which no manifest lists");
  std::error_code ignored;
  for (const fs::path &entry : foreign)
  {
    fs::create_directories((fresh / entry).parent_path(), ignored);
    fs::create_symlink(link_to(older, entry), fresh / entry, ignored);
  }
}


/// Takes away the links of link_foreign().
void
unlink_foreign(const fs::path              &fresh,
               const std::vector<fs::path> &entries,
               const std::string           &older)
{
  std::error_code ignored;
  for (const fs::path &entry : entries)
    if (is_link_to(fresh / entry, link_to(older, entry)))
      fs::remove(fresh / entry, ignored);
}


/// Makes the contents of both folders change places.
void
swap_folders(const fs::path &fresh, const fs::path &place)
{
  if (exchange(fresh, place))
    return;
  const fs::path  aside = set_aside(fresh);
  std::error_code error, ignored;
  fs::rename(place, aside, error);
  if (!error)
  {
    fs::rename(fresh, place, error);
    if (error)
      fs::rename(aside, place, ignored);
    else
      fs::rename(aside, fresh, ignored);
  }
  if (error)
    throw IoError(cannot_be_put(place) + ": " + error.message());
}


/// Moves what is foreign from the older folder to where a link stands for it.
void
move_back(const fs::path &older, const fs::path &entry, const fs::path &place)
{
  const fs::path from = older / entry, to = place / entry,
                 link = link_to(older.filename().string(), entry);
  std::error_code ignored;
  if (is_link_to(from, link)) // it was moved, and the link came here
  {
    fs::remove(from, ignored);
    return;
  }
  if (is_taken(to) && !is_link_to(to, link))
    return;
  fs::create_directories(to.parent_path(), ignored);
  if (is_taken(to) && is_folder(from))
  {
    // A folder cannot replace a link, but change places with it.
    if (exchange(from, to))
    {
      fs::remove(from, ignored);
      return;
    }
    fs::remove(to, ignored);
  }
  fs::rename(from, to, ignored);
}
} // namespace


void
put_in_place(const fs::path &fresh, const fs::path &place, Manifest manifest)
{
  std::error_code error;
  if (!is_taken(place))
  {
    manifest.writer = {};
    write_manifest(fresh, manifest);
    fs::rename(fresh, place, error);
    if (error)
      throw IoError(cannot_be_put(place) + ": " + error.message());
    return;
  }

  // (i) What is foreign in the place appears in the new folder, too.
  manifest.older = fresh.filename().string();
  link_foreign(fresh, place, manifest.older);
  fs::permissions(fresh, fs::status(place).permissions(), error);
  write_manifest(fresh, manifest);

  // (ii) Both folders change places.
  try
  {
    swap_folders(fresh, place);
  }
  catch (const IoError &)
  {
    unlink_foreign(
      fresh, foreign_in(fresh, manifest, place).entries, manifest.older);
    throw;
  }

  // (iii) From here on nothing is lost, and the rest can be done later.
  try
  {
    finish_replacement(place);
  }
  catch (const std::exception &)
  {}
}


void
finish_replacement(const fs::path &place)
{
  std::optional<Manifest> manifest = read_manifest(place);
  if (!manifest || manifest->older.empty())
    return;
  const fs::path  older = place.parent_path() / manifest->older;
  std::error_code ignored;
  if (!is_taken(older) && is_folder(set_aside(older)))
    fs::rename(set_aside(older), older, ignored);
  manifest->older.clear();
  manifest->writer = {};
  if (!is_folder(older))
  {
    write_manifest(place, *manifest);
    return;
  }
  fs::remove(begun_manifest(older), ignored); // of a run killed below
  const Manifest listed = read_manifest(older).value_or(Manifest());
  for (const fs::path &entry : foreign_in(older, listed, place).entries)
    move_back(older, entry, place);
  const Foreign left = foreign_in(older, listed, place);
  if (!left.entries.empty())
    return; // something cannot be moved: it is safe there
  remove_listed(older, listed, left.shared);
  // Written there: a kill leaves nothing unfinished in the place.
  write_manifest(older, *manifest);
  fs::rename(older / manifest_name, place / manifest_name, ignored);
  fs::remove(older, ignored);
}


void
settle_leftover(const fs::path &fresh, const fs::path &place)
{
  std::error_code               ignored;
  const std::optional<Manifest> manifest = read_manifest(fresh);
  if (!manifest)
  {
    // Nothing had been put into it but, perhaps, the start of a manifest.
    const auto entries = fs::directory_iterator(fresh, ignored);
    if (!ignored && std::distance(fs::begin(entries), fs::end(entries)) == 1)
      fs::remove(begun_manifest(fresh), ignored);
    fs::remove(fresh, ignored);
    return;
  }
  const fs::path aside = set_aside(fresh);
  if (!is_taken(place) && is_folder(aside))
    fs::rename(aside, place, ignored);
  const Foreign foreign = foreign_in(fresh, *manifest, place);
  unlink_foreign(fresh, foreign.entries, fresh.filename().string());
  remove_listed(fresh, *manifest, foreign.shared);
  fs::remove(fresh, ignored);
}
} // namespace miniscrew::output
