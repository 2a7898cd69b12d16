// SPDX-License-Identifier: LGPL-2.1-or-later
// Screws and pins that are turned in: closed forms of torque and force.
#include "tests/verification/plasticity.h"
#include "tests/verification/turned_pin.h"

#include <gtest/gtest.h>

#include <cmath>

using namespace miniscrew;
using namespace miniscrew::verification;

namespace
{
constexpr double mu = 0.3;

Case
threaded_case(const double cut_fraction)
{
  Case c                  = pin_case(0., mu);
  c.screw                 = mesh::catalogue_screw("Dual Top", 1.6, 6.);
  c.site                  = site(1.5, 8., 8., 6.);
  c.screw_material        = isotropic(110000., 0.34);
  c.insertion.technique   = "self-drilling";
  c.insertion.pilot_depth = c.insertion.pilot_diameter = 0.;
  for (BoneCutting *part : {&c.insertion.cortex, &c.insertion.cancellous})
    part->cut_fraction = cut_fraction;
  c.insertion.relative_tolerance = 0.02;
  return c;
}
} // namespace

// The ends of the hole make their own pressure, the same at any depth: a
// further length takes Lame's pressure, the torque 2 pi mu p a^2
// per length times the cosine of the lead angle.
TEST(TurnedPin, FurtherLengthTakesLamesPressure)
{
  const double a = 0.8, delta = 0.005, length = 2.;
  const double p =
    delta / (a * ((1. + 0.3) / 13700. + 1. / 110000.)); // infinite medium
  Case long_case                    = pin_case(delta, mu);
  long_case.site.insertion_depth    = long_case.screw.length =
    long_case.insertion.pilot_depth = 5. + length;
  const Inserted short_pin(pin_case(delta, mu)), long_pin(long_case);
  EXPECT_NEAR(short_pin.point.max_interference, delta, 1e-9);
  const auto  &before = short_pin.point.loads, &after = long_pin.point.loads;
  const double lead   = std::atan(long_case.screw.pitch / (2. * pi * a));
  const double normal = 2. * pi * a * p * length;
  EXPECT_NEAR(
    after.contact_force() - before.contact_force(), normal, 0.02 * normal);
  EXPECT_NEAR(after.torque() - before.torque(),
              mu * std::cos(lead) * a * normal,
              0.02 * mu * a * normal);
  EXPECT_LT(short_pin.point.balance_error, 1e-5);
  EXPECT_NEAR(before.torque(),
              mu * std::cos(lead) * a * before.contact_force(),
              2e-3 * before.torque());

  const Inserted twice(pin_case(2. * delta, mu));
  EXPECT_NEAR(
    twice.point.loads.torque(), 2. * before.torque(), 5e-3 * before.torque());
}

// Elastic-plastic bone: Hill's expanded hole (thick-walled tube in plane
// strain, von Mises). Away from its ends the pin presses as its plastic zone of
// radius c asks for, and turns, or is pulled, as hard as that and friction say.
TEST(TurnedPin, PressesAsHillsHoleWhereBoneYields)
{
  constexpr double E = 13700., nu = 0.3, Y = 120., a = 0.8, c = 1.2, b = 12.;
  const double     k = Y / std::sqrt(3.), G = E / (2. * (1. + nu));
  const double     p = k * (2. * std::log(c / a) + 1. - c * c / (b * b));
  // Displacement of the hole's wall times a: that of the elastic zone at c,
  // and what the plastic zone is compressed by, whose mean stress is the mean
  // of the in-plane ones.
  const double elastic =
    k * c * c / (2. * G) * (1. + (1. - 2. * nu) * c * c / (b * b));
  const double compression =
    3. * (1. - 2. * nu) * k / E *
    (0.5 * (c * c - a * a) * (1. - c * c / (b * b)) - a * a * std::log(c / a));
  Case pin        = pin_case((elastic + compression) / a + p * a / 110000., mu);
  pin.near_cortex = pin.cancellous = pin.far_cortex = von_mises(E, nu, Y);
  // Friction shears the bone too, so that it yields earlier: with 0.3 the
  // pressure is 3.5 % lower, and Hill knows nothing of that. The pin is long
  // because its tip is felt over several millimetres.
  for (BoneCutting *part : {&pin.insertion.cortex, &pin.insertion.cancellous})
    part->friction = 0.05;
  pin.site         = site(1.5, 11., 2. * b, 9.);
  pin.screw.length = pin.insertion.pilot_depth = 9.;
  pin.boundary.lateral                         = BoundaryCondition::free;
  pin.insertion.steps                          = 2;
  pin.discretisation.far_size                  = 4.;
  Inserted inserted(pin);
  auto    &interface = inserted.problem->interface();
  // Mean pressure, torque and axial force per area, 2 to 4 mm deep.
  const auto means = [&interface] {
    std::array<double, 4> sums{};
    for (std::size_t i = 0; i < interface.points().size(); ++i)
    {
      const auto  &x    = interface.points()[i].position;
      const auto  &t    = interface.responses()[i].traction;
      const double area = interface.areas()[i];
      if (std::abs(x[2] + 3.) > 1.)
        continue;
      sums[0] += area * interface.responses()[i].pressure;
      sums[1] += area * (x[0] * t[1] - x[1] * t[0]);
      sums[2] += area * t[2];
      sums[3] += area;
    }
    for (double &sum : sums)
      sum = dealii::Utilities::MPI::sum(sum, MPI_COMM_WORLD);
    return std::array<double, 3>{
      {sums[0] / sums[3], sums[1] / sums[3], sums[2] / sums[3]}};
  };
  const auto   turned = means();
  const double lead   = std::atan(pin.screw.pitch / (2. * pi * a)),
               torque = 0.05 * p * std::cos(lead) * a;
  EXPECT_NEAR(turned[0], p, 0.01 * p);
  EXPECT_NEAR(turned[1], torque, 0.01 * torque);

  interface.set_known_slip([](const Vector3 &) {
    return Vector3{{0., 0., 1.}};
  });
  inserted.problem->march(
    inserted.u,
    "pull",
    [](double, auto &, auto &) {},
    [](const std::string &) {},
    [](const equilibrium::StepReport &) {});
  const auto pulled = means();
  EXPECT_NEAR(pulled[0], p, 0.01 * p);
  EXPECT_NEAR(pulled[1], 0., 1e-3 * torque);
  EXPECT_NEAR(pulled[2], -0.05 * p, 0.01 * 0.05 * p);
}

// Let go, it stays pressed, without torque and force.
TEST(TurnedPin, StaysPressedWhenItIsLetGo)
{
  Inserted                    pin(pin_case(0.005, mu));
  const stages::StageObserver quiet{[](const std::string &) {},
                                    [](const equilibrium::StepReport &) {}};
  stages::let_go(pin.model, *pin.problem, pin.u, quiet);
  const auto seated = pin.problem->interface().measures();
  EXPECT_NEAR(seated.normal_force,
              pin.point.loads.contact_force(),
              0.02 * seated.normal_force);
  EXPECT_NEAR(seated.force[2], 0., 1e-4 * seated.normal_force);
  const auto loads = stages::insertion_loads(
    pin.model, pin.case_.insertion, pin.problem->interface());
  EXPECT_NEAR(loads.torque(), 0., 1e-4 * pin.point.loads.torque());
}

// A ready-threaded hole has no interference, and without that no torque.
TEST(TurnedScrew, ReadyThreadedHoleTakesNoTorque)
{
  const Inserted screw(threaded_case(1.));
  EXPECT_NEAR(screw.point.max_interference, 0., 1e-9);
  EXPECT_NEAR(screw.point.loads.torque(), 0., 1e-6);
  EXPECT_EQ(screw.point.newton_iterations, 0u);
}

// Elastic bone and c < 1: the torque grows with friction, interference and the
// stiffness of bone, falls with the pilot hole.
TEST(TurnedScrew, TorqueFollowsItsCauses)
{
  const auto torque = [](const Case &c) {
    return Inserted(c).point.loads.torque();
  };
  const Case   base = threaded_case(0.98);
  const double here = torque(base);
  EXPECT_GT(here, 0.);
  Case rough = base;
  for (BoneCutting *part :
       {&rough.insertion.cortex, &rough.insertion.cancellous})
    part->friction = 0.4;
  EXPECT_GT(torque(rough), 1.1 * here);
  Case piloted                     = base;
  piloted.insertion.technique      = "self-tapping";
  piloted.insertion.pilot_diameter = 1.2;
  piloted.insertion.pilot_depth    = 6.;
  EXPECT_LT(torque(piloted), 0.8 * here);
  EXPECT_LT(torque(threaded_case(0.99)), 0.8 * here);
}

// A screw in a ready-threaded hole that is pulled by a weight F while it is
// turned in against it: the power screw's
// T = F (d_m / 2) (l + pi mu d_m sec a) / (pi d_m - mu l sec a)
// with the trailing flank's angle a, on which the thread leans.
TEST(TurnedScrew, LiftsAWeightLikeAPowerScrew)
{
  Case c = threaded_case(1.);
  for (BoneCutting *part : {&c.insertion.cortex, &c.insertion.cancellous})
    part->friction = 0.1;
  // The thread of a tip is no helical surface; this one is coarse enough to be
  // followed by a few cells.
  c.screw.tip                     = mesh::TipShape::flat;
  c.screw.diameter                = 2.;
  c.screw.core_diameter           = 1.5;
  c.screw.pitch                   = 2.;
  c.screw.crest_width             = 0.4;
  c.screw.leading_flank_angle     = 45.;
  c.screw.trailing_flank_angle    = 45.;
  c.screw.fillet_radius           = 0.1;
  c.discretisation.interface_size = 0.25;
  Inserted                   screw(c);
  const auto                 head = model::head_patch(screw.model);
  std::vector<model::Wrench> guided;
  for (const unsigned int motion : {0u, 1u, 3u, 4u, 5u})
  {
    guided.emplace_back();
    guided.back()[motion] = 1.;
  }
  const auto turn    = model::make_grip(screw.model, head, guided);
  auto      &problem = *screw.problem;
  problem.set_drivers(turn.drivers());
  const double weight = 5.;
  problem.march(
    screw.u,
    "lift",
    [&](const double share, linear::Vector<double> &forces, auto &) {
      head.add_load(forces, {{0., 0., share * weight}});
    },
    [](const std::string &) {},
    [](const equilibrium::StepReport &) {});
  const auto loads = stages::insertion_loads(
    screw.model, screw.case_.insertion, problem.interface());
  EXPECT_NEAR(loads.axial_force, -weight, 1e-4 * weight);
  const double r_m = 0.25 * (c.screw.diameter + c.screw.core_diameter),
               d_m = 2. * r_m, l = c.screw.pitch,
               sec = 1. / std::cos(c.screw.trailing_flank_angle * pi / 180.);
  const double expected =
    weight * r_m * (l + pi * 0.1 * d_m * sec) / (pi * d_m - 0.1 * l * sec);
  EXPECT_NEAR(loads.torque(), expected, 0.05 * expected);
}
