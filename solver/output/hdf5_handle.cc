// SPDX-License-Identifier: LGPL-2.1-or-later
// Errors of HDF5 in words, and files that several ranks write.
#include "solver/output/hdf5_handle.h"

#include "solver/base/log.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace miniscrew::output
{
namespace
{
/// Keeps what the system said, or else the first description, which is that of
/// the innermost function.
herr_t
note_reason(unsigned int number, const H5E_error2_t *error, void *target)
{
  std::string      &reason = *static_cast<std::string *>(target);
  const std::string text   = error->desc == nullptr ? "" : error->desc;
  const std::string mark   = "error message = '";
  const std::size_t begin  = text.find(mark);
  if (begin != std::string::npos)
  {
    const std::size_t from = begin + mark.size();
    reason                 = text.substr(from, text.find('\'', from) - from);
  }
  else if (number == 0)
    reason = text;
  return 0;
}
} // namespace


std::string
hdf5_reason()
{
  std::string reason;
  H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, note_reason, &reason);
  if (reason.find("lock") != std::string::npos)
    reason += "; set HDF5_USE_FILE_LOCKING=FALSE on a file system without "
              "locks";
  return reason.empty() ? "" : ": " + reason;
}


hid_t
text_type(const std::size_t length)
{
  const hid_t type = H5Tcopy(H5T_C_S1);
  H5Tset_size(type, std::max<std::size_t>(length, 1));
  H5Tset_cset(type, H5T_CSET_UTF8);
  H5Tset_strpad(type, H5T_STR_NULLPAD);
  return type;
}


hid_t
shared_access(MPI_Comm communicator)
{
  const hid_t access  = H5Pcreate(H5P_FILE_ACCESS);
  int         n_ranks = 1;
  MPI_Comm_size(communicator, &n_ranks);
  if (n_ranks > 1)
    H5Pset_fapl_mpio(access, communicator, MPI_INFO_NULL);
  return access;
}


void
reserve_room(const std::string &path, const std::uintmax_t bytes)
{
  const int file  = open(path.c_str(), O_WRONLY | O_CLOEXEC);
  const int error = file < 0 ? errno : posix_fallocate(file, 0, off_t(bytes));
  if (file >= 0)
    close(file);
  if (error != 0)
    throw IoError("cannot write '" + path + "' of " +
                  format("%.3g", 1e-6 * double(bytes)) +
                  " MB: " + std::strerror(error));
}
} // namespace miniscrew::output
