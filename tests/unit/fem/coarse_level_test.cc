// SPDX-License-Identifier: LGPL-2.1-or-later
// The assembled matrix is the Galerkin restriction of the fine operator.
#include "solver/fem/multigrid/coarse_level.h"
#include "solver/fem/multigrid/degree_transfer.h"

#include "tests/unit/fem/small_block.h"

#include <gtest/gtest.h>

using namespace miniscrew;
using namespace miniscrew::fem;

class CoarseLevel : public ::testing::TestWithParam<unsigned int>
{};

TEST_P(CoarseLevel, SolvesTheGalerkinSystem)
{
  auto block = small_block(GetParam());
  prescribe_rollers(block.space);
  NodeSpace coarse(*block.triangulation, 1);
  prescribe_rollers(coarse);
  const auto                      bodies = verification::usual_materials();
  const DegreeTransfer            transfer(block.space, coarse);
  const ElasticityOperator<float> fine(
    block.space, block.geometry, bodies, false);
  // A direct solver in place of the multigrid: its inverse is exact.
  const auto solver = make_coarse_level(
    coarse,
    block.geometry,
    bodies,
    {{"coarse_pc_type", "redundant"}, {"coarse_redundant_pc_type", "lu"}});
  EXPECT_EQ(solver->description(), "replaced by expert options");

  const auto expected = arbitrary_vector<float>(coarse, 1);
  auto       Pu = block.space.make_vector<float>(), APu = Pu;
  transfer.prolongate_and_add(Pu, expected);
  fine.vmult(APu, Pu);
  auto PtAPu = coarse.make_vector<float>(), found = PtAPu;
  transfer.restrict_to(PtAPu, APu);
  solver->vmult(found, PtAPu);
  found -= expected;
  EXPECT_LT(found.l2_norm(), 1e-4 * expected.l2_norm());
}

INSTANTIATE_TEST_SUITE_P(Degrees, CoarseLevel, ::testing::Values(1u, 2u, 3u));
