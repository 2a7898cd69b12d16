// SPDX-License-Identifier: LGPL-2.1-or-later
// Interpolation between degrees and its transpose.
#include "solver/fem/multigrid/degree_transfer.h"

#include "tests/unit/fem/small_block.h"

#include <gtest/gtest.h>

using namespace miniscrew;
using namespace miniscrew::fem;

namespace
{
// An affine function of the reference coordinates at the owned nodes: all
// degrees represent it, across hanging nodes as well.
linear::Vector<float>
affine_values(const NodeSpace &space)
{
  const Basis1D      basis(space.degree(), 1);
  const unsigned int n       = space.degree() + 1;
  const unsigned int n_nodes = space.n_nodes_per_cell();
  auto               values  = space.make_vector<float>();
  for (std::size_t cell = 0; cell < space.cells().size(); ++cell)
    for (unsigned int i = 0; i < n_nodes; ++i)
    {
      const unsigned int node = space.cell_nodes()[cell * n_nodes + i];
      if (node >= space.n_owned_nodes() || space.constraints().is_hanging(node))
        continue;
      const double share[3] = {
        basis.nodes[i % n], basis.nodes[i / n % n], basis.nodes[i / (n * n)]};
      dealii::Point<3> p;
      for (unsigned int v = 0; v < 8; ++v)
      {
        double weight = 1.;
        for (unsigned int d = 0; d < 3; ++d)
          weight *= (v >> d) & 1 ? share[d] : 1. - share[d];
        p += weight * space.cells()[cell]->vertex(v);
      }
      for (unsigned int c = 0; c < 3; ++c)
        values.local_element(3 * node + c) =
          static_cast<float>(1. + c + p[0] - 2. * p[1] + 3. * p[c]);
    }
  return values;
}

class Transfer
  : public ::testing::TestWithParam<std::pair<unsigned int, unsigned int>>
{
protected:
  Transfer()
    : block(small_block(GetParam().first)),
      coarse(*block.triangulation, GetParam().second)
  {}

  verification::Discretisation block;
  NodeSpace                    coarse;
};
} // namespace

TEST_P(Transfer, RestrictionIsTheTransposeOfProlongation)
{
  prescribe_rollers(block.space);
  prescribe_rollers(coarse);
  const DegreeTransfer transfer(block.space, coarse);
  const auto           x   = arbitrary_vector<float>(coarse, 1);
  const auto           y   = arbitrary_vector<float>(block.space, 2);
  auto                 Px  = block.space.make_vector<float>();
  auto                 Pty = coarse.make_vector<float>();
  transfer.prolongate_and_add(Px, x);
  transfer.restrict_to(Pty, y);
  const double scale = static_cast<double>(Px.l2_norm()) * y.l2_norm();
  EXPECT_GT(scale, 1.);
  EXPECT_NEAR(Px * y, x * Pty, 1e-6 * scale);
  transfer.prolongate_and_add(Px, x);
  EXPECT_NEAR(Px * y, 2. * (x * Pty), 1e-6 * scale) << "adds";
}

TEST_P(Transfer, KeepsConstrainedUnknownsZero)
{
  prescribe_rollers(block.space);
  prescribe_rollers(coarse);
  const DegreeTransfer transfer(block.space, coarse);
  auto                 fine = block.space.make_vector<float>();
  transfer.prolongate_and_add(fine, arbitrary_vector<float>(coarse, 1));
  verification::for_unknowns(block.space, false, [&](auto node, auto c) {
    fine.local_element(3 * node + c) = 0.f;
  });
  EXPECT_EQ(fine.linfty_norm(), 0.f);
}

TEST_P(Transfer, ReproducesWhatTheCoarseSpaceRepresents)
{
  verification::prescribe_nothing(block.space);
  verification::prescribe_nothing(coarse);
  const DegreeTransfer transfer(block.space, coarse);
  auto                 fine = block.space.make_vector<float>();
  transfer.prolongate_and_add(fine, affine_values(coarse));
  auto       error = affine_values(block.space);
  const auto size  = error.linfty_norm();
  error -= fine;
  EXPECT_LT(error.linfty_norm(), 1e-6 * size);
}

INSTANTIATE_TEST_SUITE_P(Degrees,
                         Transfer,
                         ::testing::Values(std::make_pair(3u, 2u),
                                           std::make_pair(2u, 1u),
                                           std::make_pair(3u, 1u),
                                           std::make_pair(1u, 1u)));
