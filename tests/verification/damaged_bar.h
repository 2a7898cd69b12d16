// SPDX-License-Identifier: LGPL-2.1-or-later
// A bar with a notch, pulled until damage that follows an average localises.
#pragma once

#include "tests/verification/plasticity.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <functional>
#include <memory>
#include <vector>

namespace miniscrew::verification
{
/// A round bar, 5 % thinner in its middle, where it fails.
class NotchedPin : public Pin
{
public:
  static constexpr double thickest = 0.6, free_length = 3.;

  NotchedPin()
    : Pin(thickest, free_length + 1.)
  {}

  double
  radius(double, const double s) const override
  {
    const double from_notch = (s - 1. - 0.5 * free_length) / 0.5;
    return thickest * (1. - 0.05 * std::exp(-from_notch * from_notch));
  }
  double
  mean_radius(const double s) const override
  {
    return radius(0., s);
  }
  std::vector<double>
  stations() const override
  {
    return {1. + 0.5 * free_length};
  }
};

/// What pulling a bar shows.
struct BarCurve
{
  double       peak = 0., end = 0.; ///< N
  double       greatest_drop = 0.;  ///< of the force between two steps, N
  double       work          = 0.;  ///< N mm
  double       dissipated = 0.; ///< work less elastic energy at the end, N mm
  double       cell       = 0.; ///< mean size, mm
  double       width      = 0.; ///< of the zone that still flows at the end, mm
  unsigned int n_steps = 0, n_newton = 0, n_relaxations = 0;
};

/// How brittle the metal is: softening over a small strain breaks a bar of a
/// small modulus, whose ends spring back, in a jump.
struct DamagedMetal
{
  double young_modulus = 10000., damage_strain = 0.08;
};

/// The bar of metal that hardens by a fifth and is then damaged by an average
/// over @p length mm, lifted by @p lift mm.
inline BarCurve
pull_damaged_bar(const unsigned int  refinements,
                 const double        length,
                 const double        lift,
                 const MPI_Comm      communicator = MPI_COMM_WORLD,
                 const DamagedMetal &metal        = {})
{
  constexpr double nu = 0.3, Y = 100.;
  const double     E      = metal.young_modulus;
  const auto       on_top = [](const Vector3 &x) {
    return x[2] > NotchedPin::free_length - 1e-6;
  };
  fem::BodyMaterials bodies  = homogeneous(isotropic(E, nu));
  bodies[mesh::screw_id]     = von_mises(E, nu, Y);
  materials::Plasticity &p   = bodies[mesh::screw_id].plasticity;
  p.saturation_ratio         = 1.2;
  p.saturation_strain        = 0.005;
  p.damage_limit_compression = 0.8;
  p.damage_limit_shear       = 0.98;
  p.damage_strain_shear      = metal.damage_strain;
  p.internal_length          = length;

  Discretisation                  block(std::make_shared<NotchedPin>(),
                       site(1., 2., 4., 1.),
                       globally(refinements),
                       2,
                       communicator);
  equilibrium::EquilibriumOptions options;
  options.steps.first      = 0.04 * 0.12 / lift;
  options.steps.smallest   = options.steps.first / 64.;
  options.newton.tolerance = 1e-8;
  LedBodies bar(block, bodies, prescribe_top, options);
  BarCurve  result;
  double    share = 0.;
  bar.lead(
    [&](const double to) -> Field {
      return [=](const Vector3 &x) -> Vector3 {
        return {{0., 0., on_top(x) ? to * lift : 0.}};
      };
    },
    [&](const equilibrium::StepReport &step) {
      const double force = bar.reaction(
        [](const Vector3 &) -> Vector3 {
          return {{0., 0., 1.}};
        },
        on_top);
      result.work += 0.5 * (force + result.end) * (step.share - share) * lift;
      result.peak          = std::max(result.peak, force);
      result.greatest_drop = std::max(result.greatest_drop, result.end - force);
      result.end           = force;
      result.width         = step.yielding_share * NotchedPin::free_length;
      result.n_newton += step.newton_iterations;
      result.n_relaxations += step.relaxations;
      ++result.n_steps;
      share = step.share;
    });
  result.dissipated          = result.work - bar.energy_and_yielded_volume()[0];
  const fem::Quality quality = fem::measure_quality(block.geometry);
  double             n_cells = 0.;
  for (const auto &cell : block.space.cells())
    n_cells += cell->material_id() == mesh::screw_id;
  n_cells     = dealii::Utilities::MPI::sum(n_cells, communicator);
  result.cell = std::cbrt(quality.volume[mesh::screw_id] / n_cells);
  if (is_first_rank())
    std::printf("cells of %.3f mm, length %g mm: peak %.3f N, %.3f N at the "
                "end, work %.4f N mm, dissipated %.4f N mm; %.2f mm flow; %u "
                "steps, %u Newton iterations\n",
                result.cell,
                length,
                result.peak,
                result.end,
                result.work,
                result.dissipated,
                result.width,
                result.n_steps,
                result.n_newton);
  return result;
}
} // namespace miniscrew::verification
