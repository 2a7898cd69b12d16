// SPDX-License-Identifier: LGPL-2.1-or-later
// Curves as CSV files in folders of their own.
#include "test_folder.h"

#include "solver/base/errors.h"
#include "solver/output/curve_files.h"

#include <gtest/gtest.h>

#include <limits>

namespace miniscrew::output
{
TEST(CurveFile, HasNamesAndNineDigitsInItsOwnFolder)
{
  const TestFolder folder("curve");
  const Curve      curve{"pull_out",
                    {"displacement_mm", "force_N"},
                    {{0., -20.},
                          {1. / 3., 1e-7},
                          {123456789.25, std::numeric_limits<double>::quiet_NaN()}}};
  write_curve(folder.path() + "/curves/pull_out.csv", curve, MPI_COMM_WORLD);
  EXPECT_EQ(folder.read("curves/pull_out.csv"),
            "displacement_mm,force_N\n0,-20\n0.333333333,1e-07\n"
            "123456789,nan\n");
}


TEST(CurveFile, ReplacesAnOlderOne)
{
  const TestFolder  folder("curve_again");
  const std::string path = folder.path() + "/a.csv";
  write_curve(path, {"a", {"x"}, {{1.}, {2.}}}, MPI_COMM_WORLD);
  write_curve(path, {"a", {"x"}, {}}, MPI_COMM_WORLD);
  EXPECT_EQ(folder.read("a.csv"), "x\n");
  EXPECT_FALSE(folder.has("a.csv.unfinished"));
}


TEST(CurveFile, FailsOnAllRanks)
{
  const TestFolder folder("curve_fails");
  folder.write("file", "in the way");
  EXPECT_THROW(write_curve(folder.path() + "/file/a.csv",
                           {"a", {"x"}, {}},
                           MPI_COMM_WORLD),
               IoError);
}
} // namespace miniscrew::output
