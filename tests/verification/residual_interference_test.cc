// SPDX-License-Identifier: LGPL-2.1-or-later
// Residual interference, the driver's force and the limit of friction: closed
// forms of torque, pressure and work.
#include "mesh/screw/catalogue.h"

#include "solver/model/bone_statistics.h"

#include "tests/verification/turned_pin.h"

#include <gtest/gtest.h>

#include <cmath>

using namespace miniscrew;
using namespace miniscrew::verification;

namespace
{
constexpr double mu = 0.3, radius = 0.7;

// Elastic bone 13.7 GPa / 0.3 around titanium 110 GPa / 0.34, plane strain:
// 14.46 MPa per micrometre on a radius of 0.7 mm (Lame).
double
lame_pressure(const double delta)
{
  return delta / (radius * (1.3 / 13700. + 1.34 * (1. - 2. * 0.34) / 110000.));
}

// A smooth pin with cutting edges all along, over a narrower pilot hole.
Case
edged_pin(const double length, const double delta)
{
  Case c           = pin_case(0., mu);
  c.screw.diameter = c.screw.core_diameter = 2. * radius;
  c.screw.head_width                       = 2. * radius;
  c.screw.pitch              = 0.05; // turns nearly around the axis alone
  c.screw.length             = length;
  c.screw.cutting_length     = length;
  c.screw_material           = isotropic(110000., 0.34);
  c.site                     = site(1.5, 9., 24., length);
  c.insertion.pilot_diameter = 1.2;
  c.insertion.pilot_depth    = length;
  for (BoneCutting *part : {&c.insertion.cortex, &c.insertion.cancellous})
  {
    part->cut_fraction.reset();
    part->residual = {{delta, delta, delta}};
  }
  c.discretisation.degree   = 2;
  c.discretisation.far_size = 4.;
  return c;
}

// A threaded screw that cuts its way into elastic bone, on a coarse mesh.
Case
cutting_screw()
{
  Case c                         = pin_case(0., mu);
  c.screw                        = mesh::catalogue_screw("Dual Top", 1.6, 6.);
  c.site                         = site(1.5, 8., 8., 6.);
  c.screw_material               = isotropic(110000., 0.34);
  c.insertion                    = Insertion();
  c.insertion.technique          = "self-drilling";
  c.insertion.relative_tolerance = 1e-3;
  c.discretisation.degree        = 1;
  for (BoneCutting *part : {&c.insertion.cortex, &c.insertion.cancellous})
    part->friction_limit = 1e4;
  return c;
}
} // namespace


// A further length presses as Lame's formula says, in proportion to the
// interference, and turns as hard as that: T / L = 2 pi mu p r^2.
TEST(ResidualInterference, PressesAsLame)
{
  constexpr double delta = 0.003, before = 5., after = 7.;
  const Inserted   short_pin(edged_pin(before, delta)),
    long_pin(edged_pin(after, delta));
  const double area   = 2. * pi * radius * (after - before),
               normal = area * lame_pressure(delta);
  const auto &a = short_pin.point.loads, &b = long_pin.point.loads;
  EXPECT_NEAR(lame_pressure(0.001), 14.46, 0.005);
  EXPECT_NEAR(b.contact_force() - a.contact_force(), normal, 0.01 * normal);
  EXPECT_NEAR(
    b.torque() - a.torque(), mu * radius * normal, 0.01 * mu * radius * normal);
}

// Friction that reaches the strength of the bone in shear goes no further:
// T / A = tau r, whatever the pressure. Points on the edge of the flat end
// belong to that as well.
TEST(ResidualInterference, FrictionEndsAtItsLimit)
{
  constexpr double limit = 5., length = 5.;
  Case             c = edged_pin(length, 0.003);
  for (BoneCutting *part : {&c.insertion.cortex, &c.insertion.cancellous})
    part->friction_limit = limit;
  const Inserted pin(c);
  const auto    &interface = pin.problem->interface();
  double         area = 0., torque = 0.;
  for (std::size_t k = 0; k < interface.points().size(); ++k)
  {
    const Vector3 &x = interface.points()[k].position,
                  &t = interface.responses()[k].traction;
    if (x[2] < 1e-6 - length)
      continue;
    area += interface.surface(k);
    torque += interface.areas()[k] * (x[0] * t[1] - x[1] * t[0]);
  }
  area                  = dealii::Utilities::MPI::sum(area, MPI_COMM_WORLD);
  torque                = dealii::Utilities::MPI::sum(torque, MPI_COMM_WORLD);
  const double lead     = std::atan(0.05 / (2. * pi * radius)),
               expected = limit * radius * std::cos(lead);
  // All of the mantle but half a cell at the edge.
  EXPECT_NEAR(area, 2. * pi * radius * length, 0.02 * area);
  EXPECT_NEAR(torque / area, expected, 1e-3 * expected);
}

// Low, mid and high are the states that runs with one number find.
TEST(ResidualInterference, BandIsThatOfThreeRuns)
{
  Case band = cutting_screw();
  for (BoneCutting *part : {&band.insertion.cortex, &band.insertion.cancellous})
    part->friction_range = std::array<double, 2>{{0.2, 0.4}};
  const stages::InsertionPoint all = Inserted(band).point;
  const auto alone                 = [&](const std::size_t i, const double f) {
    Case c = band;
    for (BoneCutting *part : {&c.insertion.cortex, &c.insertion.cancellous})
    {
      part->residual.fill(band.insertion.cortex.residual[i]);
      part->friction_range.reset();
      part->friction = f;
    }
    return Inserted(c).point;
  };
  const stages::InsertionPoint low = alone(0, 0.2), mid = alone(1, 0.3),
                               high = alone(2, 0.4);
  EXPECT_NEAR(all.low.torque, low.loads.torque(), 5e-3 * all.low.torque);
  EXPECT_NEAR(
    all.loads.torque(), mid.loads.torque(), 5e-3 * mid.loads.torque());
  EXPECT_NEAR(all.high.torque, high.loads.torque(), 5e-3 * all.high.torque);
  EXPECT_NEAR(all.high.contact_force,
              high.loads.contact_force(),
              5e-3 * all.high.contact_force);
  EXPECT_LT(all.low.torque, 0.6 * all.loads.torque());
}

// The driver pushes, the thread leads: forces along the axis balance, and the
// push hardly matters.
TEST(ResidualInterference, ThreadLeadsWhateverThePush)
{
  std::vector<double> torques;
  for (const double push : {5., 10., 15.})
  {
    Case c                   = cutting_screw();
    c.insertion.driver_force = push;
    const Inserted screw(c);
    EXPECT_FALSE(screw.point.is_led);
    EXPECT_LT(screw.point.balance_error, 1e-6);
    EXPECT_NEAR(screw.point.loads.axial_force, push, 0.01 * push);
    torques.push_back(screw.point.loads.torque());
  }
  EXPECT_NEAR(torques[0], torques[1], 0.03 * torques[1]);
  EXPECT_NEAR(torques[2], torques[1], 0.03 * torques[1]);
}

// Nothing but the driver moves a smooth pin along its axis.
TEST(ResidualInterference, DriverLeadsWhatNoThreadCarries)
{
  EXPECT_TRUE(Inserted(edged_pin(4., 0.002)).point.is_led);
}

// Without friction the push on a tapered pin that nothing cuts for is what the
// bone stores on the way: F = dU / dd. The edge of its flat end, where normals
// are mixed, stands on the bone below the hole and does not count.
TEST(ResidualInterference, PushOnATaperIsStoredInTheBone)
{
  const auto taper = [](const double depth) {
    Case c                     = edged_pin(6., 0.);
    c.screw.core_taper         = 0.03;
    c.screw.tip                = mesh::TipShape::flat;
    c.screw.tip_radius         = radius * (1. - c.screw.core_taper);
    c.screw.cutting_length     = 0.;
    c.site.insertion_depth     = depth;
    c.insertion.pilot_diameter = 2. * c.screw.tip_radius;
    c.insertion.pilot_depth    = 6.5;
    c.interface.friction       = 0.;
    for (BoneCutting *part : {&c.insertion.cortex, &c.insertion.cancellous})
      part->friction = 0.;
    return c;
  };
  const auto stored = [&](const double depth) {
    const Inserted pin(taper(depth));
    return model::strain_statistics(pin.model, {&pin.u, nullptr}).energy;
  };
  constexpr double depth = 4.5, step = 0.25;
  const double     rate =
    (stored(depth + step) - stored(depth - step)) / (2. * step);
  const Inserted pin(taper(depth));
  const auto    &interface = pin.problem->interface();
  double         push      = 0.;
  for (std::size_t k = 0; k < interface.points().size(); ++k)
  {
    const contact::InterfacePoint &point = interface.points()[k];
    if (point.position[2] > 1e-6 - depth)
      push -= interface.areas()[k] * interface.responses()[k].pressure *
              point.normal[2];
  }
  push = dealii::Utilities::MPI::sum(push, MPI_COMM_WORLD);
  EXPECT_NEAR(push, rate, 0.01 * rate);
}

// The driver's work in a turn is that of friction along the helix, of the
// chips, and of the pressure where the surface is not helical.
TEST(ResidualInterference, WorkOfATurnIsAccountedFor)
{
  const Inserted screw(cutting_screw());
  const double   pitch    = screw.case_.screw.pitch;
  double         friction = 0., pressure = 0., on_shaft = 0.;
  const auto    &interface = screw.problem->interface();
  for (std::size_t k = 0; k < interface.points().size(); ++k)
  {
    const auto &x = interface.points()[k].position;
    const auto &n = interface.points()[k].normal;
    const auto &r = interface.responses()[k];
    // Path in a turn.
    const Vector3 path{{2. * pi * x[1], -2. * pi * x[0], -pitch}};
    const Vector3 slide = contact::tangential(path, n);
    friction += interface.surface(k) * mu * r.pressure * norm(slide);
    const double pushed = interface.areas()[k] * r.pressure * dot(path, n);
    const double s      = x[2] + screw.case_.site.insertion_depth;
    pressure += pushed;
    if (s > screw.case_.screw.cutting_length)
      on_shaft += pushed;
  }
  friction           = dealii::Utilities::MPI::sum(friction, MPI_COMM_WORLD);
  pressure           = dealii::Utilities::MPI::sum(pressure, MPI_COMM_WORLD);
  const auto  &loads = screw.point.loads;
  const double work  = 2. * pi * loads.torque() + loads.axial_force * pitch;
  EXPECT_NEAR(work, friction + pressure + 2. * pi * loads.cutting, 0.01 * work);
  // Beside the tip, the surface is all but helical.
  on_shaft = dealii::Utilities::MPI::sum(on_shaft, MPI_COMM_WORLD);
  EXPECT_LT(std::abs(on_shaft), 0.02 * work);
}
