// SPDX-License-Identifier: LGPL-2.1-or-later
// The folder of one result, which appears whole or not at all.
#include "solver/output/result_folder.h"

#include "solver/base/errors.h"
#include "solver/output/collective.h"
#include "solver/output/replacement.h"
#include "solver/output/text_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace fs = std::filesystem;

namespace miniscrew::output
{
namespace
{
std::string
refusal(const std::string &place)
{
  return "the results cannot be put into '" + place + "'";
}


/// A path that leads through a file is a mistake of the user, all else is the
/// system's refusal.
[[noreturn]] void
refuse(const std::string &place, const std::error_code &error)
{
  const std::string sentence = refusal(place) + ": " + error.message();
  if (error == std::errc::not_a_directory)
    throw UserError(sentence);
  throw IoError(sentence);
}


/// Whether @p folder is @p path or one of its parents.
bool
contains(const fs::path &folder, const fs::path &path)
{
  return std::mismatch(folder.begin(), folder.end(), path.begin(), path.end())
           .first == folder.end();
}


fs::path
absolute_place(const std::string &place)
{
  std::error_code error;
  fs::path        path = fs::weakly_canonical(fs::absolute(place), error);
  if (error)
    refuse(place, error);
  path = path.lexically_normal();
  return path.has_filename() ? path : path.parent_path();
}


/// What the names of hidden folders for a place begin with.
std::string
hidden_prefix(const fs::path &final_place)
{
  return "." + final_place.filename().string() + ".partial-";
}


/// The host and the number of the process at the end of a hidden folder's
/// name, for one that has no manifest yet.
bool
is_of_gone_process(const std::string &ending)
{
  const std::size_t dash = ending.rfind('-');
  if (dash == std::string::npos)
    return false;
  const std::string number = ending.substr(dash + 1);
  if (number.empty() || number.size() > 9 ||
      number.find_first_not_of("0123456789") != std::string::npos)
    return false;
  Writer     writer = this_process();
  const bool here   = ending.substr(0, dash) == writer.host;
  writer.process    = std::stol(number);
  return here && is_gone(writer);
}


/// Takes away what runs for the same place left when they were killed.
void
remove_leftovers(const fs::path &final_place)
{
  const std::string     prefix = hidden_prefix(final_place);
  std::vector<fs::path> folders;
  std::error_code       error;
  for (const auto &entry :
       fs::directory_iterator(final_place.parent_path(), error))
    if (entry.path().filename().string().compare(0, prefix.size(), prefix) ==
          0 &&
        fs::is_directory(entry.symlink_status(error)))
      folders.push_back(entry.path());
  for (const fs::path &folder : folders)
  {
    const std::string name     = folder.filename().string();
    const auto        manifest = read_manifest(folder);
    const auto        in_place = read_manifest(final_place);
    if (in_place && in_place->older == name)
      continue;
    const bool is_named = manifest && manifest->writer.process > 0;
    if (is_named ? is_gone(manifest->writer)
                 : is_of_gone_process(name.substr(prefix.size())))
      settle_leftover(folder, final_place);
  }
}


/// Whether something is mounted at @p folder, which then cannot be moved.
bool
is_mount_point(const fs::path &folder)
{
  struct statx status
  {};
  return statx(AT_FDCWD, folder.c_str(), 0, STATX_TYPE, &status) == 0 &&
         (status.stx_attributes & STATX_ATTR_MOUNT_ROOT) != 0;
}


/// Throws if the place cannot take a folder, or what is there must stay.
void
check_place(const fs::path &final_place, const std::string &place)
{
  if (contains(final_place, fs::current_path()))
    throw UserError(refusal(place) +
                    ", because that folder is in use as the working "
                    "directory; name a folder beneath it");
  std::error_code       error;
  const fs::file_status itself = fs::symlink_status(final_place, error);
  if (itself.type() == fs::file_type::none)
    refuse(place, error);
  if (itself.type() == fs::file_type::not_found)
    return;
  if (fs::is_symlink(itself))
    throw UserError(refusal(place) + ", because that is a link to nothing");
  if (!fs::is_directory(itself))
    throw UserError(refusal(place) +
                    ", because that is a file and not a folder");
  if (is_mount_point(final_place))
    throw UserError(refusal(place) +
                    ", because a file system is mounted there; name a folder "
                    "beneath it");
  if (access(final_place.c_str(), R_OK | W_OK | X_OK) != 0)
    refuse(place, std::error_code(errno, std::generic_category()));
}


/// Throws if a file of the plan would take the place of something foreign.
void
check_files(const fs::path &final_place, const ResultPlan &plan)
{
  std::error_code          error;
  std::vector<std::string> names = plan.files;
  if (const auto older = read_manifest(final_place))
    names.insert(names.end(), older->files.begin(), older->files.end());
  if (!plan.case_file.empty())
    for (const std::string &name : names)
      if (fs::equivalent(final_place / name, plan.case_file, error))
        throw UserError(refusal(plan.place) + ", because the case file '" +
                        plan.case_file +
                        "' would be replaced; name another folder with "
                        "--output");
  const std::string foreign = first_foreign(final_place, plan.files);
  if (!foreign.empty())
    throw UserError(refusal(plan.place) + ", because '" + foreign +
                    "' is there and no manifest says that a run wrote it; "
                    "move it away or name another folder with --output");
}
} // namespace


ResultFolder::ResultFolder(const ResultPlan &plan, MPI_Comm communicator)
  : communicator_(communicator),
    place_(plan.place)
{
  on_first_rank(communicator_, [&] { open(plan); });
  final_  = of_first_rank(final_.string(), communicator_);
  hidden_ = of_first_rank(hidden_.string(), communicator_);
  failed_ = of_first_rank(failed_.string(), communicator_);
  open_   = true;
}


void
ResultFolder::open(const ResultPlan &plan)
{
  final_ = absolute_place(place_);
  check_place(final_, place_);
  finish_replacement(final_);
  remove_leftovers(final_);
  check_files(final_, plan);
  choose_failed_place(plan);
  manifest_.state  = ResultState::being_written;
  manifest_.writer = this_process();
  manifest_.files.insert(plan.files.begin(), plan.files.end());
  make_hidden_folder();
}


void
ResultFolder::make_hidden_folder()
{
  std::error_code error;
  fs::create_directories(final_.parent_path(), error);
  if (error)
    refuse(place_, error);
  // A folder of this name may be there, of a host with the same name.
  const std::string name = hidden_prefix(final_) + manifest_.writer.host + "-" +
                           std::to_string(manifest_.writer.process);
  hidden_ = final_.parent_path() / name;
  for (int i = 2; is_taken(hidden_); ++i)
    hidden_ = final_.parent_path() / (name + "-" + std::to_string(i));
  fs::create_directory(hidden_, error);
  if (error)
    refuse(place_, error);
  try
  {
    write_manifest(hidden_, manifest_);
  }
  catch (const IoError &)
  {
    settle_leftover(hidden_, final_);
    throw;
  }
}


void
ResultFolder::choose_failed_place(const ResultPlan &plan)
{
  const auto is_free = [&] {
    if (!is_taken(failed_))
      return true;
    const auto manifest = read_manifest(failed_);
    return manifest && manifest->state == ResultState::failed &&
           first_foreign(failed_, plan.files).empty();
  };
  failed_ = beside(".failed");
  for (int i = 2; !is_free(); ++i)
    failed_ = beside("." + std::to_string(i) + ".failed");
}


ResultFolder::~ResultFolder()
{
  if (!open_ || rank_in(communicator_) != 0)
    return;
  // Nothing can be thrown here: what cannot be moved stays where it is.
  try
  {
    manifest_.files = files_in(hidden_);
    manifest_.state = ResultState::failed;
    if (!manifest_.files.empty())
      put_in_place(hidden_, failed_, manifest_);
    else
    {
      fs::remove(hidden_ / manifest_name);
      fs::remove(hidden_);
    }
  }
  catch (const std::exception &)
  {
    std::error_code ignored;
    if (!is_taken(failed_))
      fs::rename(hidden_, failed_, ignored);
  }
}


void
ResultFolder::commit(const std::vector<std::string> &not_written)
{
  MPI_Barrier(communicator_); // all ranks have closed their files
  on_first_rank(communicator_, [&] {
    manifest_.files       = files_in(hidden_);
    manifest_.not_written = not_written;
    manifest_.state =
      not_written.empty() ? ResultState::complete : ResultState::incomplete;
    put_in_place(hidden_, final_, manifest_);
  });
  open_ = false;
}


std::string
ResultFolder::file(const std::string &name) const
{
  return ((open_ ? hidden_ : final_) / name).string();
}


const std::string &
ResultFolder::place() const
{
  return place_;
}


std::string
ResultFolder::beside(const std::string &suffix) const
{
  return final_.string() + suffix;
}


std::string
ResultFolder::failed_place() const
{
  return failed_.string();
}


void
check_addition(const std::string &folder,
               const std::string &name,
               MPI_Comm           communicator)
{
  on_first_rank(communicator, [&] {
    const std::string foreign = first_foreign(folder, {name});
    if (!foreign.empty())
      throw UserError("'" + name + "' cannot be put into '" + folder +
                      "', because '" + foreign +
                      "' is there and no manifest says that a run wrote it; "
                      "move it away or name another folder with --output");
  });
}


void
add_file(const std::string &folder,
         const std::string &name,
         const std::string &text,
         MPI_Comm           communicator)
{
  check_addition(folder, name, communicator);
  on_first_rank(communicator, [&] {
    Manifest manifest = read_manifest(folder).value_or(Manifest());
    // Listed first: a file that is not there does no harm.
    manifest.files.insert(name);
    write_manifest(folder, manifest);
    write_file((fs::path(folder) / name).string(), text);
  });
}
} // namespace miniscrew::output
