// SPDX-License-Identifier: LGPL-2.1-or-later
// Linear displacements are exact on the deformed threaded mesh.
#include "tests/verification/integrals.h"

#include <gtest/gtest.h>

using namespace miniscrew;
using namespace miniscrew::verification;

namespace
{
constexpr Matrix3 strain_and_rotation = {{{{1.0e-3, 4.0e-4, -2.0e-4}},
                                          {{-3.0e-4, 5.0e-4, 7.0e-4}},
                                          {{6.0e-4, -1.0e-4, -8.0e-4}}}};

Vector3
linear_field(const Vector3 &x)
{
  Vector3 u{{1e-3, -2e-3, 3e-3}};
  for (unsigned int c = 0; c < 3; ++c)
    for (unsigned int d = 0; d < 3; ++d)
      u[c] += strain_and_rotation[c][d] * x[d];
  return u;
}

materials::Material
orthotropic()
{
  materials::Material material;
  material.is_isotropic              = false;
  material.orthotropic.young_modulus = {{17900., 12500., 26600.}};
  material.orthotropic.shear_modulus = {{5300., 7100., 4500.}};
  material.orthotropic.poisson_ratio = {{0.31, 0.28, 0.26}};
  material.orthotropic.axis_1        = {{1., 0.3, 0.2}};
  material.orthotropic.axis_2        = {{0., 1., -0.4}};
  return material;
}

Discretisation
threaded_screw(const unsigned int degree)
{
  return Discretisation(catalogue_surface("Dual Top", 1.6, 8.),
                        site(1.5, 9., 8., 8.),
                        to_sizes(0.36, 3.),
                        degree);
}

double
largest(const fem::NodeSpace &space, const double value)
{
  return dealii::Utilities::MPI::max(value, space.communicator());
}

// Largest difference of all local nodes, hanging ones and ghosts included, from
// the linear field, relative to the field's size.
double
largest_error(const Discretisation &screw, const linear::Vector<double> &u)
{
  double error = 0., size = 0.;
  for (const unsigned int node : screw.space.cell_nodes())
  {
    const Vector3 exact = linear_field(screw.geometry.node(node));
    for (unsigned int c = 0; c < 3; ++c)
    {
      size = std::max(size, std::abs(exact[c]));
      error =
        std::max(error, std::abs(u.local_element(3 * node + c) - exact[c]));
    }
  }
  return largest(screw.space, error) / largest(screw.space, size);
}

// Stresses are about 20 MPa on faces of about 0.1 mm^2.
constexpr double force_tolerance = 1e-10;

// Internal forces at the free unknowns of a uniform stress, by a rule with
// n_points per direction.
linear::Vector<double>
forces_of(const Discretisation        &screw,
          const std::array<double, 6> &s,
          const unsigned int           n_points)
{
  const fem::NodeSpace &space  = screw.space;
  auto                  forces = space.make_vector<double>();
  for_cell_points(screw.geometry,
                  fem::CubeQuadrature(n_points),
                  [&](std::size_t            cell,
                      const fem::ShapeTable &shape,
                      unsigned int           q,
                      const Vector3 &,
                      const Matrix3 &J,
                      double         weight) {
                    const Matrix3 G = fem::inverse(J);
                    for (unsigned int i = 0; i < shape.n_nodes; ++i)
                    {
                      Vector3 g{};
                      for (unsigned int d = 0; d < 3; ++d)
                        for (unsigned int e = 0; e < 3; ++e)
                          g[e] += weight *
                                  shape.gradients[q * shape.n_nodes + i][d] *
                                  G[d][e];
                      scatter(space,
                              space.cell_nodes()[cell * shape.n_nodes + i],
                              {{s[0] * g[0] + s[5] * g[1] + s[4] * g[2],
                                s[5] * g[0] + s[1] * g[1] + s[3] * g[2],
                                s[4] * g[0] + s[3] * g[1] + s[2] * g[2]}},
                              forces);
                    }
                  });
  forces.compress(dealii::VectorOperation::add);
  return forces;
}

bool
has_hanging_nodes(const fem::NodeSpace &space)
{
  return total(space, space.constraints().line_begin.size() - 1.) > 0.;
}

class Patch : public ::testing::TestWithParam<unsigned int>
{};
} // namespace

TEST_P(Patch, SolvesALinearFieldExactly)
{
  Discretisation screw  = threaded_screw(GetParam());
  auto          &space  = screw.space;
  const auto     bodies = homogeneous(isotropic(13700., 0.3));
  ASSERT_TRUE(has_hanging_nodes(space));
  fem::DegreeSolverOptions options;
  options.cg.relative_tolerance = 1e-12;
  const fem::ElasticitySolver solver(
    space, screw.geometry, bodies, prescribe_all_boundaries, options);
  auto       u       = prescribed_values(screw.geometry, linear_field);
  const auto verdict = solver.solve(u, space.make_vector<double>());
  EXPECT_TRUE(verdict.converged);
  // The stiffness of degree 3 is integrated inexactly on curved cells.
  EXPECT_LT(largest_error(screw, u), GetParam() < 3 ? 1e-9 : 1e-4);
}

TEST_P(Patch, InternalForcesOfALinearFieldVanish)
{
  Discretisation screw = threaded_screw(GetParam());
  auto          &space = screw.space;
  prescribe_all_boundaries(space);
  auto u = nodal_values(screw.geometry, linear_field);
  u.update_ghost_values();
  space.distribute(u);
  EXPECT_LT(largest_error(screw, u), 1e-13);
  for (const auto &material : {isotropic(13700., 0.3), orthotropic()})
  {
    const auto sigma = stress(material.stiffness(), strain_and_rotation);
    const fem::ElasticityOperator<double> system(
      space, screw.geometry, homogeneous(material), false);
    auto forces = space.make_vector<double>();
    system.internal_forces(forces, u);
    // The integrand is a polynomial of degree 3 k - 1 in each direction: the
    // k + 1 Gauss points of the kernel suffice up to degree 2, and k + 2
    // points show that cells of degree 3 match as well.
    if (GetParam() < 3)
    {
      EXPECT_LT(forces.linfty_norm(), force_tolerance);
    }
    EXPECT_LT(forces_of(screw, sigma, GetParam() + 2).linfty_norm(),
              force_tolerance);
    forces -= forces_of(screw, sigma, GetParam() + 1);
    EXPECT_LT(forces.linfty_norm(), force_tolerance);
  }
}

INSTANTIATE_TEST_SUITE_P(Degrees, Patch, ::testing::Values(1u, 2u, 3u));

TEST(OrthotropicBlock, UniformStrainHasTheAnalyticEnergyAndReactions)
{
  Discretisation block(
    std::make_shared<Pin>(0.7, 3.), site(1., 2., 4., 2.), to_sizes(0.5, 2.), 2);
  const auto                  material = orthotropic();
  const fem::ElasticitySolver solver(block.space,
                                     block.geometry,
                                     homogeneous(material),
                                     prescribe_all_boundaries,
                                     {});
  auto u = prescribed_values(block.geometry, linear_field);
  ASSERT_TRUE(solver.solve(u, block.space.make_vector<double>()).converged);
  EXPECT_LT(largest_error(block, u), 1e-7);

  const auto C      = material.stiffness();
  const auto exact  = stress(C, strain_and_rotation);
  double     energy = 0., volume = 0., stress_error = 0.;
  for_cell_points(block.geometry,
                  fem::CubeQuadrature(3),
                  [&](std::size_t            cell,
                      const fem::ShapeTable &shape,
                      unsigned int           q,
                      const Vector3 &,
                      const Matrix3 &J,
                      double         weight) {
                    const Matrix3 H =
                      gradient_at(u, block.space, cell, shape, q, J);
                    const auto s = stress(C, H);
                    for (unsigned int i = 0; i < 6; ++i)
                      stress_error =
                        std::max(stress_error, std::abs(s[i] - exact[i]));
                    energy += 0.5 * weight * twice_energy(s, H);
                    volume += weight;
                  });
  EXPECT_LT(largest(block.space, stress_error), 1e-5 * std::abs(exact[2]));
  energy = total(block.space, energy);
  volume = total(block.space, volume);
  EXPECT_NEAR(energy,
              0.5 * twice_energy(exact, strain_and_rotation) * volume,
              1e-7 * energy);

  // The work of the internal forces, from the kernel rather than from this
  // file's integrals.
  fem::NodeSpace free(*block.triangulation, 2);
  prescribe_nothing(free);
  const fem::ElasticityOperator<double> system(
    free, block.geometry, homogeneous(material), false);
  auto forces = free.make_vector<double>();
  system.internal_forces(forces, u);
  EXPECT_NEAR(0.5 * (forces * u), energy, 1e-10 * energy);
}
