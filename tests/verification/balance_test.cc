// SPDX-License-Identifier: LGPL-2.1-or-later
// Reactions balance the load: forces and moments.
#include "tests/verification/integrals.h"

#include <gtest/gtest.h>

using namespace miniscrew;
using namespace miniscrew::verification;

namespace
{
/// Force, then moment about the origin.
using Wrench = std::array<double, 6>;

// The sum of nodal forces at the unknowns that @p constraints of @p space say
// are prescribed, or at the others.
Wrench
resultant(const Discretisation         &screw,
          const linear::Vector<double> &forces,
          const bool                    prescribed)
{
  Wrench sum{};
  for_unknowns(screw.space, prescribed, [&](unsigned int node, unsigned int c) {
    const Vector3 x = screw.geometry.node(node);
    const double  f = forces.local_element(3 * node + c);
    // x cross f e_c
    const unsigned int d = (c + 1) % 3, e = (c + 2) % 3;
    sum[c] += f;
    sum[3 + d] += x[e] * f;
    sum[3 + e] -= x[d] * f;
  });
  for (double &entry : sum)
    entry = total(screw.space, entry);
  return sum;
}
} // namespace

TEST(Balance, ReactionsEqualTheLoad)
{
  Discretisation              screw(catalogue_surface("Dual Top", 1.6, 8.),
                       site(1.5, 9., 8., 8.),
                       to_sizes(0.36, 3.),
                       2);
  const auto                  bodies = usual_materials();
  const fem::ElasticitySolver solver(
    screw.space, screw.geometry, bodies, prescribe_block, {});
  // A lateral and axial force with a torque.
  const auto loads = surface_load(
    screw.geometry, mesh::boundary::screw_top, [](const Vector3 &x) -> Vector3 {
      return {{0.5 - 0.2 * x[1], 0.1 + 0.2 * x[0], -0.3}};
    });
  auto u = screw.space.make_vector<double>();
  ASSERT_TRUE(solver.solve(u, loads).converged);

  auto forces = screw.space.make_vector<double>();
  solver.system().reactions(forces, u);

  const Wrench load     = resultant(screw, loads, false);
  const Wrench reaction = resultant(screw, forces, true);
  const double force    = std::hypot(load[0], load[1], load[2]);
  const double moment   = std::hypot(load[3], load[4], load[5]);
  double       worst[2] = {0., 0.};
  EXPECT_GT(force, 1.);
  EXPECT_GT(moment, 1.);
  for (unsigned int i = 0; i < 6; ++i)
    worst[i / 3] = std::max(worst[i / 3], std::abs(load[i] + reaction[i]));
  EXPECT_LT(worst[0], 1e-6 * force);
  EXPECT_LT(worst[1], 1e-6 * moment);
  if (dealii::Utilities::MPI::this_mpi_process(MPI_COMM_WORLD) == 0)
    std::printf("imbalance of forces %.1e, of moments %.1e\n",
                worst[0] / force,
                worst[1] / moment);
}
