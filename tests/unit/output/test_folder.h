// SPDX-License-Identifier: LGPL-2.1-or-later
// A folder for the files of one test, gone when the test ends.
#pragma once

#include "solver/output/collective.h"

#include <mpi.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace miniscrew::output
{
/// A fresh folder under the test's working directory, the same on all ranks.
/// Its name has the number of ranks, as tests of both may run at once.
class TestFolder
{
public:
  explicit TestFolder(const std::string &name)
  {
    int n_ranks = 1;
    MPI_Comm_size(MPI_COMM_WORLD, &n_ranks);
    path_ = std::filesystem::current_path() /
            ("test_" + name + "_np" + std::to_string(n_ranks));
    on_first_rank(MPI_COMM_WORLD, [&] {
      std::filesystem::remove_all(path_);
      std::filesystem::create_directories(path_);
    });
  }

  TestFolder(const TestFolder &)            = delete;
  TestFolder &operator=(const TestFolder &) = delete;

  ~TestFolder()
  {
    MPI_Barrier(MPI_COMM_WORLD);
    std::error_code ignored;
    if (rank_in(MPI_COMM_WORLD) == 0)
      std::filesystem::remove_all(path_, ignored);
  }

  std::string
  path() const
  {
    return path_.string();
  }

  bool
  has(const std::string &name) const
  {
    return std::filesystem::exists(path_ / name);
  }

  /// Text of a file. Collective: no rank goes on before all have read it.
  std::string
  read(const std::string &name) const
  {
    std::ifstream     file(path_ / name);
    const std::string text((std::istreambuf_iterator<char>(file)),
                           std::istreambuf_iterator<char>());
    MPI_Barrier(MPI_COMM_WORLD);
    return text;
  }

  /// Writes a file, with the folders above it. Collective.
  void
  write(const std::string &name, const std::string &text) const
  {
    on_first_rank(MPI_COMM_WORLD, [&] {
      std::filesystem::create_directories((path_ / name).parent_path());
      std::ofstream(path_ / name) << text;
    });
  }

private:
  std::filesystem::path path_;
};
} // namespace miniscrew::output
