// SPDX-License-Identifier: LGPL-2.1-or-later
// Recovered strain: exact for linear displacement, superconvergent else.
#include "solver/fem/recovery/recovery.h"
#include "tests/unit/recovery/pin_block.h"

#include <gtest/gtest.h>

namespace miniscrew::fem
{
namespace
{
// Greatest error of the nodal strains in a body, over this rank's cells.
double
nodal_error(const PinBlock        &block,
            const RecoveredStrain &recovered,
            const unsigned int     body,
            const VoigtVector     &exact)
{
  std::vector<VoigtVector> nodal;
  double                   error = 0.;
  for (std::size_t cell = 0; cell < block.space->cells().size(); ++cell)
    if (block.space->cells()[cell]->material_id() == body)
    {
      recovered.cell_values(cell, nodal);
      for (const VoigtVector &strain : nodal)
        for (unsigned int c = 0; c < 6; ++c)
          error = std::max(error, std::abs(strain[c] - exact[c]));
    }
  return error;
}

TEST(RecoveredStrain, IsExactForLinearDisplacement)
{
  const VoigtVector exact{{1e-3, 2e-3, 3e-3, -1e-3, 5e-3, 4e-3}};
  for (const unsigned int degree : {1u, 2u, 3u})
  {
    const PinBlock        block(degree, 0, true);
    const auto            u = block.interpolate([](const Vector3 &x) {
      return Vector3{{1e-3 * x[0] + 4e-3 * x[1],
                      2e-3 * x[1] - 1e-3 * x[2],
                      3e-3 * x[2] + 5e-3 * x[0]}};
    });
    const RecoveredStrain recovered(*block.geometry, u);
    for (unsigned int body = 0; body < mesh::n_bodies; ++body)
      EXPECT_LT(nodal_error(block, recovered, body, exact), 1e-11)
        << "degree " << degree << ", body " << body;
  }
}

// Each layer has its own constant strain, as under a load normal to layers of
// different materials; nothing of one must be felt in the other.
TEST(RecoveredStrain, JumpsBetweenBodies)
{
  for (const unsigned int degree : {1u, 2u, 3u})
  {
    const PinBlock        block(degree, 0, true);
    const auto            u = block.interpolate([](const Vector3 &x) {
      const double below = std::min(0., x[2] + 1.6);
      return Vector3{{0., 0., 1e-3 * (x[2] + 1.6) + 9e-3 * below}};
    });
    const RecoveredStrain recovered(*block.geometry, u);
    EXPECT_LT(nodal_error(block, recovered, 0, {{0., 0., 1e-3, 0., 0., 0.}}),
              1e-11);
    EXPECT_LT(nodal_error(block, recovered, 1, {{0., 0., 1e-2, 0., 0., 0.}}),
              1e-11);
  }
}

struct Errors
{
  double direct = 0., recovered = 0.; // L2 norms
};

Errors
strain_errors(const unsigned int        degree,
              const unsigned int        n_refinements,
              const mesh::InterfaceMesh interface = mesh::InterfaceMesh::shared)
{
  const PinBlock           block(degree, n_refinements, false, interface);
  const auto               u = block.interpolate(harmonic_displacement);
  const RecoveredStrain    recovered(*block.geometry, u);
  const CubeQuadrature     gauss(degree + 2);
  const ShapeTable         table(degree, gauss.points);
  const StrainEvaluator    strains(*block.geometry, u, degree + 2);
  std::vector<PointState>  points;
  std::vector<VoigtVector> nodal;
  Errors                   squares;
  for (std::size_t cell = 0; cell < block.space->cells().size(); ++cell)
  {
    strains.evaluate(cell, points);
    recovered.cell_values(cell, nodal);
    for (unsigned int q = 0; q < points.size(); ++q)
    {
      const auto exact = harmonic_strain(points[q].position);
      for (unsigned int c = 0; c < 6; ++c)
      {
        double value = 0.;
        for (unsigned int i = 0; i < table.n_nodes; ++i)
          value += table.values[q * table.n_nodes + i] * nodal[i][c];
        squares.direct +=
          std::pow(points[q].strain[c] - exact[c], 2) * points[q].jxw;
        squares.recovered += std::pow(value - exact[c], 2) * points[q].jxw;
      }
    }
  }
  namespace MPI = dealii::Utilities::MPI;
  return {std::sqrt(MPI::sum(squares.direct, MPI_COMM_WORLD)),
          std::sqrt(MPI::sum(squares.recovered, MPI_COMM_WORLD))};
}

void
expect_superconvergence(const unsigned int degree, const unsigned int finest)
{
  const Errors coarse = strain_errors(degree, finest - 1),
               fine   = strain_errors(degree, finest);
  const double order  = std::log2(coarse.recovered / fine.recovered);
  ::testing::Test::RecordProperty("order", std::to_string(order));
  EXPECT_GT(order, degree + 0.5);
  EXPECT_NEAR(std::log2(coarse.direct / fine.direct), degree, 0.4);
  EXPECT_LT(fine.recovered, 0.5 * fine.direct);
}

TEST(RecoveredStrain, ConvergesFasterThanStrainOfDegree1)
{
  expect_superconvergence(1, 2);
}

TEST(RecoveredStrain, ConvergesFasterThanStrainOfDegree2)
{
  expect_superconvergence(2, 2);
}

TEST(RecoveredStrain, ConvergesFasterThanStrainOfDegree3)
{
  expect_superconvergence(3, 1);
}

// Bonded nodes of two bodies are as good as shared ones.
TEST(RecoveredStrain, IsTheSameWithPairedFaces)
{
  for (const unsigned int degree : {1u, 2u, 3u})
    EXPECT_NEAR(
      strain_errors(degree, 0, mesh::InterfaceMesh::paired).recovered /
        strain_errors(degree, 0).recovered,
      1.,
      1e-9);
}
} // namespace
} // namespace miniscrew::fem
