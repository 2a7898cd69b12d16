// SPDX-License-Identifier: LGPL-2.1-or-later
// The fields of results.h5 in VTKHDF's layout, written by all ranks together.
#include "solver/output/collective.h"
#include "solver/output/hdf5.h"
#include "solver/output/hdf5_handle.h"

#include <vtkCellType.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <filesystem>

namespace miniscrew::output
{
namespace
{
template <typename Number>
hid_t hdf5_type();
template <>
hid_t
hdf5_type<float>()
{
  return H5T_NATIVE_FLOAT;
}
template <>
hid_t
hdf5_type<double>()
{
  return H5T_NATIVE_DOUBLE;
}
template <>
hid_t
hdf5_type<std::int64_t>()
{
  return H5T_NATIVE_INT64;
}
template <>
hid_t
hdf5_type<unsigned char>()
{
  return H5T_NATIVE_UCHAR;
}


/// Takes over @p id, or throws IoError on all ranks if it is not valid on any
/// of them, so that none goes on to write alone. Collective.
Hdf5Handle
agreed(hid_t              id,
       Hdf5Handle::Close  close,
       const std::string &what,
       MPI_Comm           communicator)
{
  const std::string error =
    id < 0 ? "HDF5 cannot create " + what + hdf5_reason() : std::string();
  try
  {
    throw_together(error, communicator);
  }
  catch (const IoError &)
  {
    if (id >= 0)
      close(id);
    throw;
  }
  return Hdf5Handle(id, close, what);
}


/// How ranks write together; the caller closes it.
hid_t
transfer_of(MPI_Comm communicator)
{
  const hid_t list    = H5Pcreate(H5P_DATASET_XFER);
  int         n_ranks = 1;
  MPI_Comm_size(communicator, &n_ranks);
  if (n_ranks > 1)
    H5Pset_dxpl_mpio(list, H5FD_MPIO_COLLECTIVE);
  return list;
}


/// Sum of @p count over the ranks before this one, and over all.
std::array<hsize_t, 2>
place_of_rows(hsize_t count, MPI_Comm communicator)
{
  const std::uint64_t mine   = count;
  std::uint64_t       before = 0, all = 0;
  MPI_Exscan(&mine, &before, 1, MPI_UINT64_T, MPI_SUM, communicator);
  MPI_Allreduce(&mine, &all, 1, MPI_UINT64_T, MPI_SUM, communicator);
  return {{rank_in(communicator) == 0 ? 0 : before, all}};
}


/// How a dataset is created: in compressed pieces of about 1 MB, or plain if
/// it is small.
hid_t
storage_of(hsize_t n_rows, hsize_t n_columns, std::size_t bytes_of_number)
{
  const hid_t   list          = H5Pcreate(H5P_DATASET_CREATE);
  const hsize_t rows_of_chunk = (1 << 20) / (n_columns * bytes_of_number);
  if (n_rows > rows_of_chunk)
  {
    const hsize_t chunk[] = {rows_of_chunk, n_columns};
    H5Pset_chunk(list, n_columns == 1 ? 1 : 2, chunk);
    H5Pset_shuffle(list);
    H5Pset_deflate(list, 1);
  }
  return list;
}


/// Writes a dataset of which each rank has some rows, in the order of ranks.
/// Collective; a rank without rows takes part with an empty selection.
template <typename Number>
void
write_rows(hid_t                      group,
           const std::string         &name,
           const std::vector<Number> &values,
           hsize_t                    n_columns,
           MPI_Comm                   communicator)
{
  const hsize_t n_rows         = values.size() / n_columns;
  const auto [before, n_total] = place_of_rows(n_rows, communicator);
  const int        dimension   = n_columns == 1 ? 1 : 2;
  const hsize_t    total[]     = {n_total, n_columns};
  const hsize_t    first[] = {before, 0}, count[] = {n_rows, n_columns};
  const Hdf5Handle storage =
    agreed(storage_of(n_total, n_columns, sizeof(Number)),
           H5Pclose,
           name,
           communicator);
  const Hdf5Handle in_file = agreed(
    H5Screate_simple(dimension, total, nullptr), H5Sclose, name, communicator);
  const Hdf5Handle dataset = agreed(H5Dcreate2(group,
                                               name.c_str(),
                                               hdf5_type<Number>(),
                                               in_file,
                                               H5P_DEFAULT,
                                               storage,
                                               H5P_DEFAULT),
                                    H5Dclose,
                                    name,
                                    communicator);
  if (n_total == 0)
    return;
  const Hdf5Handle in_memory = agreed(
    H5Screate_simple(dimension, count, nullptr), H5Sclose, name, communicator);
  const Hdf5Handle transfer =
    agreed(transfer_of(communicator), H5Pclose, name, communicator);
  on_all_ranks(communicator, [&] {
    if (n_rows == 0)
    {
      H5Sselect_none(in_file);
      H5Sselect_none(in_memory);
    }
    else
      H5Sselect_hyperslab(
        in_file, H5S_SELECT_SET, first, nullptr, count, nullptr);

    const Number nothing{};
    check_hdf5(H5Dwrite(dataset,
                        hdf5_type<Number>(),
                        in_memory,
                        in_file,
                        transfer,
                        values.empty() ? &nothing : values.data()),
               name);
  });
}


void
write_fields(hid_t                     file,
             const std::string        &group_name,
             const std::vector<Field> &fields,
             MPI_Comm                  communicator)
{
  const Hdf5Handle group = agreed(
    H5Gcreate2(file, group_name.c_str(), H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT),
    H5Gclose,
    group_name,
    communicator);
  for (const Field &field : fields)
    write_rows(group,
               field.name,
               std::vector<float>(field.values.begin(), field.values.end()),
               field.n_components,
               communicator);
}


/// The attributes by which VTK knows its group.
void
write_vtkhdf_attributes(hid_t group)
{
  const std::string  what      = "the attributes of VTKHDF";
  const std::int64_t version[] = {1, 0};
  const hsize_t      two       = 2;
  const Hdf5Handle   pair(H5Screate_simple(1, &two, nullptr), H5Sclose, what);
  const Hdf5Handle   version_attribute(
    H5Acreate2(
      group, "Version", H5T_NATIVE_INT64, pair, H5P_DEFAULT, H5P_DEFAULT),
    H5Aclose,
    what);
  check_hdf5(H5Awrite(version_attribute, H5T_NATIVE_INT64, version), what);

  // VTK asks for an ASCII string of exactly this length.
  const std::string type = "UnstructuredGrid";
  const Hdf5Handle  text(H5Tcopy(H5T_C_S1), H5Tclose, what);
  H5Tset_size(text, type.size());
  H5Tset_strpad(text, H5T_STR_NULLPAD);
  const Hdf5Handle scalar(H5Screate(H5S_SCALAR), H5Sclose, what);
  const Hdf5Handle type_attribute(
    H5Acreate2(group, "Type", text, scalar, H5P_DEFAULT, H5P_DEFAULT),
    H5Aclose,
    what);
  check_hdf5(H5Awrite(type_attribute, text, type.c_str()), what);
}


/// The mesh, one part for each rank with cells. Collective.
void
write_mesh(hid_t group, const FieldData &data, MPI_Comm communicator)
{
  using Counts              = std::vector<std::int64_t>;
  const std::size_t n_cells = data.n_cells();
  // If no rank has cells, rank 0 writes one empty part.
  const bool nothing  = place_of_rows(n_cells, communicator)[1] == 0;
  const bool has_part = n_cells > 0 || (nothing && rank_in(communicator) == 0);
  const auto write_count = [&](const std::string &name, std::size_t count) {
    write_rows(group,
               name,
               has_part ? Counts{std::int64_t(count)} : Counts{},
               1,
               communicator);
  };
  write_count("NumberOfPoints", data.points.size());
  write_count("NumberOfCells", n_cells);
  write_count("NumberOfConnectivityIds", data.connectivity.size());

  std::vector<double> points;
  for (const std::array<double, 3> &point : data.points)
    points.insert(points.end(), point.begin(), point.end());
  write_rows(group, "Points", points, 3, communicator);
  write_rows(group, "Connectivity", data.connectivity, 1, communicator);

  Counts offsets;
  if (has_part)
    for (std::size_t cell = 0; cell <= n_cells; ++cell)
      offsets.push_back(std::int64_t(cell * data.n_points_per_cell()));
  write_rows(group, "Offsets", offsets, 1, communicator);
  const unsigned char type = data.kind == CellKind::lagrange_hexahedron
                               ? VTK_LAGRANGE_HEXAHEDRON
                               : VTK_LAGRANGE_QUADRILATERAL;
  write_rows(
    group, "Types", std::vector<unsigned char>(n_cells, type), 1, communicator);
}


/// Bytes that the fields of all ranks take if nothing can be compressed, with
/// HDF5's own entries, generously. Collective.
std::uintmax_t
greatest_size(const FieldData &data, MPI_Comm communicator)
{
  constexpr std::uint64_t entries = 1 << 12; // of a dataset, beside its chunks
  std::uint64_t           bytes   = 3 * sizeof(double) * data.points.size() +
                        sizeof(std::int64_t) * data.connectivity.size() +
                        (sizeof(std::int64_t) + 1) * (data.n_cells() + 1);
  std::uint64_t n_datasets = 8;
  for (const auto *fields : {&data.point_fields, &data.cell_fields})
    for (const Field &field : *fields)
    {
      bytes += sizeof(float) * field.values.size();
      ++n_datasets;
    }
  std::uint64_t all = 0;
  MPI_Allreduce(&bytes, &all, 1, MPI_UINT64_T, MPI_SUM, communicator);
  return all + all / 64 + n_datasets * entries + (1 << 18);
}
} // namespace


void
append_fields_to_hdf5(const std::string &path,
                      const FieldData   &data,
                      MPI_Comm           communicator,
                      const std::string &name)
{
  const Hdf5Silence    silence;
  const std::string    what  = "'" + path + "'";
  const std::uintmax_t bytes = greatest_size(data, communicator);
  on_first_rank(communicator, [&] {
    reserve_room(path, std::filesystem::file_size(path) + bytes);
  });
  const Hdf5Handle access =
    agreed(shared_access(communicator), H5Pclose, what, communicator);
  H5Pset_libver_bounds(access, H5F_LIBVER_V18, H5F_LIBVER_V110);
  Hdf5Handle file = agreed(
    H5Fopen(path.c_str(), H5F_ACC_RDWR, access), H5Fclose, what, communicator);
  {
    const Hdf5Handle group = agreed(
      H5Gcreate2(file, name.c_str(), H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT),
      H5Gclose,
      what,
      communicator);
    on_all_ranks(communicator, [&] { write_vtkhdf_attributes(group); });
    write_mesh(group, data, communicator);
    write_fields(group, "PointData", data.point_fields, communicator);
    write_fields(group, "CellData", data.cell_fields, communicator);
  }
  on_all_ranks(communicator, [&] { file.close(what); });
}
} // namespace miniscrew::output
