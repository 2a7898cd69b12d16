// SPDX-License-Identifier: LGPL-2.1-or-later
// results.h5 has the documented contents, whatever the ranks hold. The file
// stays for read_results.py, which reads it with h5py and with VTK.
#include "sample_fields.h"
#include "test_folder.h"

#include "solver/base/errors.h"
#include "solver/output/hdf5.h"

#include <gtest/gtest.h>
#include <hdf5.h>

namespace miniscrew::output
{
namespace
{
Hdf5Content
sample_content()
{
  Hdf5Content content;
  content.effective_case                = "title = \"µ-strain\"\n";
  content.summary["mesh"]["n_cells"]    = 55000;
  content.summary["service"]["force_N"] = {2., 0., 1. / 3.};
  content.summary["service"]["layers"]  = {{{"depth_mm", 1.5}}};
  content.summary["engagement"]["kind"] = "bicortical";
  content.summary["empty"]              = nlohmann::json::array();
  content.run["ranks"]                  = 2;
  content.curves                        = {{"pull_out",
                                            {"displacement_mm", "force_N"},
                                            {{0., 0.}, {0.1, 20.}, {0.2, 30.}}},
                                           {"no_rows", {"x"}, {}}};
  return content;
}


/// All numbers of a dataset.
std::vector<double>
read_numbers(const std::string &path, const std::string &name)
{
  const hid_t         file = H5Fopen(path.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT);
  const hid_t         data = H5Dopen2(file, name.c_str(), H5P_DEFAULT);
  const hid_t         space = H5Dget_space(data);
  std::vector<double> values(H5Sget_simple_extent_npoints(space));
  EXPECT_GE(
    H5Dread(
      data, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()),
    0);
  H5Sclose(space);
  H5Dclose(data);
  H5Fclose(file);
  return values;
}


/// The first number of a dataset.
double
read_number(const std::string &path, const std::string &name)
{
  return read_numbers(path, name).at(0);
}
} // namespace


TEST(Hdf5, IsWrittenByRanksWithAndWithoutCells)
{
  int n_ranks = 1;
  MPI_Comm_size(MPI_COMM_WORLD, &n_ranks);
  const std::string path = "results_np" + std::to_string(n_ranks) + ".h5";
  write_hdf5(path, sample_content(), MPI_COMM_WORLD);
  append_fields_to_hdf5(
    path, sample_piece(2, rank_in(MPI_COMM_WORLD)), MPI_COMM_WORLD);
  EXPECT_EQ(read_number(path, "scalars/mesh/n_cells"), 55000.);
  EXPECT_EQ(read_number(path, "scalars/service/force_N"), 2.);
  EXPECT_EQ(read_number(path, "VTKHDF/NumberOfCells"), 1.);
}


TEST(Hdf5, IsWrittenIfNoRankHasCells)
{
  const TestFolder  folder("hdf5_no_cells");
  const std::string path = folder.path() + "/results.h5";
  write_hdf5(path, sample_content(), MPI_COMM_WORLD);
  append_fields_to_hdf5(path, sample_hexahedra(2, 0, 0), MPI_COMM_WORLD);
  EXPECT_EQ(read_number(path, "VTKHDF/NumberOfCells"), 0.);
}


TEST(Hdf5, CompressesLargeFieldsOfAllRanks)
{
  const auto n_cells_of = [](int rank) {
    return rank == 1 ? 0u : 20000u + 1000u * rank;
  };
  const TestFolder  folder("hdf5_large");
  const std::string path = folder.path() + "/results.h5";
  const int         rank = rank_in(MPI_COMM_WORLD);
  write_hdf5(path, sample_content(), MPI_COMM_WORLD);
  append_fields_to_hdf5(
    path, sample_hexahedra(2, n_cells_of(rank), 5), MPI_COMM_WORLD);

  std::vector<double> expected;
  int                 n_ranks = 1;
  MPI_Comm_size(MPI_COMM_WORLD, &n_ranks);
  for (int other = 0; other < n_ranks; ++other)
  {
    const FieldData piece  = sample_hexahedra(2, n_cells_of(other), 5);
    const auto     &values = piece.point_fields[0].values;
    expected.insert(expected.end(), values.begin(), values.end());
  }
  EXPECT_EQ(read_numbers(path, "VTKHDF/PointData/reference"), expected);
  EXPECT_LT(std::filesystem::file_size(path),
            expected.size() / 3 * (3 * 8 + 3 * 4 + 8));
}


TEST(Hdf5, FailsOnAllRanks)
{
  const TestFolder folder("hdf5_fails");
  EXPECT_THROW(write_hdf5(folder.path() + "/none/results.h5",
                          sample_content(),
                          MPI_COMM_WORLD),
               IoError);
  EXPECT_THROW(append_fields_to_hdf5(folder.path() + "/results.h5",
                                     sample_piece(2, rank_in(MPI_COMM_WORLD)),
                                     MPI_COMM_WORLD),
               IoError);
}
} // namespace miniscrew::output
