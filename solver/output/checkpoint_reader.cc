// SPDX-License-Identifier: LGPL-2.1-or-later
// Restart files: reading.
#include "solver/output/checkpoint.h"

#include "solver/output/checkpoint_format.h"
#include "solver/output/checkpoint_seal.h"
#include "solver/output/collective.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <fstream>

namespace miniscrew::output
{
namespace
{
using namespace checkpoint_format;

const std::string what_to_do = "remove it, or run without --resume";

void
require(const bool condition, const std::string &sentence)
{
  if (!condition)
    throw IoError(sentence);
}


std::string
without_padding(std::string text)
{
  while (!text.empty() && text.back() == '\0')
    text.pop_back();
  return text;
}


std::string
read_header(const hid_t file)
{
  const std::string what = "its header";
  const Hdf5Handle  dataset(
    H5Dopen2(file, header_dataset, H5P_DEFAULT), H5Dclose, what);
  const Hdf5Handle type(H5Dget_type(dataset), H5Tclose, what);
  require(H5Tget_class(type) == H5T_STRING && H5Tis_variable_str(type) == 0,
          "its header is not a text");
  std::string text(H5Tget_size(type), '\0');
  require(H5Dread(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, text.data()) >=
            0,
          "its header cannot be read");
  return without_padding(text);
}


/// Names of all links in a group.
std::vector<std::string>
names_in(const hid_t group)
{
  H5G_info_t info;
  require(H5Gget_info(group, &info) >= 0, "its records cannot be listed");
  std::vector<std::string> names;
  for (hsize_t i = 0; i < info.nlinks; ++i)
  {
    const auto name_of = [&](char *text, const std::size_t size) {
      return H5Lget_name_by_idx(
        group, ".", H5_INDEX_NAME, H5_ITER_INC, i, text, size, H5P_DEFAULT);
    };
    const ssize_t length = name_of(nullptr, 0);
    require(length > 0, "its records cannot be listed");
    std::string name(length + 1, '\0');
    name_of(name.data(), name.size());
    name.pop_back();
    names.push_back(name);
  }
  return names;
}
} // namespace


bool
is_checkpoint(const std::string &path)
{
  std::error_code error;
  return std::filesystem::is_regular_file(
           std::filesystem::symlink_status(path, error)) &&
         checkpoint_seal::is_there(path);
}


Checkpoint::Checkpoint(const std::string &path, MPI_Comm communicator)
  : path_(path),
    communicator_(communicator)
{
  on_first_rank(communicator_, [this] { look_into_file(); });
  share_contents();
}


void
Checkpoint::look_into_file()
{
  const Hdf5Silence silence;
  checkpoint_seal::check(path_);
  const std::string damaged = "the checkpoint '" + path_ + "' is damaged";
  const hid_t       id = H5Fopen(path_.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT);
  require(id >= 0, "HDF5 cannot open the checkpoint '" + path_ + "'");
  const Hdf5Handle file(id, H5Fclose, path_);
  try
  {
    header_ = read_header(file);
    const Hdf5Handle group(
      H5Gopen2(file, cells_group, H5P_DEFAULT), H5Gclose, "its records");
    for (const std::string &name : names_in(group))
    {
      const Hdf5Handle dataset(
        H5Dopen2(group, name.c_str(), H5P_DEFAULT), H5Dclose, name);
      const Hdf5Handle space(H5Dget_space(dataset), H5Sclose, name);
      hsize_t          sizes[2] = {0, 0};
      require(H5Sget_simple_extent_ndims(space) == 2, name + " is no table");
      H5Sget_simple_extent_dims(space, sizes, nullptr);
      datasets_.push_back({name, sizes[0], sizes[1]});
    }
  }
  catch (const std::runtime_error &error)
  {
    throw IoError(damaged + ": " + error.what() + "; " + what_to_do);
  }
}


void
Checkpoint::share_contents()
{
  // Names are safe in JSON unless someone else has written the file.
  std::string packed;
  on_first_rank(communicator_, [&] {
    nlohmann::json list = nlohmann::json::array();
    for (const Dataset &dataset : datasets_)
      list.push_back({dataset.name, dataset.n_records, dataset.width});
    packed = list.dump();
  });
  for (std::string *text : {&header_, &packed})
  {
    std::uint64_t length = text->size();
    MPI_Bcast(&length, 1, MPI_UINT64_T, 0, communicator_);
    text->resize(length);
    MPI_Bcast(
      text->data(), static_cast<int>(length), MPI_CHAR, 0, communicator_);
  }
  datasets_.clear();
  for (const nlohmann::json &entry : nlohmann::json::parse(packed))
    datasets_.push_back({entry[0], entry[1], entry[2]});
}


const Checkpoint::Dataset *
Checkpoint::find(const std::string &name) const
{
  const auto entry =
    std::find_if(datasets_.begin(), datasets_.end(), [&](const Dataset &d) {
      return d.name == name;
    });
  return entry == datasets_.end() ? nullptr : &*entry;
}


bool
Checkpoint::has(const std::string &name) const
{
  return find(name) != nullptr;
}


std::vector<double>
Checkpoint::read(const std::string  &name,
                 const unsigned int  width,
                 const std::uint64_t n_records) const
{
  const std::string what    = "the checkpoint '" + path_ + "'";
  const Dataset    *dataset = find(name);
  require(dataset != nullptr,
          what + " has no records of '" + name + "'; " + what_to_do);
  require(dataset->width == width,
          what + " has " + std::to_string(dataset->width) +
            " numbers in a record of '" + name + "', but this run has " +
            std::to_string(width) + "; " + what_to_do);
  const Rows rows = rows_of_rank(n_records, communicator_);
  require(dataset->n_records == rows.total,
          what + " has " + std::to_string(dataset->n_records) +
            " records of '" + name + "', but this run has " +
            std::to_string(rows.total) + ", as if it were of another mesh; " +
            what_to_do);
  if (rows.total == 0)
    return {};

  const Hdf5Silence silence;
  const hid_t       id = open_together(path_, H5F_ACC_RDONLY, communicator_);
  throw_together(id < 0 ? "HDF5 cannot open " + what : std::string(),
                 communicator_);
  const Hdf5Handle    file(id, H5Fclose, what);
  std::vector<double> values(std::max<std::uint64_t>(n_records, 1) * width);
  on_all_ranks(communicator_, [&] {
    const std::string in_group = std::string(cells_group) + "/" + name;
    const Hdf5Handle  table(
      H5Dopen2(file, in_group.c_str(), H5P_DEFAULT), H5Dclose, what);
    const auto read = [&](hid_t memory, hid_t in_file, hid_t transfer) {
      return H5Dread(
        table, H5T_NATIVE_DOUBLE, memory, in_file, transfer, values.data());
    };
    require(move_rows(rows, width, what, read) >= 0,
            what + " is damaged: '" + name + "' cannot be read; " + what_to_do);
  });
  values.resize(n_records * width);
  return values;
}
} // namespace miniscrew::output
