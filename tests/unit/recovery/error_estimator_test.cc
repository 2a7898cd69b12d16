// SPDX-License-Identifier: LGPL-2.1-or-later
// Estimated against true errors, and the choice of cells to refine.
#include "solver/fem/recovery/error_estimator.h"

#include "solver/fem/multigrid/elasticity_solver.h"
#include "tests/unit/recovery/pin_block.h"

#include <gtest/gtest.h>

namespace miniscrew::fem
{
namespace
{
BodyMaterials
equal_materials()
{
  BodyMaterials bodies;
  for (auto &material : bodies)
    material.isotropic = {1000., 0.3};
  return bodies;
}

// Square of the energy norm of the true error of the harmonic field.
double
true_error_square(const PinBlock               &block,
                  const BodyMaterials          &bodies,
                  const linear::Vector<double> &u)
{
  const auto            C = bodies[0].stiffness();
  const StrainEvaluator strains(*block.geometry, u, block.space->degree() + 2);
  std::vector<PointState> points;
  double                  square = 0.;
  for (std::size_t cell = 0; cell < block.space->cells().size(); ++cell)
  {
    strains.evaluate(cell, points);
    for (const PointState &point : points)
    {
      VoigtVector error = harmonic_strain(point.position);
      for (unsigned int c = 0; c < 6; ++c)
        error[c] -= point.strain[c];
      square += contract(multiply(C, error), error) * point.jxw;
    }
  }
  return dealii::Utilities::MPI::sum(square, MPI_COMM_WORLD);
}

// The harmonic field prescribed on the whole boundary, solved for inside.
linear::Vector<double>
solve_harmonic(PinBlock &block, const BodyMaterials &bodies)
{
  DegreeSolverOptions options;
  options.cg.relative_tolerance = 1e-9;
  const ElasticitySolver solver(
    *block.space,
    *block.geometry,
    bodies,
    [](NodeSpace &space) { space.prescribe([](auto) { return 7; }); },
    options);
  auto u = block.interpolate(harmonic_displacement);
  solver.solve(u, block.space->make_vector<double>());
  u.update_ghost_values();
  block.space->distribute(u);
  return u;
}

TEST(ErrorEstimate, IsNearTheErrorOfInterpolation)
{
  const BodyMaterials bodies = equal_materials();
  for (const unsigned int degree : {1u, 2u, 3u})
  {
    double coarser = 1.;
    for (const unsigned int n_refinements : {0u, 1u})
    {
      const PinBlock        block(degree, n_refinements, false);
      const auto            u = block.interpolate(harmonic_displacement);
      const RecoveredStrain recovered(*block.geometry, u);
      const auto            estimate =
        estimate_error(*block.geometry, bodies, u, recovered);
      const double effectivity =
        std::sqrt(estimate.error_square / true_error_square(block, bodies, u));
      ::testing::Test::RecordProperty("effectivity",
                                      std::to_string(effectivity));
      EXPECT_GT(effectivity, 0.7) << degree << " " << n_refinements;
      EXPECT_LT(effectivity, 1.4) << degree << " " << n_refinements;
      EXPECT_LT(estimate.relative_error(), coarser);
      coarser = estimate.relative_error() * std::pow(0.5, degree - 0.3);
    }
  }
}

TEST(ErrorEstimate, IsNearTheErrorOfASolution)
{
  const BodyMaterials bodies = equal_materials();
  for (const unsigned int degree : {1u, 2u})
    for (const bool hanging_nodes : {false, true})
    {
      PinBlock              block(degree, 1, hanging_nodes);
      const auto            u = solve_harmonic(block, bodies);
      const RecoveredStrain recovered(*block.geometry, u);
      const auto            estimate =
        estimate_error(*block.geometry, bodies, u, recovered);
      const double effectivity =
        std::sqrt(estimate.error_square / true_error_square(block, bodies, u));
      EXPECT_GT(effectivity, 0.7) << degree << " " << hanging_nodes;
      EXPECT_LT(effectivity, 1.4) << degree << " " << hanging_nodes;
    }
}

TEST(ErrorEstimate, VanishesForLinearDisplacement)
{
  const PinBlock        block(2, 0, true);
  const auto            u = block.interpolate([](const Vector3 &x) {
    return Vector3{{1e-3 * x[0], 2e-3 * x[2], -3e-3 * x[1]}};
  });
  const RecoveredStrain recovered(*block.geometry, u);
  const auto            estimate =
    estimate_error(*block.geometry, equal_materials(), u, recovered);
  EXPECT_LT(estimate.relative_error(), 1e-8);
  EXPECT_GT(estimate.energy_square, 0.);
}

// Doerfler marking: the flagged cells have the share of the error, and each of
// them has more than any that is not flagged.
TEST(MarkForRefinement, TakesTheGreatestErrors)
{
  const PinBlock        block(2, 0, true);
  const auto            u = block.interpolate(harmonic_displacement);
  const RecoveredStrain recovered(*block.geometry, u);
  const auto            estimate =
    estimate_error(*block.geometry, equal_materials(), u, recovered);
  mark_for_refinement(*block.triangulation, estimate, 0.5);

  double      flagged = 0., least_flagged = 1e300, most_left = 0.;
  std::size_t number = 0;
  for (const auto &cell : block.space->cells())
  {
    const double square = estimate.cell_squares[number++];
    EXPECT_FALSE(cell->coarsen_flag_set());
    if (cell->refine_flag_set())
    {
      flagged += square;
      least_flagged = std::min(least_flagged, square);
    }
    else
      most_left = std::max(most_left, square);
  }
  namespace MPI = dealii::Utilities::MPI;
  flagged       = MPI::sum(flagged, MPI_COMM_WORLD);
  least_flagged = MPI::min(least_flagged, MPI_COMM_WORLD);
  most_left     = MPI::max(most_left, MPI_COMM_WORLD);
  EXPECT_NEAR(flagged / estimate.error_square, 0.5, 0.05);
  EXPECT_GE(least_flagged, most_left);
}
} // namespace
} // namespace miniscrew::fem
