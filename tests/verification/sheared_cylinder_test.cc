// SPDX-License-Identifier: LGPL-2.1-or-later
// A pin that is pulled along its axis, bonded to bone whose strength has a
// limit: the force approaches shear strength times the wall's area, tau pi D L.
#include "tests/verification/slab_with_hole.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

using namespace miniscrew;
using namespace miniscrew::verification;

namespace
{
constexpr double a = hole_radius;
// Where the bone does not move, mm; beyond the mesh.
constexpr double fixed = 8.;
constexpr double E = 15000., nu = 0.3, G = E / (2. * (1. + nu)), Y = 120.;
// Hardening as that of bone: r(kappa) = 1 + Q (1 - exp(-kappa / s)).
constexpr double Q = 0.2, s = 0.005;
const double     k = Y / std::sqrt(3.), limit = (1. + Q) * k;

// Shear on a cylinder in equilibrium with the force T per length: T / (2 pi r).
// The law's shear for it: kappa is the plastic shear by sqrt(3).
double
shear(const double tau)
{
  if (tau <= k)
    return tau / G;
  return tau / G - std::sqrt(3.) * s * std::log1p(-(tau / k - 1.) / Q);
}

// Displacement along the axis for the shear stress at the hole: the integral of
// the shear from where the bone does not move, by Gauss' rule of two points in
// 4000 parts whose lengths grow with their distance from the hole.
class PulledHole
{
public:
  explicit PulledHole(const double tau_at_hole)
    : tau_(tau_at_hole),
      values_(n + 1, 0.)
  {
    for (unsigned int i = n; i-- > 0;)
    {
      const double from = radius(i), to = radius(i + 1);
      const double middle = 0.5 * (from + to), half = 0.5 * (to - from);
      const double at = half / std::sqrt(3.);
      values_[i] = values_[i + 1] + half * (shear(tau_ * a / (middle - at)) +
                                            shear(tau_ * a / (middle + at)));
    }
  }

  double
  operator()(const double r) const
  {
    const double place =
      n * std::pow(std::max(0., (r - a) / (fixed - a)), 1. / 3.);
    const auto   i    = static_cast<unsigned int>(std::min(place, n - 1e-9));
    const double rest = (r - radius(i)) / (radius(i + 1) - radius(i));
    return (1. - rest) * values_[i] + rest * values_[i + 1];
  }

private:
  static constexpr unsigned int n = 4000;

  static double
  radius(const unsigned int i)
  {
    const double t = static_cast<double>(i) / n;
    return a + (fixed - a) * t * t * t;
  }

  double              tau_;
  std::vector<double> values_;
};

Field
pull(const PulledHole &hole, const double factor)
{
  return [hole, factor](const Vector3 &x) -> Vector3 {
    const double r = std::max(a, std::hypot(x[0], x[1]));
    return {{0., 0., factor * hole(r)}};
  };
}

// Upper faces are free along the axis alone, where an antiplane motion leaves
// no force in that direction.
constexpr unsigned char across = 3;
} // namespace

TEST(ShearedCylinder, LawHardensToItsLimit)
{
  EXPECT_NEAR(shear(k), k / G, 1e-15);
  EXPECT_NEAR(shear(k * (1. + Q * (1. - std::exp(-2.)))) -
                k * (1. + Q * (1. - std::exp(-2.))) / G,
              std::sqrt(3.) * 2. * s,
              1e-12);
  // Elastic: tau a / G ln(fixed / a).
  EXPECT_NEAR(PulledHole(k)(a), k * a / G * std::log(fixed / a), 1e-7);
}

// Up to 99 % of the limit, where the bone beside the hole is sheared 3 times as
// far as at first yield.
TEST(ShearedCylinder, TakesTheForceOfItsLawUpToTauPiDL)
{
  const double        end           = 0.99 * limit;
  materials::Material bone          = von_mises(E, nu, Y);
  bone.plasticity.saturation_ratio  = 1. + Q;
  bone.plasticity.saturation_strain = s;
  SlabWithHole slab(0.1, bone, across);
  slab.led.lead(
    [end](const double share) {
      const double growth = std::max(0., 2. * share - 1.);
      return pull(PulledHole(k + growth * (end - k)), std::min(1., 2. * share));
    },
    [&](const equilibrium::StepReport &step) {
      if (step.share < 0.5)
        return;
      const double expected = k + (2. * step.share - 1.) * (end - k);
      const double computed = slab.traction([](const Vector3 &) {
        return Vector3{{0., 0., 1.}};
      });
      if (is_first_rank())
        std::printf(
          "shear %.3f (law %.3f, limit %.3f) MPa\n", computed, expected, limit);
      EXPECT_NEAR(computed, expected, 0.003 * expected);
    });
}
