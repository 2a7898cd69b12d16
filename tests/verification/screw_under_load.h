// SPDX-License-Identifier: LGPL-2.1-or-later
// A catalogue screw under a lateral force: what verification compares.
#pragma once

#include "tests/verification/integrals.h"

namespace miniscrew::verification
{
/// What a computation with 2 N along x on the top of the screw gives.
struct Response
{
  linear::Verdict verdict;
  std::uint64_t   n_dofs            = 0;
  double          head_displacement = 0.; ///< mean u_x of the top, mm
  double          energy            = 0.; ///< N mm
};

/// Collective on @p communicator.
inline Response
screw_under_load(const Refine      &refine,
                 const unsigned int degree,
                 const double       tolerance,
                 const MPI_Comm     communicator)
{
  Discretisation           screw(catalogue_surface("Dual Top", 1.6, 8.),
                       site(1.5, 9., 8., 8.),
                       refine,
                       degree,
                       communicator);
  fem::DegreeSolverOptions options;
  options.cg.relative_tolerance = tolerance;
  const fem::ElasticitySolver solver(
    screw.space, screw.geometry, usual_materials(), prescribe_block, options);
  const auto uniform = surface_load(
    screw.geometry, mesh::boundary::screw_top, [](const Vector3 &) -> Vector3 {
      return {{1., 0., 0.}};
    });
  // Unit traction: the sum of the nodal forces is the area.
  const double area  = uniform.mean_value() * uniform.size();
  const double force = 2.;
  auto         loads = uniform;
  loads *= force / area;

  Response response;
  auto     u                 = screw.space.make_vector<double>();
  response.verdict           = solver.solve(u, loads);
  response.n_dofs            = screw.space.n_dofs();
  const double work          = u * loads;
  response.head_displacement = work / force;
  response.energy            = 0.5 * work;
  return response;
}
} // namespace miniscrew::verification
