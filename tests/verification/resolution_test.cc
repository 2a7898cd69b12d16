// SPDX-License-Identifier: LGPL-2.1-or-later
// Head displacement and iterations of a catalogue screw over three meshes.
#include "tests/verification/screw_under_load.h"

#include <gtest/gtest.h>

using namespace miniscrew;
using namespace miniscrew::verification;

TEST(Resolution, HeadDisplacementConvergesAndIterationsStay)
{
  constexpr double      sizes[3][2] = {{0.5, 3.}, {0.36, 3.}, {0.18, 1.5}};
  std::vector<Response> responses;
  for (const auto &size : sizes)
  {
    responses.push_back(
      screw_under_load(to_sizes(size[0], size[1]), 2, 1e-8, MPI_COMM_WORLD));
    const Response &last = responses.back();
    EXPECT_TRUE(last.verdict.converged);
    EXPECT_LE(last.verdict.iterations, 40u);
    if (dealii::Utilities::MPI::this_mpi_process(MPI_COMM_WORLD) == 0)
      std::printf("size %.2f mm, %8lu DoF: head %.6f mm, %u iterations\n",
                  size[0],
                  static_cast<unsigned long>(last.n_dofs),
                  last.head_displacement,
                  last.verdict.iterations);
  }
  const double first = responses[1].head_displacement -
                       responses[0].head_displacement,
               second = responses[2].head_displacement -
                        responses[1].head_displacement;
  EXPECT_GT(first, 0.) << "finer meshes are softer";
  EXPECT_GT(second, 0.);
  EXPECT_LT(second, first);
  EXPECT_LE(responses[2].verdict.iterations,
            1.25 * responses[0].verdict.iterations);
}
