// SPDX-License-Identifier: LGPL-2.1-or-later
// A uniform pressure goes through the interface of a threaded screw unchanged.
#include "tests/verification/contact_block.h"

#include <gtest/gtest.h>

#include <cmath>

using namespace miniscrew;
using namespace miniscrew::verification;

namespace
{
constexpr double E = 13700., nu = 0.3, strain = 1e-4;

struct Errors
{
  double displacement = 0., pressure = 0., shear = 0.;
};

// All outer faces move as in uniform compression; nothing tells the interface.
Errors
compress(const unsigned int degree, const double friction)
{
  ContactBlock block(catalogue_surface("Dual Top", 1.6, 6.),
                     site(1.5, 6.5, 8., 6.),
                     to_sizes(0.36, 2.5),
                     degree);
  const Field  exact = [](const Vector3 &x) -> Vector3 {
    return {{-strain * x[0], -strain * x[1], -strain * x[2]}};
  };
  contact::InterfaceParameters interface;
  interface.friction              = friction;
  interface.regularisation_factor = friction > 0. ? 0. : 1e-6;
  equilibrium::EquilibriumOptions options;
  options.tolerance.limit  = 2e-9;
  options.newton.tolerance = 1e-9;
  equilibrium::EquilibriumProblem problem(
    block.space,
    block.geometry,
    homogeneous(isotropic(E, nu)),
    [](fem::NodeSpace &space) {
      space.prescribe(
        [](const auto id) { return id <= mesh::boundary::screw_top ? 7 : 0; });
    },
    {},
    interface,
    options);
  auto u = block.space.make_vector<double>();
  problem.march(
    u,
    "compression",
    [&](double, auto &, auto &displacement) {
      displacement = prescribed_values(block.geometry, exact);
    },
    [](const std::string &) {},
    [](const equilibrium::StepReport &) {});

  const double pressure = 3. * strain * E / (3. * (1. - 2. * nu));
  Errors       errors;
  u.update_ghost_values();
  for (unsigned int node = 0; node < block.space.n_owned_nodes(); ++node)
    for (unsigned int c = 0; c < 3; ++c)
      if (!block.space.constraints().is_hanging(node))
        errors.displacement =
          std::max(errors.displacement,
                   std::abs(u.local_element(3 * node + c) -
                            exact(block.geometry.node(node))[c]));
  for (std::size_t k = 0; k < block.space.pairs().size(); ++k)
  {
    // At the rim both bodies are held: the law has nothing to say.
    if (block.space.constraints().prescribed[block.space.pairs()[k].bone] != 0)
      continue;
    const auto &response = problem.interface().responses()[k];
    errors.pressure =
      std::max(errors.pressure, std::abs(response.pressure / pressure - 1.));
    double square = 0.;
    for (const double t : response.traction)
      square += t * t;
    const double shear =
      std::sqrt(std::max(0., square - std::pow(response.pressure, 2)));
    errors.shear = std::max(errors.shear, shear / pressure);
  }
  namespace MPI       = dealii::Utilities::MPI;
  errors.displacement = MPI::max(errors.displacement, MPI_COMM_WORLD);
  errors.pressure     = MPI::max(errors.pressure, MPI_COMM_WORLD);
  errors.shear        = MPI::max(errors.shear, MPI_COMM_WORLD);
  return errors;
}
} // namespace

TEST(ContactPatch, UniformPressureIsTransmitted)
{
  for (const unsigned int degree : {1u, 2u})
    for (const double friction : {0., 0.3})
    {
      SCOPED_TRACE("degree " + std::to_string(degree) + ", friction " +
                   std::to_string(friction));
      const Errors errors = compress(degree, friction);
      // The displacement is 5e-4 mm at the faces.
      EXPECT_LT(errors.displacement, 5e-8);
      EXPECT_LT(errors.pressure, 1e-3);
      EXPECT_LT(errors.shear, 1e-2);
    }
}
