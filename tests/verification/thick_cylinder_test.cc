// SPDX-License-Identifier: LGPL-2.1-or-later
// A hole that a rigid pin widens: in an elastic-plastic cylinder, against Hill,
// and in a body that softens, against the integral of its law.
#include "tests/verification/slab_with_hole.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

using namespace miniscrew;
using namespace miniscrew::verification;

namespace
{
constexpr double a = hole_radius;
// Free outer surface of the cylinder, which reaches beyond the mesh: that has
// the elastic solution on its outer faces. mm
constexpr double b = 5.;
// Nearly incompressible, as Hill's solution with von Mises' criterion asks.
constexpr double E = 15000., nu = 0.49, G = E / (2. * (1. + nu)), Y = 120.;
const double     k = Y / std::sqrt(3.);

// Hill 1950, The Mathematical Theory of Plasticity, ch. V: pressure at the hole
// for the plastic radius c.
double
pressure(const double c)
{
  return k * (2. * std::log(c / a) + 1. - c * c / (b * b));
}

// Radial displacement in plane strain. Outside of c it is elastic; inside, the
// volume changes elastically with the mean stress k (c^2/b^2 - 2 ln(c/r)).
double
displacement(const double c, const double r)
{
  const auto elastic = [c](const double s) {
    return k * c * c / (2. * G) * (1. / s + (1. - 2. * nu) * s / (b * b));
  };
  if (r >= c)
    return elastic(r);
  const double s    = std::max(r, a);
  const double mean = c * c / (b * b) * (c * c - s * s) / 2. -
                      (c * c - s * s) / 2. + s * s * std::log(c / s);
  const double at_s = (c * elastic(c) - 3. * (1. - 2. * nu) / E * k * mean) / s;
  return at_s * r / s;
}

// First elastic up to c = a, then with growing c.
double
plastic_radius(const double share, const double end)
{
  const double growth = std::max(0., 2. * share - 1.);
  return std::sqrt(a * a + growth * (end * end - a * a));
}

Field
motion(const double share, const double end)
{
  const double factor = std::min(1., 2. * share);
  const double c      = plastic_radius(share, end);
  return [=](const Vector3 &x) -> Vector3 {
    const double r = std::hypot(x[0], x[1]);
    if (r == 0.)
      return {};
    const double u = factor * displacement(c, r) / r;
    return {{u * x[0], u * x[1], 0.}};
  };
}

// Upper faces are free but along the axis.
constexpr unsigned char along = 4;

// Pushes outwards with 1 at the hole.
const Field radial = [](const Vector3 &x) -> Vector3 {
  const double r = std::max(std::hypot(x[0], x[1]), 1e-12);
  return {{x[0] / r, x[1] / r, 0.}};
};
} // namespace

TEST(ThickCylinder, HillsPressureHasItsTabulatedValues)
{
  // literature: E = 15 GPa, Y = 120 MPa, a = 0.8, b = 5.
  EXPECT_NEAR(pressure(0.8), 67.508, 1e-3);
  EXPECT_NEAR(pressure(1.2), 121.474, 1e-3);
  EXPECT_NEAR(pressure(1.6), 158.233, 1e-3);
}

TEST(ThickCylinder, HasHillsPressureAndPlasticRadius)
{
  constexpr double end = 1.6;
  SlabWithHole     slab(0.2, von_mises(E, nu, Y), along);
  slab.led.lead(
    [](const double share) { return motion(share, end); },
    [&](const equilibrium::StepReport &step) {
      if (step.share < 0.5)
        return;
      const double computed = slab.traction(radial);
      const double yielded  = slab.led.energy_and_yielded_volume()[1];
      const double c        = plastic_radius(step.share, end);
      const double radius = std::sqrt(yielded / (pi * slab_thickness) + a * a);
      if (is_first_rank())
        std::printf("c = %.3f: pressure %.3f (Hill %.3f) MPa, radius %.3f mm\n",
                    c,
                    computed,
                    pressure(c),
                    radius);
      EXPECT_NEAR(computed, pressure(c), 0.005 * pressure(c));
      EXPECT_NEAR(radius, c, 0.03 * c);
    });
}

namespace
{
// What is left of the yield stress, and the plastic strain on the way there.
constexpr double left = 0.5, strain_scale = 0.02;
// So nearly incompressible that the shear is that of u = A / r within 0.5 %.
constexpr double nu_soft = 0.499, G_soft = E / (2. * (1. + nu_soft)),
                 bulk = E / (3. * (1. - 2. * nu_soft));

// Shear stress of the law at the shear @p gamma: tau = k (1 - (1 - R) (1 -
// exp(-kappa / s))), with kappa = (gamma - tau / G) / sqrt(3). It falls with
// tau less steeply than the line, so that bisection finds it.
double
shear_stress(const double gamma)
{
  if (gamma <= k / G_soft)
    return G_soft * gamma;
  double low = 0., high = k;
  for (int i = 0; i < 50; ++i)
  {
    const double tau   = 0.5 * (low + high);
    const double kappa = (gamma - tau / G_soft) / std::sqrt(3.);
    const double law =
      k * (left + (1. - left) * std::exp(-kappa / strain_scale));
    (tau < law ? low : high) = tau;
  }
  return 0.5 * (low + high);
}

// An infinite body around a hole that is widened. Outside of the plastic radius
// c the displacement is A / r with gamma = 2 A / r^2; inside, the mean stress,
// tau - p, compresses the body elastically.
class SofteningBody
{
public:
  explicit SofteningBody(const double c)
    : c_(c),
      A_(0.5 * k / G_soft * c * c)
  {
    double lost = 0.;
    pressure_   = k;
    products_.assign(1, A_);
    for (unsigned int i = 0; i < n; ++i)
    {
      const double r   = c - (i + 0.5) * step();
      const double tau = shear_stress(2. * A_ / (r * r));
      pressure_ += tau / r * step();
      lost += (tau - pressure_) / bulk * r * step();
      pressure_ += tau / r * step();
      products_.push_back(A_ - lost);
    }
  }

  // p = k + int tau / gamma d gamma from the first yield to the hole, MPa.
  double
  pressure() const
  {
    return pressure_;
  }

  double
  displacement(const double r) const
  {
    if (r >= c_)
      return A_ / r;
    const double s     = std::max(r, a);
    const double place = std::min(n - 1e-9, (c_ - s) / std::max(step(), 1e-12));
    const auto   i     = static_cast<unsigned int>(place);
    const double rest  = place - i;
    return ((1. - rest) * products_[i] + rest * products_[i + 1]) / s * (r / s);
  }

private:
  static constexpr unsigned int n = 400;

  double
  step() const
  {
    return (c_ - a) / n;
  }

  double              c_, A_, pressure_ = 0.;
  std::vector<double> products_; ///< of u and r, from c to a
};

Field
motion(const SofteningBody &body, const double factor)
{
  return [body, factor](const Vector3 &x) -> Vector3 {
    const double r = std::hypot(x[0], x[1]);
    if (r == 0.)
      return {};
    const double u = factor * body.displacement(r) / r;
    return {{u * x[0], u * x[1], 0.}};
  };
}
} // namespace

TEST(SofteningCavity, IsBetweenTheLimitsOfItsLaw)
{
  // k + int tau / gamma d gamma with tau = k, and with what is left of it.
  const double c = 1.6, p = k * (1. + 2. * std::log(c / a));
  EXPECT_LT(SofteningBody(c).pressure(), 0.95 * p);
  EXPECT_GT(SofteningBody(c).pressure(), k + left * (p - k));
}

TEST(SofteningCavity, HasThePressureOfItsLaw)
{
  constexpr double    end           = 1.6;
  materials::Material bone          = von_mises(E, nu_soft, Y);
  bone.plasticity.saturation_ratio  = left;
  bone.plasticity.saturation_strain = strain_scale;
  SlabWithHole slab(0.2, bone, along);
  slab.led.lead(
    [](const double share) {
      return motion(SofteningBody(plastic_radius(share, end)),
                    std::min(1., 2. * share));
    },
    [&](const equilibrium::StepReport &step) {
      if (step.share < 0.5)
        return;
      const double computed = slab.traction(radial);
      const double c        = plastic_radius(step.share, end);
      const double expected = SofteningBody(c).pressure();
      if (is_first_rank())
        std::printf(
          "c = %.3f: pressure %.3f (law %.3f) MPa\n", c, computed, expected);
      EXPECT_NEAR(computed, expected, 0.003 * expected);
    });
}
