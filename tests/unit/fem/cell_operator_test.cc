// SPDX-License-Identifier: LGPL-2.1-or-later
// The operator of one component: sums, diagonal, and its assembled level.
#include "solver/fem/multigrid/coarse_level.h"
#include "solver/fem/multigrid/degree_transfer.h"
#include "solver/fem/operator/cell_operator.h"

#include "tests/unit/fem/simd_wish.h"
#include "tests/unit/fem/small_block.h"
#include "tests/verification/integrals.h"

#include <gtest/gtest.h>

using namespace miniscrew;
using namespace miniscrew::fem;

namespace
{
// k and c that differ from point to point.
std::shared_ptr<const MaterialField>
varying_field()
{
  return std::make_shared<FunctionField>(
    MaterialLayout::conductivity_and_reaction,
    [](const MaterialPlace &place, double *constants) {
      constants[0] = 2. + std::sin(place.x[0] + place.body);
      constants[1] = 1. + 0.1 * place.x[2];
    });
}

void
prescribe_bottom(NodeSpace &space)
{
  space.prescribe([](const dealii::types::boundary_id id) {
    return id == mesh::boundary::bottom ? 1 : 0;
  });
}

linear::Vector<double>
arbitrary_scalars(const NodeSpace &space)
{
  auto v = space.make_vector<double>(1);
  for (unsigned int node = 0; node < space.n_owned_nodes(); ++node)
    if (!space.constraints().is_hanging(node) &&
        space.constraints().prescribed[node] == 0)
      v.local_element(node) = std::sin(12.9898 * space.global_node(node));
  return v;
}

class ScalarOperator : public ::testing::TestWithParam<unsigned int>
{};
} // namespace

TEST_P(ScalarOperator, OfAConstantIsTheIntegralOfTheReaction)
{
  auto                             block = small_block(GetParam());
  const ConductionOperator<double> A(
    block.space, block.geometry, varying_field(), false);
  auto one = block.space.make_vector<double>(1), product = one;
  one = 1.;
  A.vmult(product, one);
  double integral = 0.;
  verification::for_cell_points(
    block.geometry,
    CubeQuadrature(GetParam() + 1),
    [&](std::size_t,
        const ShapeTable &,
        unsigned int,
        const Vector3 &x,
        const Matrix3 &,
        const double weight) { integral += weight * (1. + 0.1 * x[2]); });
  integral = verification::total(block.space, integral);
  EXPECT_NEAR(product.mean_value() * product.size() / integral, 1., 1e-12);
}

TEST_P(ScalarOperator, HasTheDiagonalOfItsColumns)
{
  auto block = small_block(GetParam());
  prescribe_bottom(block.space);
  const ConductionOperator<double> A(
    block.space, block.geometry, varying_field(), true);
  auto unit = block.space.make_vector<double>(1), product = unit;
  for (dealii::types::global_dof_index i = 5; i < block.space.n_nodes();
       i += block.space.n_nodes() / 7)
  {
    unit            = 0.;
    const bool mine = unit.in_local_range(i);
    const auto node = mine ? unit.get_partitioner()->global_to_local(i) : 0;
    if (mine && !block.space.constraints().is_hanging(node) &&
        block.space.constraints().prescribed[node] == 0)
      unit.local_element(node) = 1.;
    A.vmult(product, unit);
    const double entry = product * unit;
    if (mine)
    {
      EXPECT_NEAR(entry * A.inverse_diagonal().local_element(node),
                  unit.local_element(node),
                  1e-12);
    }
  }
}

TEST_P(ScalarOperator, HasItsGalerkinRestrictionAsAssembledLevel)
{
  auto block = small_block(GetParam());
  prescribe_bottom(block.space);
  NodeSpace coarse(*block.triangulation, 1);
  prescribe_bottom(coarse);
  const auto                      field = varying_field();
  const DegreeTransfer            transfer(block.space, coarse, 1);
  const ConductionOperator<float> fine(
    block.space, block.geometry, field, false);
  // A direct solver in place of the multigrid: its inverse is exact.
  const auto solver = make_coarse_level<Conduction>(
    coarse,
    block.geometry,
    *field,
    {{"coarse_pc_type", "redundant"}, {"coarse_redundant_pc_type", "lu"}});

  const auto expected = [&] {
    auto v = coarse.make_vector<float>(1);
    v      = arbitrary_scalars(coarse);
    return v;
  }();
  auto Pu = block.space.make_vector<float>(1), APu = Pu;
  transfer.prolongate_and_add(Pu, expected);
  fine.vmult(APu, Pu);
  auto PtAPu = coarse.make_vector<float>(1), found = PtAPu;
  transfer.restrict_to(PtAPu, APu);
  solver->vmult(found, PtAPu);
  found -= expected;
  EXPECT_LT(found.l2_norm(), 1e-4 * expected.l2_norm());
}

TEST_P(ScalarOperator, TakesConstantsOfPointsAsThoseOfCells)
{
  auto                             block = small_block(GetParam());
  const UniformField::Constants    constants{{{3.}, {2.}, {1.}, {7.}}};
  const ConductionOperator<double> of_cells(
    block.space,
    block.geometry,
    std::make_shared<UniformField>(MaterialLayout::conductivity, constants),
    false);
  const ConductionOperator<double> of_points(
    block.space,
    block.geometry,
    std::make_shared<FunctionField>(
      MaterialLayout::conductivity,
      [&](const MaterialPlace &place, double *values) {
        values[0] = constants[place.body][0];
      }),
    false);
  const auto u = arbitrary_scalars(block.space);
  auto       a = block.space.make_vector<double>(1), b = a;
  of_cells.vmult(a, u);
  of_points.vmult(b, u);
  b -= a;
  EXPECT_LT(b.l2_norm(), 1e-13 * a.l2_norm());
}

TEST_P(ScalarOperator, IsTheSameForEveryInstructionSet)
{
  auto block = small_block(GetParam());
  prescribe_bottom(block.space);
  const auto u  = arbitrary_scalars(block.space);
  const auto Au = [&](const char *name) {
    const SimdWish                   wish(name);
    const ConductionOperator<double> A(
      block.space, block.geometry, varying_field(), false);
    auto product = block.space.make_vector<double>(1);
    A.vmult(product, u);
    return product;
  };
  const auto expected = Au("baseline");
  EXPECT_LT(relative_difference(Au("avx2"), expected), 1e-13);
  EXPECT_LT(relative_difference(Au("avx512"), expected), 1e-13);
}

INSTANTIATE_TEST_SUITE_P(Degrees,
                         ScalarOperator,
                         ::testing::Values(1u, 2u, 3u));
