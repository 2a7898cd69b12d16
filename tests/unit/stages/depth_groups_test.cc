// SPDX-License-Identifier: LGPL-2.1-or-later
// A depth that fails costs itself, on any number of ranks and groups.
#include "solver/base/errors.h"
#include "solver/stages/depth_groups.h"

#include <deal.II/base/mpi.h>

#include <gtest/gtest.h>

using namespace miniscrew;
using namespace miniscrew::stages;

namespace
{
unsigned int
n_ranks()
{
  return dealii::Utilities::MPI::n_mpi_processes(MPI_COMM_WORLD);
}

// Fails at some depths in several ways, after all ranks of a group have met.
InsertionPoint
insert_or_fail(const double depth, const MPI_Comm group)
{
  MPI_Barrier(group);
  if (depth == 2.)
    throw UserError("the mesh folds");
  if (depth == 3.)
    throw ConvergenceError("no equilibrium");
  if (depth == 5.)
    throw std::runtime_error("a bug");
  InsertionPoint point;
  point.depth             = depth;
  point.loads.axial_force = 10. * depth;
  return point;
}

std::vector<DepthOutcome>
outcomes(const unsigned int n_groups, const std::vector<double> &depths)
{
  std::vector<DepthOutcome> all;
  insert_in_groups(MPI_COMM_WORLD,
                   n_groups,
                   depths,
                   insert_or_fail,
                   [&](const DepthOutcome &one) { all.push_back(one); });
  return all;
}
} // namespace

TEST(DepthGroups, AFailureCostsItsDepthOnly)
{
  for (unsigned int n_groups = 1; n_groups <= n_ranks(); ++n_groups)
  {
    const auto all = outcomes(n_groups, {1., 2., 3., 4., 5., 6., 7.});
    ASSERT_EQ(all.size(), 7u);
    for (unsigned int i = 0; i < 7; ++i)
    {
      EXPECT_EQ(all[i].depth, i + 1.);
      const bool fails = i == 1 || i == 2 || i == 4;
      EXPECT_EQ(all[i].point.has_value(), !fails) << i;
      EXPECT_EQ(all[i].failure.empty(), !fails) << i;
      if (all[i].point)
      {
        EXPECT_EQ(all[i].point->loads.axial_force, 10. * (i + 1.));
      }
    }
    EXPECT_EQ(all[1].failure, "the mesh folds");
    EXPECT_EQ(all[2].failure, "no equilibrium");
    EXPECT_NE(all[4].failure.find("a bug"), std::string::npos);
  }
}

TEST(DepthGroups, AllMayFail)
{
  const auto all = outcomes(n_ranks(), {2., 3., 5.});
  ASSERT_EQ(all.size(), 3u);
  for (const DepthOutcome &one : all)
    EXPECT_FALSE(one.point);
}

TEST(DepthGroups, NothingToDoIsNothingToTell)
{
  EXPECT_TRUE(outcomes(1, {}).empty());
}
