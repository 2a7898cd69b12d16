// SPDX-License-Identifier: LGPL-2.1-or-later
// Ownership of objects of the HDF5 library, and its errors as exceptions.
#pragma once

#include "solver/base/errors.h"

#include <hdf5.h>
#include <mpi.h>

#include <cstdint>
#include <string>
#include <vector>

namespace miniscrew::output
{
/// Why the last call of HDF5 on this thread has failed, as ": No space left on
/// device"; as little as is known.
std::string hdf5_reason();

/// A string type of fixed length, which every reader understands; the caller
/// closes it.
hid_t text_type(std::size_t length);

/// Properties for opening a file by all ranks together, or by the only one;
/// the caller closes them.
hid_t shared_access(MPI_Comm communicator);

/// Takes @p bytes for the file from the file system before the ranks write
/// together: if they were not there, MPI's collective writing may never return,
/// and HDF5 cannot even give up. HDF5 cuts off what is left in the end. Throws
/// IoError. For one rank.
void reserve_room(const std::string &path, std::uintmax_t bytes);

/// An open object of HDF5: a file, group, dataset, space, list or attribute.
class Hdf5Handle
{
public:
  using Close = herr_t (*)(hid_t);

  /// Takes over @p id; throws IoError if it is not valid.
  Hdf5Handle(hid_t id, Close close, const std::string &what)
    : id_(id),
      close_(close)
  {
    if (id_ < 0)
      throw IoError("HDF5 cannot open or create " + what + hdf5_reason());
  }

  Hdf5Handle(const Hdf5Handle &)            = delete;
  Hdf5Handle &operator=(const Hdf5Handle &) = delete;

  ~Hdf5Handle()
  {
    if (id_ >= 0)
      close_(id_);
  }

  operator hid_t() const
  {
    return id_;
  }

  /// Closes now, to see whether that works: a file's last data may be written
  /// only then.
  void
  close(const std::string &what)
  {
    const hid_t id = id_;
    id_            = -1;
    if (close_(id) < 0)
      throw IoError("HDF5 cannot finish writing " + what + hdf5_reason());
  }

private:
  hid_t id_;
  Close close_;
};

/// Silences HDF5's own printing of errors for its life; they are reported as
/// exceptions.
class Hdf5Silence
{
public:
  Hdf5Silence()
  {
    H5Eget_auto2(H5E_DEFAULT, &function_, &data_);
    H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
  }

  Hdf5Silence(const Hdf5Silence &)            = delete;
  Hdf5Silence &operator=(const Hdf5Silence &) = delete;

  ~Hdf5Silence()
  {
    H5Eset_auto2(H5E_DEFAULT, function_, data_);
  }

private:
  H5E_auto2_t function_ = nullptr;
  void       *data_     = nullptr;
};

/// Throws IoError if a call of HDF5 has failed.
inline void
check_hdf5(herr_t status, const std::string &what)
{
  if (status < 0)
    throw IoError("HDF5 cannot write " + what + hdf5_reason());
}
} // namespace miniscrew::output
