// SPDX-License-Identifier: LGPL-2.1-or-later
// A pin pressed into bone, against Lamé, and pulled until it slides.
#include "tests/verification/contact_block.h"

#include <gtest/gtest.h>

#include <cmath>

using namespace miniscrew;
using namespace miniscrew::verification;

namespace
{
constexpr double pi = 3.14159265358979323846;
constexpr double a = 0.8, interference = 0.01; // mm
constexpr double E_bone = 13700., nu_bone = 0.3, E_pin = 110000.;
// A pulled pin would become thinner by Poisson's effect, and its pressure less.
constexpr double nu_pin = 0.;
constexpr double tip = -5., top = 2.;

// Pressure of a pin with free ends in an infinite medium (the
// thick cylinder of solver/README.md with b to infinity; the bone has no axial
// stress, plane strain or not).
double
pressure()
{
  return interference / (a * ((1. + nu_bone) / E_bone + (1. - nu_pin) / E_pin));
}

// u_r = p a^2 (1 + nu) / (E r)
Field
bone_displacement(const double share)
{
  return [=](const Vector3 &x) -> Vector3 {
    const double r2 = x[0] * x[0] + x[1] * x[1];
    if (r2 < a * a * (1. - 1e-6))
      return {};
    const double factor =
      share * pressure() * a * a * (1. + nu_bone) / (E_bone * r2);
    return {{factor * x[0], factor * x[1], 0.}};
  };
}

// The bone's outer faces have the exact displacement; the pin's top is held or
// moved.
void
prescribe(fem::NodeSpace &space)
{
  space.prescribe([](const dealii::types::boundary_id id) -> unsigned char {
    return id <= mesh::boundary::bottom || id == mesh::boundary::screw_top ? 7
                                                                           : 0;
  });
}

struct PressedPin
{
  explicit PressedPin(const double friction,
                      const double size      = 0.4,
                      const double tolerance = 1e-5)
    : block(std::make_shared<Pin>(a, top - tip),
            site(1.5, 5., 5., -tip),
            to_sizes(size, 1.5)),
      problem(block.space,
              block.geometry,
              homogeneous_bone(),
              prescribe,
              {},
              interface(friction),
              options(tolerance)),
      u(block.space.make_vector<double>())
  {}

  static fem::BodyMaterials
  homogeneous_bone()
  {
    auto bodies            = homogeneous(isotropic(E_bone, nu_bone));
    bodies[mesh::screw_id] = isotropic(E_pin, nu_pin);
    return bodies;
  }

  // The tip's face is open.
  static contact::InterfaceParameters
  interface(const double friction)
  {
    contact::InterfaceParameters result;
    result.friction              = friction;
    result.regularisation_factor = friction > 0. ? 0. : 1e-6;
    result.initial_gap           = [](const contact::InterfacePoint &at) {
      return at.position[2] < tip + 1e-6 ? 1. : -interference;
    };
    return result;
  }

  static equilibrium::EquilibriumOptions
  options(const double tolerance)
  {
    equilibrium::EquilibriumOptions result;
    result.tolerance.limit = tolerance;
    return result;
  }

  void
  press_in()
  {
    problem.march(
      u,
      "press fit",
      [&](const double share, auto &, auto &displacement) {
        problem.interface().set_interference_share(share);
        displacement =
          prescribed_values(block.geometry, bone_displacement(share));
        restore_free_entries(displacement);
      },
      [](const std::string &) {},
      [&](const equilibrium::StepReport &step) { last = step; });
    remember();
  }

  // Moves the pin's top along a motion, from one multiple of it to another.
  void
  move_top(const Field       &motion,
           const double       from,
           const double       to,
           const unsigned int n_steps)
  {
    for (unsigned int i = 1; i <= n_steps; ++i)
    {
      const double before = from + (to - from) * (i - 1) / n_steps,
                   now    = from + (to - from) * i / n_steps;
      problem.march(
        u,
        "pull",
        [&](const double share, auto &, auto &displacement) {
          const double factor = before + share * (now - before);
          for_unknowns(
            block.space, true, [&](unsigned int node, unsigned int c) {
              if (on_top(node))
                displacement.local_element(3 * node + c) =
                  factor * motion(block.geometry.node(node))[c];
            });
        },
        [](const std::string &) {},
        [&](const equilibrium::StepReport &step) {
          last = step;
          dissipation += step.measures.dissipation;
        });
      path.push_back({now, reaction(motion)});
    }
  }

  bool
  on_top(const unsigned int node) const
  {
    return block.geometry.node(node)[2] > top - 1e-6;
  }

  // What holds the pin's top, as the work on a motion: a force or a torque.
  double
  reaction(const Field &motion)
  {
    auto forces = block.space.make_vector<double>();
    u.zero_out_ghost_values();
    problem.solver().system().reactions(forces, u);
    u.update_ghost_values();
    double work = 0.;
    for (unsigned int node = 0; node < block.space.n_owned_nodes(); ++node)
      if (on_top(node))
        for (unsigned int c = 0; c < 3; ++c)
          work += forces.local_element(3 * node + c) *
                  motion(block.geometry.node(node))[c];
    return dealii::Utilities::MPI::sum(work, MPI_COMM_WORLD);
  }

  // Sum of the normal forces of the interface, N.
  double
  normal_force() const
  {
    double sum = 0.;
    for (std::size_t k = 0; k < problem.interface().areas().size(); ++k)
      sum += problem.interface().areas()[k] *
             problem.interface().responses()[k].pressure;
    return dealii::Utilities::MPI::sum(sum, MPI_COMM_WORLD);
  }

  ContactBlock                           block;
  equilibrium::EquilibriumProblem        problem;
  linear::Vector<double>                 u;
  equilibrium::StepReport                last;
  double                                 dissipation = 0.;
  std::vector<std::pair<double, double>> path; ///< lift, force

private:
  linear::Vector<double> free_;

  void
  restore_free_entries(linear::Vector<double> &displacement)
  {
    if (free_.size() == 0)
      return;
    for_unknowns(block.space, false, [&](unsigned int node, unsigned int c) {
      displacement.local_element(3 * node + c) =
        free_.local_element(3 * node + c);
    });
  }
  void
  remember()
  {
    free_ = u;
  }
};

// Pressures on the shaft, away from its end, where the bone's bottom of the
// hole and the pin's free end are not Lamé's.
std::pair<double, double>
extremes(const PressedPin &pin)
{
  double least = 1e9, most = 0.;
  for (std::size_t k = 0; k < pin.block.space.pairs().size(); ++k)
  {
    const Vector3 x = pin.block.geometry.node(pin.block.space.pairs()[k].screw);
    if (x[2] < tip + 1.9 || x[2] > -1.9)
      continue;
    const double p = pin.problem.interface().responses()[k].pressure;
    least          = std::min(least, p);
    most           = std::max(most, p);
  }
  return {dealii::Utilities::MPI::min(least, MPI_COMM_WORLD),
          dealii::Utilities::MPI::max(most, MPI_COMM_WORLD)};
}

const Field along_axis = [](const Vector3 &) -> Vector3 {
  return {{0., 0., 1.}};
};
const Field about_axis = [](const Vector3 &x) -> Vector3 {
  return {{-x[1], x[0], 0.}};
};
} // namespace

TEST(ContactPin, PressFitHasLamesPressure)
{
  PressedPin pin(0., 0.2);
  pin.press_in();
  const auto [least, most] = extremes(pin);
  EXPECT_NEAR(least, pressure(), 0.01 * pressure());
  EXPECT_NEAR(most, pressure(), 0.01 * pressure());
  EXPECT_LT(pin.last.measures.penetration.value, 1e-5);
}

// Axial force 2 pi mu p a and torque 2 pi mu p a^2 per length; the ends make
// the mean pressure differ from Lame's.
TEST(ContactPin, SlidesAtCoulombsForceAndTorque)
{
  for (const bool turned : {false, true})
  {
    PressedPin pin(0.3);
    pin.press_in();
    const double before = pin.normal_force();
    pin.move_top(turned ? about_axis : along_axis, 0., turned ? 0.25 : 0.05, 2);
    const double limit = 0.3 * pin.normal_force() * (turned ? a : 1.);
    EXPECT_NEAR(pin.path.back().second, limit, 2e-3 * limit);
    EXPECT_NEAR(before, pressure() * 2. * pi * a * -tip, 0.05 * before);
    EXPECT_LT(pin.last.measures.stick_area, 0.01 * pin.last.measures.slip_area);
  }
}

// Up and down again: the loop's area is what friction took.
TEST(ContactPin, HysteresisIsFrictionalWork)
{
  PressedPin pin(0.3);
  pin.press_in();
  pin.move_top(along_axis, 0., 0.03, 3);
  pin.dissipation         = 0.;
  const std::size_t start = pin.path.size() - 1;
  pin.move_top(along_axis, 0.03, -0.03, 12);
  pin.move_top(along_axis, -0.03, 0.03, 12);
  EXPECT_NEAR(pin.path[start].second,
              pin.path.back().second,
              1e-3 * pin.path.back().second);
  double loop = 0.;
  for (std::size_t i = start + 1; i < pin.path.size(); ++i)
    loop += 0.5 * (pin.path[i].second + pin.path[i - 1].second) *
            (pin.path[i].first - pin.path[i - 1].first);
  EXPECT_GT(loop, 0.2);
  EXPECT_NEAR(pin.dissipation, loop, 0.02 * loop);
}
