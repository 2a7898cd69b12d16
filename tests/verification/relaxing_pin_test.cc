// SPDX-License-Identifier: LGPL-2.1-or-later
// The pressure of a press fit falls as its materials relax.
#include "tests/verification/contact_block.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

using namespace miniscrew;
using namespace miniscrew::verification;

namespace
{
constexpr double a = 0.8, interference = 0.01; // mm
constexpr double E_bone = 13700., nu_bone = 0.3, E_pin = 110000.;
// Pin and bone have no stress along the axis.
constexpr double nu_pin = 0., tip = -5., top = 2.;
constexpr double hold = 120.; // s
// Pressures per radial displacement of the bone, and of the pin (Lame).
constexpr double K_bone   = E_bone / (a * (1. + nu_bone)),
                 K_pin    = E_pin / (a * (1. - nu_pin));
constexpr double pressure = interference * K_bone * K_pin / (K_bone + K_pin);

// A law that relaxes and yields nowhere.
materials::Material
relaxing(const materials::Material       &elastic,
         const materials::PronyConstants &constants)
{
  materials::Material result          = elastic;
  result.law                          = "drucker-prager";
  result.plasticity.yield_tension     = 1e6;
  result.plasticity.yield_compression = 1e6;
  result.plasticity.relaxation        = constants;
  return result;
}

struct HeldPin
{
  explicit HeldPin(const fem::BodyMaterials &bodies)
    : block(std::make_shared<Pin>(a, top - tip),
            site(1.5, 5., 5., -tip),
            to_sizes(0.5, 1.5)),
      problem(
        block.space,
        block.geometry,
        bodies,
        [](fem::NodeSpace &space) {
          space.prescribe(
            [](const dealii::types::boundary_id id) -> unsigned char {
              return id <= mesh::boundary::bottom ||
                         id == mesh::boundary::screw_top
                       ? 7
                       : 0;
            });
        },
        {},
        interface(),
        options()),
      u(block.space.make_vector<double>())
  {
    u.update_ghost_values();
    march([&](const double share) {
      problem.interface().set_interference_share(share);
      return share * pressure / K_bone;
    });
    first = force();
  }

  // The tip's face is open.
  static contact::InterfaceParameters
  interface()
  {
    contact::InterfaceParameters result;
    result.regularisation_factor = 1e-6;
    result.initial_gap           = [](const contact::InterfacePoint &at) {
      return at.position[2] < tip + 1e-6 ? 1. : -interference;
    };
    return result;
  }

  static equilibrium::EquilibriumOptions
  options()
  {
    equilibrium::EquilibriumOptions result;
    result.tolerance.limit  = 1e-7;
    result.newton.tolerance = 1e-8;
    return result;
  }

  // The bone's outer faces move as an infinite medium does whose hole widens
  // by widening(share).
  void
  march(const std::function<double(double)>                        &widening,
        const std::function<void(const equilibrium::StepReport &)> &report = {})
  {
    problem.march(
      u,
      "test",
      [&](const double share, auto &, auto &displacement) {
        const double wide = widening(share);
        const auto   to =
          prescribed_values(block.geometry, [&](const Vector3 &x) -> Vector3 {
            const double r2 = x[0] * x[0] + x[1] * x[1];
            if (r2 < a * a * (1. - 1e-6))
              return {};
            return {{wide * a / r2 * x[0], wide * a / r2 * x[1], 0.}};
          });
        for_unknowns(block.space, true, [&](unsigned int node, unsigned int c) {
          displacement.local_element(3 * node + c) =
            to.local_element(3 * node + c);
        });
      },
      [](const std::string &) {},
      [&](const equilibrium::StepReport &step) {
        if (report)
          report(step);
      });
  }

  // Lets time pass in even steps.
  void
  relax(const unsigned int                                          n_steps,
        const std::function<double(double)>                        &widening,
        const std::function<void(const equilibrium::StepReport &)> &report)
  {
    nonlinear::LoadStepOptions steps;
    steps.first = 1. / n_steps;
    problem.set_steps(steps);
    problem.set_hold(hold);
    march(widening, report);
    problem.set_hold(0.);
  }

  double
  force() const
  {
    return problem.interface().measures().normal_force;
  }

  ContactBlock                    block;
  equilibrium::EquilibriumProblem problem;
  linear::Vector<double>          u;
  double                          first = 0.;
};
} // namespace

// Where all relaxes alike, no displacement changes and stress follows the
// series.
TEST(RelaxingPin, PressureFollowsTheSeries)
{
  const materials::PronyConstants prony{{{0.1, 0.2, 0.15}}, {{5., 60., 900.}}};
  fem::BodyMaterials              bodies =
    homogeneous(relaxing(isotropic(E_bone, nu_bone), prony));
  bodies[mesh::screw_id] = relaxing(isotropic(E_pin, nu_pin), prony);
  HeldPin            pin(bodies);
  const auto         before = pin.u;
  const unsigned int n      = 4;
  unsigned int       n_told = 0;
  pin.relax(
    n,
    [](double) { return pressure / K_bone; },
    [&](const equilibrium::StepReport &step) {
      double kept = 1.;
      for (unsigned int k = 0; k < 3; ++k)
        kept -=
          prony.share[k] * (1. - std::exp(-step.share * hold / prony.time[k]));
      EXPECT_NEAR(pin.force() / pin.first, kept, 1e-5);
      ++n_told;
    });
  EXPECT_EQ(n_told, n);
  linear::Vector<double> change(pin.u);
  change -= before;
  EXPECT_LT(change.linfty_norm(), 1e-4 * before.linfty_norm());
}

// Bone that relaxes around a pin that does not: a standard solid in series with
// a spring, whose pressure falls from p_0 to p_1 like exp(-t / tau'), tau' =
// tau (K_bone + K_pin) / (K_bone (1 - s) + K_pin).
TEST(RelaxingPin, BoneRelaxesAroundAnElasticPin)
{
  constexpr double   s = 0.5, tau = 40.;
  fem::BodyMaterials bodies = homogeneous(
    relaxing(isotropic(E_bone, nu_bone), {{{s, 0., 0.}}, {{tau, 1., 1.}}}));
  bodies[mesh::screw_id] = isotropic(E_pin, nu_pin);
  HeldPin      pin(bodies);
  const double soft = K_bone * (1. - s),
               last = interference * soft * K_pin / (soft + K_pin),
               slow = tau * (K_bone + K_pin) / (soft + K_pin);
  const auto at     = [&](const double share) {
    return last + (pressure - last) * std::exp(-share * hold / slow);
  };
  pin.relax(
    6,
    [&](const double share) { return interference - at(share) / K_pin; },
    [&](const equilibrium::StepReport &step) {
      EXPECT_NEAR(pin.force() / pin.first, at(step.share) / pressure, 2e-3);
    });
  EXPECT_LT(pin.force(), 0.6 * pin.first);
}
