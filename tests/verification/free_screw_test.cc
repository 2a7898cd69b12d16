// SPDX-License-Identifier: LGPL-2.1-or-later
// Torsion and bending of a pin that stands out of rigid bone.
#include "tests/verification/integrals.h"

#include <gtest/gtest.h>

using namespace miniscrew;
using namespace miniscrew::verification;

namespace
{
constexpr double pi     = 3.14159265358979323846;
constexpr double radius = 0.6, free_length = 8.;
constexpr double E = 110000., nu = 0.34, G = E / (2. * (1. + nu));
constexpr double area          = pi * radius * radius;
constexpr double second_moment = pi * radius * radius * radius * radius / 4.;
constexpr double polar_moment  = 2. * second_moment;

void
clamp_bone(fem::NodeSpace &space)
{
  prescribe_nothing(space);
  for (const auto body : {0, 1, 2})
    space.prescribe_body(body);
}

/// The mean motion of a cross-section.
struct Section
{
  double  z = 0.;
  Vector3 displacement{};
  double  twist = 0.; ///< about z
  double  tilt  = 0.; ///< of the section's normal towards +x
};

// Means over the lower faces of the coarse layer @p layer's cells.
Section
section(const Discretisation         &pin,
        const linear::Vector<double> &u,
        const unsigned int            layer)
{
  // Area, three displacements, moments of u, second moments, height.
  std::array<double, 9> sums{};
  for_face_points(
    pin.geometry,
    4,
    [layer](const fem::NodeSpace::CellIterator &cell, const unsigned int face) {
      return face == 4 && cell->material_id() == mesh::screw_id &&
             std::abs(cell->face(face)->center()[2] - layer) < 1e-9;
    },
    [&](std::size_t            cell,
        const fem::ShapeTable &shape,
        unsigned int           q,
        const Vector3         &x,
        const Vector3         &normal) {
      const Vector3 v             = value_at(u, pin.space, cell, shape, q);
      const double  dA            = norm(normal);
      const double  integrands[9] = {1.,
                                     v[0],
                                     v[1],
                                     v[2],
                                     x[0] * v[1] - x[1] * v[0],
                                     x[0] * x[0] + x[1] * x[1],
                                     -x[0] * v[2],
                                     x[0] * x[0],
                                     x[2]};
      for (unsigned int i = 0; i < 9; ++i)
        sums[i] += dA * integrands[i];
    });
  for (double &sum : sums)
    sum = total(pin.space, sum);
  return {sums[8] / sums[0],
          {{sums[1] / sums[0], sums[2] / sums[0], sums[3] / sums[0]}},
          sums[4] / sums[5],
          sums[6] / sums[7]};
}

class FreeScrew : public ::testing::Test
{
protected:
  FreeScrew()
    : pin(std::make_shared<Pin>(radius, free_length + 2.),
          site(1., 2., 4., 2.),
          globally(1),
          2),
      solver(pin.space,
             pin.geometry,
             homogeneous(isotropic(E, nu)),
             clamp_bone,
             {}),
      low(pin.map.surface_layer() + 4),
      high(pin.map.n_layers() - 4)
  {}

  linear::Vector<double>
  solve(const Field &traction)
  {
    auto       u       = pin.space.make_vector<double>();
    const auto verdict = solver.solve(
      u, surface_load(pin.geometry, mesh::boundary::screw_top, traction));
    EXPECT_TRUE(verdict.converged);
    return u;
  }

  void
  expect_ratio(const double computed, const double theory) const
  {
    EXPECT_NEAR(computed / theory, 1., 1e-3);
    if (dealii::Utilities::MPI::this_mpi_process(MPI_COMM_WORLD) == 0)
      std::printf("computed / theory = %.5f\n", computed / theory);
  }

  Discretisation        pin;
  fem::ElasticitySolver solver;
  unsigned int          low, high; ///< layers far from both ends
};
} // namespace

TEST_F(FreeScrew, TwistsAsInTorsionTheory)
{
  const double  torque = 10.;
  const auto    u      = solve([torque](const Vector3 &x) -> Vector3 {
    const double factor = torque / polar_moment;
    return {{-factor * x[1], factor * x[0], 0.}};
  });
  const Section below = section(pin, u, low), above = section(pin, u, high);
  ASSERT_GT(above.z - below.z, 3.);
  expect_ratio(above.twist - below.twist,
               torque * (above.z - below.z) / (G * polar_moment));
}

TEST_F(FreeScrew, BendsAsInTimoshenkoTheory)
{
  const double  force = 2.;
  const auto    u     = solve([force](const Vector3 &) -> Vector3 {
    return {{force / area, 0., 0.}};
  });
  const Section below = section(pin, u, low), above = section(pin, u, high);
  const double  span = above.z - below.z, lever = free_length - below.z;
  const double  shear_correction = 6. * (1. + nu) / (7. + 6. * nu);
  const double  by_bending =
    force / (E * second_moment) * span * span * (lever / 2. - span / 6.);
  const double by_shear = force * span / (shear_correction * G * area);
  expect_ratio(above.displacement[0] - below.displacement[0] -
                 below.tilt * span,
               by_bending + by_shear);
  expect_ratio(above.tilt - below.tilt,
               force / (E * second_moment) * span * (lever - span / 2.));
}
