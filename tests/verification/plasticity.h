// SPDX-License-Identifier: LGPL-2.1-or-later
// Inelastic bodies in tests: materials, loading, energies.
#pragma once

#include "solver/equilibrium/equilibrium_problem.h"
#include "solver/fem/space/strain.h"

#include "tests/verification/discretisation.h"

#include <cstdio>
#include <vector>

namespace miniscrew::verification
{
inline materials::Material
von_mises(const double young_modulus,
          const double poisson_ratio,
          const double yield_stress)
{
  materials::Material material      = isotropic(young_modulus, poisson_ratio);
  material.law                      = "von-mises";
  material.plasticity.yield_tension = yield_stress;
  material.plasticity.yield_compression = yield_stress;
  return material;
}

inline bool
is_first_rank()
{
  return dealii::Utilities::MPI::this_mpi_process(MPI_COMM_WORLD) == 0;
}

/// A bar in rigid bone whose top is led.
inline void
prescribe_top(fem::NodeSpace &space)
{
  space.prescribe([](const dealii::types::boundary_id id) -> unsigned char {
    return id == mesh::boundary::screw_top ? 7 : 0;
  });
  for (const auto body : {0, 1, 2})
    space.prescribe_body(body);
}

/// Bodies whose prescribed unknowns are led along a path.
struct LedBodies
{
  LedBodies(Discretisation                 &block_,
            const fem::BodyMaterials       &bodies_,
            const fem::Prescriber          &prescribe,
            equilibrium::EquilibriumOptions options = {})
    : block(block_),
      bodies(bodies_),
      problem(block.space,
              block.geometry,
              bodies,
              prescribe,
              {},
              std::nullopt,
              options),
      u(block.space.make_vector<double>())
  {
    u.update_ghost_values();
  }

  /// Takes the prescribed unknowns to values(share), share from 0 to 1, and
  /// notes the residual of each Newton iteration of the last step.
  void
  lead(const std::function<Field(double)>                 &values,
       const std::function<void(equilibrium::StepReport)> &report = {})
  {
    problem.march(
      u,
      "test",
      [&](const double share, auto &, auto &displacement) {
        const auto to = prescribed_values(block.geometry, values(share));
        for_unknowns(block.space, true, [&](unsigned int node, unsigned int c) {
          displacement.local_element(3 * node + c) =
            to.local_element(3 * node + c);
        });
        residuals.clear();
      },
      [&](const std::string &text) {
        n_refused += text.find("no admissible state") != std::string::npos;
        const auto at = text.find("residual ");
        if (text.rfind("  test ", 0) == 0 && at != std::string::npos)
          residuals.push_back(std::stod(text.substr(at + 9)));
      },
      [&](const equilibrium::StepReport &step) {
        u.update_ghost_values();
        block.space.distribute(u);
        last = step;
        if (report)
          report(step);
      });
  }

  /// Work of the forces that hold prescribed nodes on a motion, over those
  /// nodes that are chosen.
  double
  reaction(const Field                                &motion,
           const std::function<bool(const Vector3 &)> &chosen)
  {
    fem::AcceptedStresses law(*problem.points());
    auto                  forces = block.space.make_vector<double>();
    u.zero_out_ghost_values();
    problem.solver().system().reactions(forces, u, &law);
    u.update_ghost_values();
    double work = 0.;
    for (unsigned int node = 0; node < block.space.n_owned_nodes(); ++node)
    {
      const Vector3 x = block.geometry.node(node);
      if (block.space.constraints().is_hanging(node) || !chosen(x))
        continue;
      const Vector3 v = motion(x);
      for (unsigned int c = 0; c < 3; ++c)
        work += v[c] * forces.local_element(3 * node + c);
    }
    return dealii::Utilities::MPI::sum(work, block.space.communicator());
  }

  /// Elastic energy of the inelastic bodies, and their volume that has yielded.
  std::array<double, 2>
  energy_and_yielded_volume() const
  {
    const fem::MaterialPoints &points = *problem.points();
    const fem::StrainEvaluator strain(
      block.geometry, u, block.space.degree() + 1);
    std::vector<fem::PointState> states;
    std::array<double, 2>        sums{};
    const unsigned int           yielded =
      points.find_observable(materials::yielded_observable).value();
    for (std::size_t c = 0; c < block.space.cells().size(); ++c)
    {
      if (!points.contains(c))
        continue;
      strain.evaluate(c, states);
      for (unsigned int q = 0; q < states.size(); ++q)
      {
        sums[0] +=
          states[q].jxw * points.elastic_energy(c, q, states[q].strain);
        sums[1] += states[q].jxw * points.observable(c, q, yielded);
      }
    }
    for (double &sum : sums)
      sum = dealii::Utilities::MPI::sum(sum, block.space.communicator());
    return sums;
  }

  Discretisation                 &block;
  fem::BodyMaterials              bodies;
  equilibrium::EquilibriumProblem problem;
  linear::Vector<double>          u;
  equilibrium::StepReport         last;
  std::vector<double>             residuals; ///< of the last step's iterations
  unsigned int n_refused = 0; ///< steps cut back for want of a state
};
} // namespace miniscrew::verification
