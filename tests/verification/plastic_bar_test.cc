// SPDX-License-Identifier: LGPL-2.1-or-later
// A round bar of von Mises metal in torsion, up to its limit and to and fro.
#include "tests/verification/plasticity.h"

#include <gtest/gtest.h>

#include <cmath>

using namespace miniscrew;
using namespace miniscrew::verification;

namespace
{
constexpr double pi     = 3.14159265358979323846;
constexpr double radius = 0.6, free_length = 4.;
constexpr double E = 110000., nu = 0.34, Y = 830.;
const double     G = E / (2. * (1. + nu)), k = Y / std::sqrt(3.);

bool
on_top(const Vector3 &x)
{
  return x[2] > free_length - 1e-6;
}

const Field about_axis = [](const Vector3 &x) -> Vector3 {
  return {{-x[1], x[0], 0.}};
};

// Times a field on the bar's top.
Field
turned(const double angle)
{
  return [angle](const Vector3 &x) -> Vector3 {
    if (!on_top(x))
      return {};
    return {{-angle * x[1], angle * x[0], 0.}};
  };
}

struct Bar
{
  explicit Bar(const unsigned int refinements, const double first_step = 0.1)
    : block(std::make_shared<Pin>(radius, free_length + 1.),
            site(1., 2., 4., 1.),
            globally(refinements),
            2),
      led(block, bodies(), prescribe_top, options(first_step))
  {}

  static fem::BodyMaterials
  bodies()
  {
    fem::BodyMaterials result = homogeneous(isotropic(E, nu));
    result[mesh::screw_id]    = verification::von_mises(E, nu, Y);
    return result;
  }

  static equilibrium::EquilibriumOptions
  options(const double first_step)
  {
    equilibrium::EquilibriumOptions result;
    result.steps.first      = first_step;
    result.newton.tolerance = 1e-9;
    return result;
  }

  double
  torque()
  {
    return led.reaction(about_axis, on_top);
  }

  Discretisation block;
  LedBodies      led;
};

const double yield_angle = k / G * free_length / radius;
} // namespace

// T_p = 2 pi / 3 k r^3.
TEST(PlasticBar, TwistsAtItsLimitTorque)
{
  Bar bar(1);
  bar.led.lead(
    [](const double share) { return turned(5. * share * yield_angle); });
  const double limit  = 2. * pi / 3. * k * std::pow(radius, 3);
  const double torque = bar.torque();
  if (is_first_rank())
    std::printf("limit torque %.3f N mm, theory %.3f\n", torque, limit);
  EXPECT_NEAR(torque, limit, 0.01 * limit);
}

// Where the set of yielding points stays, Newton's method converges
// quadratically.
TEST(PlasticBar, NewtonConvergesQuadratically)
{
  Bar bar(1, 0.25);
  bar.led.lead(
    [](const double share) { return turned(2. * share * yield_angle); });
  const std::vector<double> &r = bar.led.residuals;
  if (is_first_rank())
    for (const double residual : r)
      std::printf("relative residual %.2e\n", residual);
  ASSERT_GE(r.size(), 3u);
  ASSERT_LE(r.size(), 7u);
  // The linear systems are solved to 1e-5 at best.
  const double last = r[r.size() - 1], before = r[r.size() - 2];
  EXPECT_LT(last, std::max(1e-10, 1e-3 * before));
  EXPECT_LT(last, std::max(1e-10, 100. * before * before));
}

// Turned to and fro: every step takes up work or only gives back what was
// stored, and the loop between two states of the same stress takes up its area.
TEST(PlasticBar, CyclesDissipate)
{
  Bar          bar(0, 0.05);
  const double far   = 3. * yield_angle;
  double       angle = 0., torque = 0., energy = 0., dissipated = 0.;
  double       start = 0., least = 1e300, first_loop = 0.;
  for (const double end : {far, -far, far, -far})
  {
    const double before = dissipated;
    bar.led.lead(
      [&](const double share) { return turned(start + share * (end - start)); },
      [&](const equilibrium::StepReport &step) {
        const double now        = start + step.share * (end - start);
        const double new_torque = bar.torque(),
                     new_energy = bar.led.energy_and_yielded_volume()[0];
        const double taken_up =
          0.5 * (torque + new_torque) * (now - angle) - (new_energy - energy);
        least = std::min(least, taken_up);
        dissipated += taken_up;
        angle  = now;
        torque = new_torque;
        energy = new_energy;
      });
    if (end < 0. && first_loop == 0.)
    {
      first_loop = dissipated - before;
    }
    else if (end < 0.)
    {
      // The second way back repeats the first.
      EXPECT_NEAR(dissipated - before, first_loop, 0.01 * first_loop);
    }
    start = end;
  }
  // On the way back torque changes by twice what it was at half the angle on
  // the first way (Masing 1926). With f = far / yield_angle and the torque
  // T_p (1 - f^-3 / 4) of an elastic-plastic bar, a way takes up
  const double f     = far / yield_angle;
  const double limit = 2. * pi / 3. * k * std::pow(radius, 3);
  const double first_way =
    3. / 8. + (f - 1.) + (1. / (f * f) - 1.) / 8.; // per limit, yield_angle
  const double theory =
    limit * yield_angle * (4. * first_way - 2. * f * (1. - 0.25 / (f * f * f)));
  if (is_first_rank())
    std::printf(
      "dissipated on a way %.3f N mm, theory %.3f\n", first_loop, theory);
  EXPECT_NEAR(first_loop, theory, 0.03 * theory);
  // Trapezoids overrate or underrate the work of a curved step a little.
  EXPECT_GT(least, -1e-3 * first_loop);
}
