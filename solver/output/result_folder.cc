// SPDX-License-Identifier: LGPL-2.1-or-later
// The folder of one result, which appears whole or not at all.
#include "solver/output/result_folder.h"

#include "solver/base/errors.h"
#include "solver/output/collective.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

namespace fs = std::filesystem;

namespace miniscrew::output
{
namespace
{
/// What a run writes; these are replaced together, the rest of a folder is
/// kept.
const std::array<const char *, 10> names_of_a_result{{"case.toml",
                                                      "summary.json",
                                                      "run.json",
                                                      "results.h5",
                                                      "fields.pvd",
                                                      "fields",
                                                      "curves",
                                                      "log.txt",
                                                      "report.html",
                                                      "figures"}};

bool
belongs_to_a_result(const fs::path &name)
{
  return std::find(names_of_a_result.begin(), names_of_a_result.end(), name) !=
         names_of_a_result.end();
}


/// Whether a run wrote files into this folder.
bool
is_result(const fs::path &folder)
{
  return fs::exists(folder / "run.json") ||
         fs::exists(folder / "summary.json") || fs::exists(folder / "mesh.pvd");
}


/// Whether the folder is empty, a result, or holds results of variants.
bool
may_be_replaced(const fs::path &folder)
{
  if (fs::is_empty(folder) || is_result(folder))
    return true;
  const auto entries = fs::directory_iterator(folder);
  return std::any_of(
    fs::begin(entries), fs::end(entries), [](const fs::directory_entry &entry) {
      return entry.is_directory() &&
             (is_result(entry) || entry.path().extension() == ".failed");
    });
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
  fs::path path = fs::weakly_canonical(fs::absolute(place)).lexically_normal();
  return path.has_filename() ? path : path.parent_path();
}


/// What the names of hidden folders of runs on this host begin with.
std::string
hidden_prefix(const fs::path &final_place)
{
  std::array<char, 256> host{};
  gethostname(host.data(), host.size() - 1);
  return "." + final_place.filename().string() + ".partial-" + host.data() +
         "-";
}


/// A name that no other process on any host uses at the same time.
std::string
hidden_name(const fs::path &final_place)
{
  return hidden_prefix(final_place) + std::to_string(getpid());
}


/// Takes away what runs for the same place left when they were killed, if they
/// ran on this host, so that it is known that they are gone.
void
remove_leftovers(const fs::path &final_place)
{
  const std::string prefix = hidden_prefix(final_place);
  std::error_code   error;
  for (const auto &entry :
       fs::directory_iterator(final_place.parent_path(), error))
  {
    const std::string name = entry.path().filename().string();
    const std::string id   = name.substr(std::min(prefix.size(), name.size()));
    const bool        is_number =
      !id.empty() && id.size() < 10 &&
      id.find_first_not_of("0123456789") == std::string::npos;
    if (name.compare(0, prefix.size(), prefix) == 0 && is_number &&
        kill(std::stoi(id), 0) != 0 && errno == ESRCH)
      fs::remove_all(entry.path(), error);
  }
}


void
check_place(const fs::path &final_place, const std::string &place)
{
  if (contains(final_place, fs::current_path()))
    throw UserError("the results cannot be put into '" + place +
                    "', because that folder is in use as the working "
                    "directory; name a folder beneath it");
  if (!fs::exists(final_place))
    return;
  if (!fs::is_directory(final_place))
    throw UserError("the results cannot be put into '" + place +
                    "', because that is a file and not a folder");
  if (!may_be_replaced(final_place))
    throw UserError("the results cannot be put into '" + place +
                    "', because that folder holds files that are not results; "
                    "name a new or empty folder");
}
} // namespace


ResultFolder::ResultFolder(const std::string &place, MPI_Comm communicator)
  : communicator_(communicator),
    place_(place),
    final_(absolute_place(place))
{
  // The name must be that of rank 0's process on all ranks.
  std::string name = hidden_name(final_);
  int         size = static_cast<int>(name.size());
  MPI_Bcast(&size, 1, MPI_INT, 0, communicator_);
  name.resize(size);
  MPI_Bcast(name.data(), size, MPI_CHAR, 0, communicator_);
  hidden_ = final_.parent_path() / name;

  on_first_rank(communicator_, [&] {
    check_place(final_, place_);
    remove_leftovers(final_);
    std::error_code error;
    fs::remove_all(hidden_, error);
    fs::create_directories(hidden_, error);
    if (error || access(hidden_.c_str(), W_OK) != 0)
      throw UserError("the results cannot be put into '" + place_ +
                      "': " + (error ? error.message() : "permission denied"));
  });
}


ResultFolder::~ResultFolder()
{
  if (!open_ || rank_in(communicator_) != 0)
    return;
  // Nothing can be thrown here: what cannot be moved stays where it is.
  std::error_code error;
  if (fs::is_empty(hidden_, error))
  {
    fs::remove(hidden_, error);
    return;
  }
  fs::remove_all(failed_place(), error);
  fs::rename(hidden_, failed_place(), error);
}


void
ResultFolder::commit()
{
  MPI_Barrier(communicator_); // all ranks have closed their files
  on_first_rank(communicator_, [&] {
    std::error_code error;
    if (fs::exists(final_))
      exchange_with_older_result();
    else
      fs::rename(hidden_, final_, error);
    if (error)
      throw UserError("the results are whole but cannot be put into '" +
                      place_ + "': " + error.message());
  });
  open_ = false;
}


void
ResultFolder::exchange_with_older_result() const
{
  // (i) Swap the two folders, at once where the file system can do that.
  std::error_code ignored;
  fs::permissions(hidden_, fs::status(final_).permissions(), ignored);
  fs::path older = hidden_;
  if (renameat2(
        AT_FDCWD, hidden_.c_str(), AT_FDCWD, final_.c_str(), RENAME_EXCHANGE) !=
      0)
  {
    older += "-older";
    fs::rename(final_, older);
    fs::rename(hidden_, final_);
  }

  // (ii) Put back what is not of the older result: variants, notes.
  bool all_moved = true;
  for (const fs::directory_entry &entry : fs::directory_iterator(older))
  {
    const fs::path name = entry.path().filename();
    if (belongs_to_a_result(name) || fs::exists(final_ / name))
      continue;
    std::error_code error;
    fs::rename(entry.path(), final_ / name, error);
    all_moved = all_moved && !error;
  }

  // (iii) Only now does the older result go.
  if (all_moved)
    fs::remove_all(older, ignored);
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
  return beside(".failed");
}
} // namespace miniscrew::output
