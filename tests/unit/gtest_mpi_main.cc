// SPDX-License-Identifier: LGPL-2.1-or-later
// main() of the unit tests: starts MPI and the libraries, lets the first rank
// report, the others only their failures, and fails if a test failed anywhere.
#include <deal.II/base/mpi.h>

#include <gtest/gtest.h>

#include <iostream>

namespace
{
/// What ranks other than the first print.
class FailureReporter : public ::testing::EmptyTestEventListener
{
public:
  explicit FailureReporter(const unsigned int rank)
    : rank_(rank)
  {}

private:
  void
  OnTestPartResult(const ::testing::TestPartResult &result) override
  {
    if (result.failed())
      std::cerr << "rank " << rank_ << ": " << result.file_name() << ":"
                << result.line_number() << ": " << result.summary()
                << std::endl;
  }

  unsigned int rank_;
};
} // namespace

int
main(int argc, char **argv)
{
  dealii::Utilities::MPI::MPI_InitFinalize mpi(argc, argv, 1);
  ::testing::InitGoogleTest(&argc, argv);
  const unsigned int rank =
    dealii::Utilities::MPI::this_mpi_process(MPI_COMM_WORLD);
  if (rank != 0)
  {
    auto &listeners = ::testing::UnitTest::GetInstance()->listeners();
    delete listeners.Release(listeners.default_result_printer());
    listeners.Append(new FailureReporter(rank));
  }
  const int failed = RUN_ALL_TESTS();
  return dealii::Utilities::MPI::max(failed, MPI_COMM_WORLD) == 0 ? 0 : 1;
}
