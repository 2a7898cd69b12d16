// SPDX-License-Identifier: LGPL-2.1-or-later
// A warm screw in bone at body temperature.
#pragma once

#include "solver/fem/multigrid/conduction_solver.h"

#include "tests/verification/integrals.h"

#include <gtest/gtest.h>

#include <chrono>

namespace miniscrew::verification
{
/// W/(mm K): cortical bone, and a titanium alloy.
constexpr double k_bone = 0.0006, k_screw = 0.0067;

inline bool
is_first_rank()
{
  return dealii::Utilities::MPI::this_mpi_process(MPI_COMM_WORLD) == 0;
}

/// Conductivities of screw and bone, and a reaction (W/(mm^3 K)) of the bone:
/// the blood that carries heat away.
inline std::shared_ptr<const fem::MaterialField>
screw_and_bone(const double reaction)
{
  const std::vector<double> bone{k_bone, reaction}, screw{k_screw, 0.};
  return std::make_shared<fem::UniformField>(
    fem::MaterialLayout::conductivity_and_reaction,
    fem::UniformField::Constants{{bone, bone, bone, screw}});
}

/// Heats the top of a threaded screw of the catalogue with 1 mW/mm^2 and checks
/// the number of iterations to 1e-8. Sizes in mm, as in mesh::MeshSizes.
inline void
expect_few_iterations(const unsigned int degree,
                      const double       interface_size,
                      const double       far_size)
{
  using Clock                  = std::chrono::steady_clock;
  const auto             start = Clock::now();
  Discretisation         block(catalogue_surface("Dual Top", 1.6, 8.),
                       site(1.5, 9., 8., 8.),
                       to_sizes(interface_size, far_size),
                       degree);
  fem::ConductionProblem problem;
  problem.field = screw_and_bone(0.);
  for (const auto id : {mesh::boundary::x_lower,
                        mesh::boundary::x_upper,
                        mesh::boundary::y_lower,
                        mesh::boundary::y_upper})
    problem.values[id] = [](const Vector3 &) { return 37.; };
  problem.inflow[mesh::boundary::screw_top] =
    [](const Vector3 &, const Vector3 &) { return 1e-3; };
  const fem::ConductionSolver solver(block.space, block.geometry, problem);
  auto                        u       = block.space.make_vector<double>(1);
  const auto                  set_up  = Clock::now();
  const auto                  verdict = solver.solve(u);
  const auto                  seconds = [](const Clock::time_point a,
                          const Clock::time_point b) {
    return std::chrono::duration<double>(b - a).count();
  };
  const std::string levels = solver.description(); // collective
  if (is_first_rank())
    std::printf("Q%u, %u unknowns: %u iterations, %.1f s of mesh and set-up, "
                "%.1f s of solve\n  %s\n",
                degree,
                static_cast<unsigned int>(block.space.n_nodes()),
                verdict.iterations,
                seconds(start, set_up),
                seconds(set_up, Clock::now()),
                levels.c_str());
  EXPECT_TRUE(verdict.converged);
  EXPECT_LE(verdict.iterations, 15u);
}
} // namespace miniscrew::verification
