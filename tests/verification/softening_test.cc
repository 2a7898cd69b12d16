// SPDX-License-Identifier: LGPL-2.1-or-later
// A bar that softens, on two meshes: what viscosity does.
#include "tests/verification/damaged_bar.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

using namespace miniscrew;
using namespace miniscrew::verification;

namespace
{
constexpr double free_length = NotchedPin::free_length;
constexpr double E = 10000., Y = 100., lift = 0.09;

bool
on_top(const Vector3 &x)
{
  return x[2] > free_length - 1e-6;
}

const Field up = [](const Vector3 &) -> Vector3 { return {{0., 0., 1.}}; };

Field
lifted(const double share)
{
  return [share](const Vector3 &x) -> Vector3 {
    return {{0., 0., on_top(x) ? share * lift : 0.}};
  };
}

// Metal that softens to 40 % of its strength.
fem::BodyMaterials
softening(const double strain, const double viscosity)
{
  fem::BodyMaterials bodies          = homogeneous(isotropic(E, 0.3));
  auto              &metal           = bodies[mesh::screw_id];
  metal                              = von_mises(E, 0.3, Y);
  metal.plasticity.saturation_ratio  = 0.4;
  metal.plasticity.saturation_strain = strain;
  metal.plasticity.viscosity         = viscosity;
  return bodies;
}

// Force over the share of the lift.
std::vector<double>
pull(const unsigned int refinements, const double viscosity)
{
  Discretisation                  block(std::make_shared<NotchedPin>(),
                       site(1., 2., 4., 1.),
                       globally(refinements),
                       2);
  equilibrium::EquilibriumOptions options;
  options.steps.first    = 0.05;
  options.steps.smallest = 1e-4;
  LedBodies bar(block, softening(0.05, viscosity), prescribe_top, options);
  std::vector<double> forces;
  bar.lead(lifted, [&](const equilibrium::StepReport &) {
    forces.push_back(bar.reaction(up, on_top));
  });
  if (is_first_rank())
    std::printf(
      "%u refinements, viscosity %3g MPa s: at most %.2f N, %.2f N at "
      "the end\n",
      refinements,
      viscosity,
      *std::max_element(forces.begin(), forces.end()),
      forces.back());
  return forces;
}

double
spread(const double viscosity)
{
  const double coarse = pull(0, viscosity).back(),
               fine   = pull(1, viscosity).back();
  return std::abs(coarse - fine) / fine;
}
} // namespace

// Without viscosity the strain gathers in one layer of cells, so that finer
// meshes carry less; with it, meshes agree.
TEST(Softening, ViscosityMakesMeshesAgree)
{
  const double without = spread(0.), with = spread(400.);
  if (is_first_rank())
    std::printf("forces at the end differ by %.1f %% without viscosity, "
                "%.1f %% with it\n",
                100. * without,
                100. * with);
  EXPECT_GT(without, 0.05);
  EXPECT_LT(with, 0.005);
}

// Softening that only viscosity allows finds no state in steps that are too
// long; they are cut back until it does.
TEST(Softening, StepsWithoutAnAdmissibleStateAreCutBack)
{
  Discretisation block(
    std::make_shared<NotchedPin>(), site(1., 2., 4., 1.), globally(0), 2);
  equilibrium::EquilibriumOptions options;
  options.steps.first    = 0.25;
  options.steps.smallest = 1e-3;
  LedBodies    bar(block, softening(0.002, 2000.), prescribe_top, options);
  unsigned int n_steps = 0;
  bar.lead(lifted, [&](const equilibrium::StepReport &) { ++n_steps; });
  EXPECT_GT(bar.n_refused, 0u);
  EXPECT_GT(n_steps, 8u);
  EXPECT_EQ(bar.last.share, 1.);
}
