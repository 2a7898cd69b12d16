// SPDX-License-Identifier: LGPL-2.1-or-later
// A bonded rigid pin moved in plane strain, against its closed forms.
#include "tests/verification/integrals.h"

#include <gtest/gtest.h>

using namespace miniscrew;
using namespace miniscrew::verification;

namespace
{
constexpr double pi = 3.14159265358979323846;
// Radius of the pin and of the circle where the bone is at rest, mm.
constexpr double a = 0.8, b = 5.;
constexpr double E = 13700., nu = 0.3, G = E / (2. * (1. + nu));
constexpr double kappa = 3. - 4. * nu;
constexpr double slab  = 1.; ///< height of the bone that is computed, mm

/// One motion of the pin by a unit, the bone's displacement, and the force or
/// torque that it takes per length.
struct Motion
{
  const char *name;
  Field       bone, pin;
  double      stiffness;
};

// u_z = ln(b/r) / ln(b/a)
Motion
axial()
{
  return {"axial",
          [](const Vector3 &x) -> Vector3 {
            const double r = std::hypot(x[0], x[1]);
            return {{0., 0., std::log(b / r) / std::log(b / a)}};
          },
          [](const Vector3 &) -> Vector3 {
            return {{0., 0., 1.}};
          },
          2. * pi *G / std::log(b / a)};
}

// u_theta = a^2 / (b^2 - a^2) (b^2 / r - r)
Motion
torsional()
{
  return {"torsional",
          [](const Vector3 &x) -> Vector3 {
            const double r2     = x[0] * x[0] + x[1] * x[1];
            const double factor = a * a / (b * b - a * a) * (b * b / r2 - 1.);
            return {{-factor * x[1], factor * x[0], 0.}};
          },
          [](const Vector3 &x) -> Vector3 {
            return {{-x[1], x[0], 0.}};
          },
          4. * pi *G *a *a *b *b / (b * b - a * a)};
}

// From the complex potentials phi = -P ln z + A z^2, psi = kappa P ln z +
// C / z^2 (Muskhelishvili): 2 G (u + i v) = kappa phi - z conj(phi') -
// conj(psi), with A and C such that both circles stay circles.
Motion
lateral()
{
  const double resistance =
    kappa * std::log(b / a) - (b * b - a * a) / (kappa * (a * a + b * b));
  const double P = G / resistance;
  const double A = -P / (kappa * (a * a + b * b));
  const double C = P * a * a * b * b / (a * a + b * b);
  return {"lateral",
          [=](const Vector3 &x) -> Vector3 {
            const double r2     = x[0] * x[0] + x[1] * x[1];
            const double cosine = (x[0] * x[0] - x[1] * x[1]) / r2,
                         sine   = 2. * x[0] * x[1] / r2;
            const double mean =
              kappa * P * std::log(b * b / r2) + 2. * A * (b * b - r2);
            const double second = P + kappa * A * r2 - C / r2;
            return {{(mean + second * cosine) / (2. * G),
                     second * sine / (2. * G),
                     0.}};
          },
          [](const Vector3 &) -> Vector3 {
            return {{1., 0., 0.}};
          },
          2. * pi *(1. + kappa) * G / resistance};
}

// The near cortex is computed; the pin, all bone below, and the outer faces
// of the cortex have the exact displacement, so no end effect is left.
void
prescribe_all_but_slab(fem::NodeSpace &space)
{
  prescribe_all_boundaries(space);
  space.prescribe_body(static_cast<unsigned int>(mesh::Layer::cancellous));
  space.prescribe_body(mesh::screw_id);
}

Field
exact(const Motion &motion)
{
  return [=](const Vector3 &x) {
    const double on_pin = a * (1. + 1e-6);
    return std::hypot(x[0], x[1]) < on_pin ? motion.pin(x) : motion.bone(x);
  };
}

// Work of the slab's internal forces on the pin's motion, per length: test
// functions that move with the pin pick the traction on its surface, as those
// on the slab's faces do no work in these motions.
double
stiffness(const Discretisation         &block,
          const linear::Vector<double> &u,
          const Motion                 &motion)
{
  fem::NodeSpace space(*block.triangulation, block.space.degree());
  prescribe_nothing(space);
  fem::BodyMaterials bodies = homogeneous(isotropic(1e-9 * E, nu));
  bodies[0]                 = isotropic(E, nu);
  const fem::ElasticityOperator<double> system(
    space, block.geometry, bodies, false);
  auto forces = space.make_vector<double>();
  system.internal_forces(forces, u);
  double work = 0.;
  for (unsigned int node = 0; node < space.n_owned_nodes(); ++node)
  {
    const Vector3 x = block.geometry.node(node);
    if (space.constraints().is_hanging(node) ||
        std::hypot(x[0], x[1]) > a * (1. + 1e-6))
      continue;
    const Vector3 v = motion.pin(x);
    for (unsigned int c = 0; c < 3; ++c)
      work += v[c] * forces.local_element(3 * node + c);
  }
  return total(space, work) / slab;
}

double
relative_error(const Motion &motion, const unsigned int refinements)
{
  Discretisation              block(std::make_shared<Pin>(a, 2.),
                       site(slab, 1., 4., 1.5),
                       globally(refinements),
                       2);
  const fem::ElasticitySolver solver(block.space,
                                     block.geometry,
                                     homogeneous(isotropic(E, nu)),
                                     prescribe_all_but_slab,
                                     {});
  auto       u       = prescribed_values(block.geometry, exact(motion));
  const auto verdict = solver.solve(u, block.space.make_vector<double>());
  EXPECT_TRUE(verdict.converged);
  const double error = stiffness(block, u, motion) / motion.stiffness - 1.;
  if (dealii::Utilities::MPI::this_mpi_process(MPI_COMM_WORLD) == 0)
    std::printf("%s, %u refinements: relative error %.2e\n",
                motion.name,
                refinements,
                error);
  return std::abs(error);
}
} // namespace

TEST(RigidPin, ClosedFormsHaveTheirPublishedValues)
{
  EXPECT_NEAR(axial().stiffness, 18066., 1.);
  EXPECT_NEAR(torsional().stiffness, 43491., 1.);
  EXPECT_NEAR(lateral().stiffness, 33456., 1.);
  for (const Motion &motion : {axial(), torsional(), lateral()})
    for (const double angle : {0.3, 1.9, 4.})
    {
      const double  c = std::cos(angle), s = std::sin(angle);
      const Vector3 at_pin{{a * c, a * s, 0.}};
      for (unsigned int d = 0; d < 3; ++d)
      {
        EXPECT_NEAR(motion.bone(at_pin)[d], motion.pin(at_pin)[d], 1e-12);
        EXPECT_NEAR(motion.bone({{b * c, b * s, 0.}})[d], 0., 1e-12);
      }
    }
}

TEST(RigidPin, TakesTheForceOfTheClosedForms)
{
  for (const Motion &motion : {axial(), torsional(), lateral()})
  {
    SCOPED_TRACE(motion.name);
    const double coarse = relative_error(motion, 1);
    const double fine   = relative_error(motion, 2);
    EXPECT_LT(coarse, 0.01);
    EXPECT_LT(fine, 0.001);
    EXPECT_LT(fine, 0.25 * coarse);
  }
}
