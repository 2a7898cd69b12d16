// SPDX-License-Identifier: LGPL-2.1-or-later
// The law of the interface at one point.
#include "solver/contact/contact_law.h"

#include <gtest/gtest.h>

#include <cmath>

using namespace miniscrew::contact;

namespace
{
constexpr double k_n = 2e5, k_t = 1e5, mu = 0.3;

LawParameters
frictional()
{
  LawParameters law;
  law.friction          = mu;
  law.normal_stiffness  = k_n;
  law.tangent_stiffness = k_t;
  return law;
}

const Vector3 n{{0.6, 0., 0.8}}, t{{0.8, 0., -0.6}}, b{{0., 1., 0.}};

// Jump by its parts along n, t and b.
Vector3
jump(const double along_n, const double along_t, const double along_b)
{
  Vector3 result;
  for (unsigned int d = 0; d < 3; ++d)
    result[d] = along_n * n[d] + along_t * t[d] + along_b * b[d];
  return result;
}

double
dot(const Vector3 &x, const Vector3 &y)
{
  return x[0] * y[0] + x[1] * y[1] + x[2] * y[2];
}

Vector3
multiply(const std::array<double, 6> &D, const Vector3 &x)
{
  return {{D[0] * x[0] + D[5] * x[1] + D[4] * x[2],
           D[5] * x[0] + D[1] * x[1] + D[3] * x[2],
           D[4] * x[0] + D[3] * x[1] + D[2] * x[2]}};
}

// Central difference of the traction along @p direction.
Vector3
difference(const LawParameters &law,
           const PointHistory  &history,
           const Vector3       &at,
           const Vector3       &direction)
{
  const double step = 1e-8;
  Vector3      plus = at, minus = at, result;
  for (unsigned int d = 0; d < 3; ++d)
  {
    plus[d] += step * direction[d];
    minus[d] -= step * direction[d];
  }
  const auto after  = respond(law, history, n, 0., plus),
             before = respond(law, history, n, 0., minus);
  for (unsigned int d = 0; d < 3; ++d)
    result[d] = (after.traction[d] + after.spring[d] - before.traction[d] -
                 before.spring[d]) /
                (2. * step);
  return result;
}
} // namespace

TEST(InterfaceLaw, OpenPointsCarryNothing)
{
  const auto response =
    respond(frictional(), {}, n, 1e-3, jump(5e-4, 1e-3, 0.));
  EXPECT_EQ(response.status, Status::open);
  EXPECT_NEAR(response.gap, 5e-4, 1e-15);
  EXPECT_EQ(response.pressure, 0.);
  for (unsigned int d = 0; d < 3; ++d)
    EXPECT_EQ(response.traction[d], 0.);
}

TEST(InterfaceLaw, PressurePushesTheScrewBack)
{
  const auto response = respond(frictional(), {}, n, -1e-4, jump(1e-4, 0., 0.));
  EXPECT_EQ(response.status, Status::stick);
  EXPECT_NEAR(response.pressure, 2e-4 * k_n, 1e-9);
  EXPECT_NEAR(dot(response.traction, n), -response.pressure, 1e-9);
}

TEST(InterfaceLaw, FrictionIsBoundedByThePressure)
{
  const double p = 1e-4 * k_n;
  for (const double slide : {1e-6, 1e-5, 1e-3, 0.1})
  {
    const auto response =
      respond(frictional(), {}, n, 0., jump(1e-4, 0.6 * slide, 0.8 * slide));
    const bool sticks = k_t * slide <= mu * p;
    EXPECT_EQ(response.status, sticks ? Status::stick : Status::slip);
    const double expected = std::min(k_t * slide, mu * p);
    EXPECT_NEAR(dot(response.traction, t), -0.6 * expected, 1e-9);
    EXPECT_NEAR(dot(response.traction, b), -0.8 * expected, 1e-9);
  }
}

TEST(InterfaceLaw, SlipReversesFromTheLastConvergedJump)
{
  PointHistory history;
  const auto   forth =
    respond(frictional(), history, n, 0., jump(1e-4, 0.01, 0.));
  ASSERT_EQ(forth.status, Status::slip);
  history.jump     = jump(1e-4, 0.01, 0.);
  history.traction = forth.traction;
  // Half the elastic range back leaves no traction, twice that its opposite.
  const double bound = mu * forth.pressure;
  history.traction   = forth.traction;
  for (unsigned int d = 0; d < 3; ++d)
    history.traction[d] += forth.pressure * n[d]; // the penalty presses already
  const auto middle =
    respond(frictional(), history, n, 0., jump(1e-4, 0.01 - bound / k_t, 0.));
  EXPECT_NEAR(dot(middle.traction, t), 0., 1e-9);
  const auto back = respond(frictional(), history, n, 0., jump(1e-4, 0., 0.));
  EXPECT_NEAR(dot(back.traction, t), bound, 1e-9);
}

TEST(InterfaceLaw, MultipliersCarryWithoutPenetration)
{
  PointHistory history;
  for (unsigned int d = 0; d < 3; ++d)
    history.traction[d] = -30. * n[d] + 5. * t[d];
  const auto response = respond(frictional(), history, n, 0., {});
  EXPECT_EQ(response.status, Status::stick);
  EXPECT_NEAR(response.pressure, 30., 1e-12);
  EXPECT_NEAR(dot(response.traction, t), 5., 1e-12);
}

TEST(InterfaceLaw, WithoutFrictionOnlySpringsHoldTheTangent)
{
  LawParameters law  = frictional();
  law.friction       = 0.;
  law.regularisation = 10.;
  const auto closed  = respond(law, {}, n, 0., jump(1e-4, 2e-3, 0.));
  EXPECT_EQ(closed.status, Status::slip);
  EXPECT_NEAR(dot(closed.traction, t), 0., 1e-12);
  EXPECT_NEAR(dot(closed.spring, t), -0.02, 1e-12);
}

// The tangent is the derivative, but for how the friction bound follows the
// pressure.
TEST(InterfaceLaw, TangentIsTheDerivative)
{
  PointHistory history;
  history.jump = jump(0., 1e-5, -2e-5);
  for (const double slide : {1e-5, 2e-3})
  {
    const Vector3 at       = jump(1e-4, 0.6 * slide, 0.8 * slide);
    const auto    response = respond(frictional(), history, n, 0., at);
    for (const Vector3 &direction : {t, b})
    {
      const Vector3 exact  = difference(frictional(), history, at, direction);
      const Vector3 linear = multiply(response.tangent, direction);
      for (unsigned int d = 0; d < 3; ++d)
        EXPECT_NEAR(exact[d], -linear[d], 2e-4 * k_t);
    }
    const Vector3 exact  = difference(frictional(), history, at, n),
                  linear = multiply(response.tangent, n);
    // With the part that is not symmetric: friction follows the pressure.
    for (unsigned int d = 0; d < 3; ++d)
      EXPECT_NEAR(exact[d], -linear[d] - response.bound_tangent[d], 1e-6 * k_n);
    EXPECT_EQ(dot(response.bound_tangent, response.bound_tangent) > 0.,
              response.status == Status::slip);
  }
}

TEST(InterfaceLaw, KnownSlipNeedsNoHistory)
{
  const Vector3 direction{{0.6 * t[0], 0.6 * t[1] + 0.8, 0.6 * t[2]}};
  const auto    open =
    slide(frictional(), {}, n, 1e-3, jump(5e-4, 0., 0.), direction);
  EXPECT_EQ(open.status, Status::open);
  EXPECT_EQ(dot(open.traction, open.traction), 0.);
  for (const double moved : {-1e-3, 0., 1e-3})
  {
    const auto response =
      slide(frictional(), {}, n, 0., jump(1e-4, moved, 0.), direction);
    EXPECT_EQ(response.status, Status::slip);
    EXPECT_NEAR(response.pressure, 1e-4 * k_n, 1e-9);
    for (unsigned int d = 0; d < 3; ++d)
      EXPECT_NEAR(response.traction[d],
                  -response.pressure * (n[d] + mu * direction[d]),
                  1e-9);
  }
  // d traction = -k_n (n + mu direction) per jump along the normal.
  const auto response =
    slide(frictional(), {}, n, 0., jump(1e-4, 0., 0.), direction);
  const Vector3 linear = multiply(response.tangent, n);
  for (unsigned int d = 0; d < 3; ++d)
    EXPECT_NEAR(linear[d] + response.bound_tangent[d],
                k_n * (n[d] + mu * direction[d]),
                1e-9 * k_n);
}

TEST(InterfaceLaw, TangentIsNeverNegative)
{
  for (const double press : {-1e-4, 1e-6, 1e-4})
    for (const double slide : {0., 1e-5, 1e-3, 0.1})
    {
      const auto response =
        respond(frictional(), {}, n, 0., jump(press, slide, -0.5 * slide));
      for (const Vector3 &x :
           {n, t, b, Vector3{{1., 2., 3.}}, Vector3{{-2., 0.5, 1.}}})
        EXPECT_GE(dot(x, multiply(response.tangent, x)), -1e-9);
    }
}

// The strength of the bone ends friction, which then follows no pressure.
TEST(InterfaceLaw, FrictionEndsAtItsLimit)
{
  LawParameters law  = frictional();
  law.friction_limit = 10.;
  const PointHistory  fresh;
  const PointResponse weak = respond(law, fresh, n, -1e-4, jump(0., 1e-2, 0.)),
                      strong =
                        respond(law, fresh, n, -1e-3, jump(0., 1e-2, 0.));
  // mu p is 6 and 60 MPa.
  EXPECT_NEAR(dot(weak.traction, t), -6., 1e-9);
  EXPECT_NEAR(dot(strong.traction, t), -10., 1e-9);
  EXPECT_GT(std::abs(dot(weak.bound_tangent, t)), 0.);
  EXPECT_EQ(dot(strong.bound_tangent, t), 0.);
  const PointResponse led = slide(law, fresh, n, -1e-3, {}, t);
  EXPECT_NEAR(dot(led.traction, t), -10., 1e-9);
  EXPECT_EQ(dot(led.bound_tangent, t), 0.);
  // Below the limit nothing slips that Coulomb's bound alone would hold.
  const PointResponse held = respond(law, fresh, n, -1e-3, jump(0., 5e-5, 0.));
  EXPECT_EQ(held.status, Status::stick);
}
