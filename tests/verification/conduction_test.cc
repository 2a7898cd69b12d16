// SPDX-License-Identifier: LGPL-2.1-or-later
// Conduction in a threaded screw and its bone: a solution with a kink at the
// interface, and the work of the solver on real screws.
#include "solver/fem/multigrid/conduction_solver.h"

#include "tests/verification/heated_screw.h"
#include "tests/verification/jet.h"
#include "tests/verification/smooth_thread.h"

#include <gtest/gtest.h>

using namespace miniscrew;
using namespace miniscrew::verification;

namespace
{
constexpr double depth = 1.2, c_bone = 1e-4;

// A function that is continuous at the interface, with a flux that is too:
//
//   u = g + phi w / k,  phi = 0 at the interface, g constant.
//
// There u = g on both sides, and n . (k grad u) = w n . grad(phi), which has no
// k. With one psi = phi w, smooth everywhere, the source on either side is
// f = -laplace(psi) + c u, and the flux through a boundary n . grad(psi).
//
// The thread's surface is r = b + a m cos(theta - 2 pi s / p) in the height s
// above the tip. Times r: r^2 - a m q = b r, with q = r cos(...) = x cos(2 pi
// s/p) + y sin(2 pi s/p). Squared, both sides are smooth at the axis, too. The
// tip is the plane s = 0. So
//
//   phi = ((r^2 - a m q)^2 - b^2 r^2) s.
Jet
psi(const Vector3 &p)
{
  const double a = 0.06, b = 0.7, pitch = 1.4, pi = std::acos(-1.);
  const Jet    x = Jet::variable(p, 0), y = Jet::variable(p, 1),
            s    = Jet::variable(p, 2) + depth;
  const Jet r2   = x * x + y * y;
  const Jet rise = s.value <= 0. ? Jet() : 1. - exp(s * s * (-1. / 0.64));
  const Jet q = x * cos(s * (2. * pi / pitch)) + y * sin(s * (2. * pi / pitch));
  const Jet side = r2 - a * rise * rise * q;
  const Jet phi  = (side * side - b * b * r2) * s;
  // Bounded, so that the far field does not dwarf the interface.
  const Jet decay = inverse(1. + r2);
  return phi * decay * decay * cos(x - 0.5 * s) * k_bone;
}

double
conductivity(const unsigned int body)
{
  return body == mesh::screw_id ? k_screw : k_bone;
}

double
exact(const unsigned int body, const Vector3 &p)
{
  return 37. + psi(p).value / conductivity(body);
}

fem::ConductionProblem
manufactured_problem()
{
  fem::ConductionProblem problem;
  problem.field = screw_and_bone(c_bone);
  for (const auto id : {mesh::boundary::x_lower,
                        mesh::boundary::x_upper,
                        mesh::boundary::y_lower,
                        mesh::boundary::y_upper,
                        mesh::boundary::bottom})
    problem.values[id] = [](const Vector3 &x) { return exact(0, x); };
  for (const auto id : {mesh::boundary::bone_surface,
                        mesh::boundary::screw_side,
                        mesh::boundary::screw_top})
    problem.inflow[id] = [](const Vector3 &x, const Vector3 &normal) {
      return dot(normal, psi(x).gradient);
    };
  problem.source = [](const fem::MaterialPlace &place) {
    const double c = place.body == mesh::screw_id ? 0. : c_bone;
    return -psi(place.x).laplacian + c * exact(place.body, place.x);
  };
  return problem;
}

struct Result
{
  double       error = 0., screw_error = 0.; ///< L2 norms, K mm^1.5
  double       heat       = 0.;              ///< int u, K mm^3
  unsigned int iterations = 0;
};

// Cells around the thread are refined once more than the others.
Result
solve(const unsigned int degree,
      const unsigned int times,
      const MPI_Comm     communicator = MPI_COMM_WORLD,
      const double       tolerance    = 1e-10)
{
  mesh::MapOptions options;
  options.fading_ratio = 10.;
  Discretisation block(
    std::make_shared<SmoothThread>(),
    site(0.6, 1.2, 3.6, depth),
    [times](mesh::Triangulation &triangulation, const auto &map) {
      for (const auto &cell : triangulation.active_cell_iterators())
        if (cell->is_locally_owned() && mesh::gauge(cell->center()) < 3. &&
            cell->center()[2] > map.tip_layer())
          cell->set_refine_flag();
      triangulation.execute_coarsening_and_refinement();
      triangulation.refine_global(times);
    },
    degree,
    communicator,
    options);
  EXPECT_GT(block.space.hanging_nodes().n_constraints(), 0u);
  fem::DegreeSolverOptions solver_options;
  solver_options.cg.relative_tolerance = tolerance;
  const fem::ConductionSolver solver(
    block.space, block.geometry, manufactured_problem(), solver_options);
  auto       u       = block.space.make_vector<double>(1);
  const auto verdict = solver.solve(u);
  EXPECT_TRUE(verdict.converged);

  Result result;
  result.iterations = verdict.iterations;
  for_cell_points(
    block.geometry,
    fem::CubeQuadrature(degree + 2),
    [&](const std::size_t      cell,
        const fem::ShapeTable &shape,
        const unsigned int     q,
        const Vector3         &x,
        const Matrix3 &,
        const double weight) {
      const auto body = block.space.cells()[cell]->material_id();
      double     here = 0.;
      for (unsigned int i = 0; i < shape.n_nodes; ++i)
        here +=
          shape.values[q * shape.n_nodes + i] *
          u.local_element(block.space.cell_nodes()[cell * shape.n_nodes + i]);
      const double square = weight * std::pow(here - exact(body, x), 2);
      result.error += square;
      result.screw_error += body == mesh::screw_id ? square : 0.;
      result.heat += weight * here;
    });
  result.error       = std::sqrt(total(block.space, result.error));
  result.screw_error = std::sqrt(total(block.space, result.screw_error));
  result.heat        = total(block.space, result.heat);
  return result;
}

class Conduction : public ::testing::TestWithParam<unsigned int>
{};
} // namespace

// The closed form against differences: a check of the jets, and of the surface
// that phi vanishes on.
TEST(ConductionSolution, VanishesAtTheThreadAndHasItsLaplacian)
{
  const SmoothThread thread;
  for (const double theta : {0.3, 2., 4.5})
    for (const double s : {0.2, 0.9, 1.7})
    {
      const double r = thread.radius(theta, s);
      EXPECT_NEAR(
        psi({{r * std::cos(theta), r * std::sin(theta), s - depth}}).value,
        0.,
        1e-14 * k_bone);
    }
  const double  h = 1e-4;
  const Vector3 p{{0.31, -0.52, -0.4}};
  double        laplacian = 0.;
  for (unsigned int d = 0; d < 3; ++d)
  {
    Vector3 above = p, below = p;
    above[d] += h;
    below[d] -= h;
    EXPECT_NEAR(psi(p).gradient[d],
                (psi(above).value - psi(below).value) / (2. * h),
                1e-6 * k_bone);
    laplacian +=
      (psi(above).value - 2. * psi(p).value + psi(below).value) / (h * h);
  }
  EXPECT_NEAR(psi(p).laplacian, laplacian, 1e-5 * k_bone);
}

// The L2 norm over both bodies. The isoparametric interface is within h^(k+1)
// of the exact one, so that it costs no order.
TEST_P(Conduction, ConvergesWithTheOrderOfItsDegreeDespiteTheKink)
{
  const unsigned int degree = GetParam();
  Result             coarse = solve(degree, 0);
  for (unsigned int times = 1; times < 3; ++times)
  {
    const Result fine        = solve(degree, times);
    const double order       = std::log2(coarse.error / fine.error),
                 screw_order = std::log2(coarse.screw_error / fine.screw_error);
    if (is_first_rank())
      std::printf("Q%u: L2 error %.3e, order %.2f, in the screw %.3e, %.2f; "
                  "%u iterations\n",
                  degree,
                  fine.error,
                  order,
                  fine.screw_error,
                  screw_order,
                  fine.iterations);
    EXPECT_LE(fine.iterations, 18u); // to 1e-10
    if (times == 2)
    {
      EXPECT_GT(order, degree + 1 - 0.2);
      EXPECT_GT(screw_order, degree + 1 - 0.3);
    }
    coarse = fine;
  }
}

TEST_P(Conduction, AllRanksTogetherFindWhatEachFindsAlone)
{
  const Result together = solve(GetParam(), 0, MPI_COMM_WORLD, 1e-13),
               alone    = solve(GetParam(), 0, MPI_COMM_SELF, 1e-13);
  EXPECT_NEAR(together.error / alone.error, 1., 1e-8);
  EXPECT_NEAR(together.heat / alone.heat, 1., 1e-11);
}

INSTANTIATE_TEST_SUITE_P(Degrees, Conduction, ::testing::Values(1u, 2u, 3u));

TEST(ConductionOfAScrew, TakesFewIterationsAtFiftyThousandUnknowns)
{
  expect_few_iterations(1, 0.11, 1.5);
  expect_few_iterations(2, 0.25, 1.5);
}
