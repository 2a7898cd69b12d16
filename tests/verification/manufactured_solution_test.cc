// SPDX-License-Identifier: LGPL-2.1-or-later
// Observed orders of convergence to a smooth solution on the curved mesh.
#include "tests/verification/integrals.h"
#include "tests/verification/smooth_thread.h"

#include <gtest/gtest.h>

using namespace miniscrew;
using namespace miniscrew::verification;

namespace
{
const materials::Material material = isotropic(13700., 0.3);

Vector3
exact_value(const Vector3 &p)
{
  const double x = p[0], y = p[1], z = p[2];
  return {{std::sin(x + y / 2.) * std::cos(z),
           x * std::cos(y - z),
           std::sin(z + x) + x * y / 5.}};
}

Matrix3
exact_gradient(const Vector3 &p)
{
  const double x = p[0], y = p[1], z = p[2];
  const double first = std::cos(x + y / 2.) * std::cos(z);
  return {{{{first, first / 2., -std::sin(x + y / 2.) * std::sin(z)}},
           {{std::cos(y - z), -x * std::sin(y - z), x * std::sin(y - z)}},
           {{std::cos(z + x) + y / 5., x / 5., std::cos(z + x)}}}};
}

// -div sigma = -(lambda + mu) grad div u - mu laplace u
Vector3
body_force(const Vector3 &p)
{
  const double x = p[0], y = p[1], z = p[2];
  const double lambda = material.isotropic.lame_lambda(),
               mu     = material.isotropic.shear_modulus();
  const double  sxy   = std::sin(x + y / 2.) * std::cos(z);
  const Vector3 grad_div{{-sxy - std::sin(y - z) - std::sin(z + x),
                          -sxy / 2. - x * std::cos(y - z),
                          -std::cos(x + y / 2.) * std::sin(z) +
                            x * std::cos(y - z) - std::sin(z + x)}};
  const Vector3 laplace{
    {-2.25 * sxy, -2. * x * std::cos(y - z), -2. * std::sin(z + x)}};
  Vector3 force;
  for (unsigned int c = 0; c < 3; ++c)
    force[c] = -(lambda + mu) * grad_div[c] - mu * laplace[c];
  return force;
}

struct Errors
{
  double displacement = 0.; ///< L2 norm
  double energy       = 0.; ///< energy norm
};

Errors
measure(const Discretisation &block, const linear::Vector<double> &u)
{
  const auto C = material.stiffness();
  Errors     squares;
  for_cell_points(block.geometry,
                  fem::CubeQuadrature(block.space.degree() + 2),
                  [&](std::size_t            cell,
                      const fem::ShapeTable &shape,
                      unsigned int           q,
                      const Vector3         &x,
                      const Matrix3         &J,
                      double                 weight) {
                    const Vector3 value =
                                    value_at(u, block.space, cell, shape, q),
                                  exact = exact_value(x);
                    Matrix3 H = gradient_at(u, block.space, cell, shape, q, J);
                    const Matrix3 exact_H = exact_gradient(x);
                    for (unsigned int c = 0; c < 3; ++c)
                    {
                      squares.displacement +=
                        weight * (value[c] - exact[c]) * (value[c] - exact[c]);
                      for (unsigned int d = 0; d < 3; ++d)
                        H[c][d] -= exact_H[c][d];
                    }
                    squares.energy += weight * twice_energy(stress(C, H), H);
                  });
  return {std::sqrt(total(block.space, squares.displacement)),
          std::sqrt(total(block.space, squares.energy))};
}

Errors
solve(const unsigned int degree, const Refine &refine)
{
  // The ripple fades over cells, not within one.
  mesh::MapOptions options;
  options.fading_ratio = 10.;
  Discretisation           block(std::make_shared<SmoothThread>(),
                       site(0.6, 1.2, 3.6, 1.2),
                       refine,
                       degree,
                       MPI_COMM_WORLD,
                       options);
  fem::DegreeSolverOptions solver_options;
  solver_options.cg.relative_tolerance = 1e-10;
  const fem::ElasticitySolver solver(block.space,
                                     block.geometry,
                                     homogeneous(material),
                                     prescribe_all_boundaries,
                                     solver_options);
  auto       u       = prescribed_values(block.geometry, exact_value);
  const auto forces  = body_load(block.geometry, body_force);
  const auto verdict = solver.solve(u, forces);
  EXPECT_TRUE(verdict.converged);
  return measure(block, u);
}

// Errors over meshes that are each refined once more than the one before.
void
expect_orders(const unsigned int degree, const std::vector<Errors> &errors)
{
  for (std::size_t i = 1; i < errors.size(); ++i)
  {
    const double order =
      std::log2(errors[i - 1].displacement / errors[i].displacement);
    const double energy_order =
      std::log2(errors[i - 1].energy / errors[i].energy);
    if (dealii::Utilities::MPI::this_mpi_process(MPI_COMM_WORLD) == 0)
      std::printf("Q%u: error %.3e, order %.2f, in energy %.3e, %.2f\n",
                  degree,
                  errors[i].displacement,
                  order,
                  errors[i].energy,
                  energy_order);
    if (i + 1 < errors.size())
      continue;
    EXPECT_GT(order, degree + 1 - 0.2);
    EXPECT_GT(energy_order, degree - 0.2);
  }
}

class Manufactured : public ::testing::TestWithParam<unsigned int>
{};
} // namespace

TEST(ManufacturedLoad, IsMinusTheDivergenceOfTheStress)
{
  const auto    C    = material.stiffness();
  const double  step = 1e-5;
  const Vector3 p{{0.31, -0.52, 0.77}};
  const auto    shifted = [&](const unsigned int d, const double by) {
    Vector3 x = p;
    x[d] += by;
    return x;
  };
  const Matrix3          H = exact_gradient(p);
  Vector3                divergence{};
  constexpr unsigned int voigt[3][3] = {{0, 5, 4}, {5, 1, 3}, {4, 3, 2}};
  for (unsigned int d = 0; d < 3; ++d)
  {
    const Vector3 above = exact_value(shifted(d, step)),
                  below = exact_value(shifted(d, -step));
    const auto s_above  = stress(C, exact_gradient(shifted(d, step))),
               s_below  = stress(C, exact_gradient(shifted(d, -step)));
    for (unsigned int c = 0; c < 3; ++c)
    {
      EXPECT_NEAR(H[c][d], (above[c] - below[c]) / (2. * step), 1e-8);
      divergence[c] +=
        (s_above[voigt[c][d]] - s_below[voigt[c][d]]) / (2. * step);
    }
  }
  for (unsigned int c = 0; c < 3; ++c)
    EXPECT_NEAR(body_force(p)[c], -divergence[c], 1e-4);
}

TEST_P(Manufactured, ConvergesWithTheOrderOfItsDegree)
{
  std::vector<Errors> errors;
  for (unsigned int times = 0; times < 3; ++times)
    errors.push_back(solve(GetParam(), globally(times)));
  expect_orders(GetParam(), errors);
}

INSTANTIATE_TEST_SUITE_P(Degrees, Manufactured, ::testing::Values(1u, 2u, 3u));

TEST(ManufacturedLocally, ConvergesOnALocallyRefinedMesh)
{
  std::vector<Errors> errors;
  for (unsigned int times = 0; times < 2; ++times)
    errors.push_back(
      solve(2, [times](mesh::Triangulation &triangulation, const auto &map) {
        for (const auto &cell : triangulation.active_cell_iterators())
          if (cell->is_locally_owned() && mesh::gauge(cell->center()) < 3. &&
              cell->center()[2] > map.tip_layer())
            cell->set_refine_flag();
        triangulation.execute_coarsening_and_refinement();
        triangulation.refine_global(times);
      }));
  expect_orders(2, errors);
}
