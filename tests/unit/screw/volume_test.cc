// SPDX-License-Identifier: LGPL-2.1-or-later
// Volumes against closed forms and against a plain sum.
#include "mesh/screw/screw_surface.h"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <utility>

using namespace miniscrew::mesh;

namespace
{
const double pi = std::acos(-1.);

/// A surface given by a formula.
class Formula : public RadialSurface
{
public:
  Formula(const double                                  height,
          std::function<double(double theta, double s)> radius)
    : height_(height),
      radius_(std::move(radius))
  {}

  double
  radius(const double theta, const double s) const override
  {
    return radius_(theta, s);
  }
  double
  mean_radius(const double s) const override
  {
    return radius_(0., s);
  }
  double
  height() const override
  {
    return height_;
  }
  std::vector<double>
  stations() const override
  {
    return {};
  }

private:
  double                                height_;
  std::function<double(double, double)> radius_;
};

/// Midpoint rule with n x n points; the error falls as 1/n^2.
double
plain_sum(const RadialSurface &surface, const unsigned int n)
{
  double sum = 0.;
  for (unsigned int i = 0; i < n; ++i)
    for (unsigned int j = 0; j < n; ++j)
    {
      const double r = surface.radius(2. * pi * (j + 0.5) / n,
                                      surface.height() * (i + 0.5) / n);
      sum += 0.5 * r * r;
    }
  return sum * 2. * pi * surface.height() / (double(n) * n);
}
} // namespace

TEST(Volume, OfACylinder)
{
  const Formula cylinder(3., [](double, double) { return 0.5; });
  EXPECT_NEAR(cylinder.volume(), pi * 0.25 * 3., 1e-12);
}

TEST(Volume, OfAConeFrustum)
{
  const double  a = 0.2, b = 0.9, h = 2.;
  const Formula cone(
    h, [=](double, const double s) { return a + (b - a) * s / h; });
  EXPECT_NEAR(cone.volume(), pi * h / 3. * (a * a + a * b + b * b), 1e-12);
}

TEST(Volume, OfARippledBody)
{
  // Mean of (1 + e cos)^2 is 1 + e^2 / 2.
  const Formula ripple(2., [](const double theta, const double s) {
    return 1. + 0.1 * std::cos(5. * theta - 7. * s);
  });
  EXPECT_NEAR(ripple.volume(1e-10), 2. * pi * 1.005, 1e-8);
}

TEST(Volume, OfAConicalScrew)
{
  ScrewGeometry geometry;
  geometry.core_taper = 0.15;
  const ScrewSurface surface(geometry);
  const double       volume = surface.volume();
  EXPECT_NEAR(plain_sum(surface, 3000) / volume, 1., 2e-7);
  EXPECT_NEAR(surface.volume(1e-10) / volume, 1., 1e-8);
}

TEST(Volume, OfTheThreadIsThatOfItsProfile)
{
  // By Pappus, one turn adds the ring between core and profile: sharp flanks
  // and crest, for fillets that are too small to matter.
  ScrewGeometry threaded;
  threaded.fillet_radius = 1e-5;
  ScrewGeometry longer   = threaded;
  longer.length += threaded.pitch;
  const double per_turn =
    ScrewSurface(longer).volume() - ScrewSurface(threaded).volume();

  const double c = 0.6, d = 0.2;
  const double flanks = d * (1. + std::tan(pi / 9.));
  const double core   = pi * c * c * threaded.pitch;
  const double crest  = pi * ((c + d) * (c + d) - c * c) * 0.1;
  const double slopes = pi * (c * d + d * d / 3.) * flanks;
  EXPECT_NEAR(per_turn, core + crest + slopes, 1e-6);
}
