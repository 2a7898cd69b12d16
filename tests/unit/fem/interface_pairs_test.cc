// SPDX-License-Identifier: LGPL-2.1-or-later
// Every node of the interface has its partner, on any mesh and number of ranks.
#include "mesh/refine/interface_refinement.h"
#include "solver/fem/space/interface_nodes.h"

#include "tests/verification/discretisation.h"

#include <gtest/gtest.h>

#include <random>

using namespace miniscrew;
using namespace miniscrew::mesh;
using verification::Surface;

namespace
{
struct Block
{
  Block(const Surface &surface_, const BoneSite &site, const MeshSizes &sizes)
    : surface(surface_),
      map(*surface, site),
      triangulation(
        make_reference_mesh(map, InterfaceMesh::paired, MPI_COMM_WORLD))
  {
    refine_to_sizes(*triangulation, map, sizes);
  }

  // The same cells on any number of ranks.
  void
  refine_some(const unsigned int seed)
  {
    for (const auto &cell : triangulation->active_cell_iterators())
      if (cell->is_locally_owned())
      {
        const auto   x = cell->center();
        std::mt19937 generator(
          seed + static_cast<unsigned int>(
                   std::lround(4096. * (x[0] + 17. * x[1] + 289. * x[2]))));
        if (generator() % 7 == 0)
          cell->set_refine_flag();
      }
    triangulation->execute_coarsening_and_refinement();
    refine_for_matching(*triangulation);
  }

  Surface                        surface;
  ScrewBoneMap                   map;
  std::unique_ptr<Triangulation> triangulation;
};

// Every node of either side is one of a pair, or hangs as its partner does.
void
expect_partners(const Block &block, const unsigned int degree)
{
  const fem::NodeSpace space(
    *block.triangulation, degree, fem::InterfaceNodes::separate);
  const fem::InterfaceCensus census  = fem::interface_census(space);
  const std::uint64_t        n_pairs = dealii::Utilities::MPI::sum(
    std::uint64_t(space.pairs().size()), MPI_COMM_WORLD);
  EXPECT_GT(census.n_pairs, 50u);
  EXPECT_EQ(census.n_one_sided, 0u);
  EXPECT_EQ(census.n_screw, census.n_bone);
  EXPECT_EQ(census.n_pairs + census.n_hanging, census.n_screw);
  EXPECT_EQ(n_pairs, census.n_pairs);
}

BoneSite
tilted(BoneSite site, const double angle)
{
  site.insertion_angle = angle;
  return site;
}
} // namespace

TEST(InterfacePairs, NodesOfSmoothPinsHavePartners)
{
  const auto pin = std::make_shared<verification::Pin>(0.8, 8.);
  for (const double size : {0.8, 0.4, 0.3})
    for (const double far : {1.5, 3., 8.})
      for (const unsigned int degree : {1u, 2u, 3u})
        expect_partners(
          Block(pin, verification::site(1.5, 7., 8., 6.), {size, far}), degree);
}

TEST(InterfacePairs, NodesOfThreadedScrewsHavePartners)
{
  const auto screw = verification::catalogue_surface("Dual Top", 1.6, 8.);
  for (const double angle : {90., 70., 45.})
    for (const double size : {0.8, 0.4})
      expect_partners(Block(screw,
                            tilted(verification::site(1.5, 9., 10., 7.), angle),
                            {size, 3.}),
                      1);
}

TEST(InterfacePairs, NodesHavePartnersWhereverCellsAreRefined)
{
  const auto screw = verification::catalogue_surface("Dual Top", 1.6, 8.);
  Block      block(screw, verification::site(1.5, 9., 8., 8.), {0.8, 3.});
  for (unsigned int round = 0; round < 2; ++round)
  {
    block.refine_some(round);
    for (const unsigned int degree : {1u, 2u})
      expect_partners(block, degree);
  }
  const fem::NodeSpace space(
    *block.triangulation, 2, fem::InterfaceNodes::separate);
  EXPECT_GT(fem::interface_census(space).n_hanging, 0u);
}
