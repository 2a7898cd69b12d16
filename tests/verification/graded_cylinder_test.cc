// SPDX-License-Identifier: LGPL-2.1-or-later
// Bone that gets stiffer away from the pin, against a closed form.
#include "tests/verification/integrals.h"

#include <gtest/gtest.h>

#include <cmath>

using namespace miniscrew;
using namespace miniscrew::verification;

namespace
{
constexpr double a = 0.8, slab = 1., E0 = 10000., nu = 0.3, n = 2.;

double
radius(const Vector3 &x)
{
  return std::max(std::hypot(x[0], x[1]), a);
}

// E = E0 (r/a)^n with the same nu everywhere, in any layout.
std::shared_ptr<const fem::MaterialField>
graded_bone(const fem::MaterialLayout layout)
{
  return std::make_shared<fem::FunctionField>(
    layout, [layout](const fem::MaterialPlace &place, double *constants) {
      materials::IsotropicConstants isotropic;
      isotropic.young_modulus = E0 * std::pow(radius(place.x) / a, n);
      isotropic.poisson_ratio = nu;
      const double lambda     = isotropic.lame_lambda(),
                   mu         = isotropic.shear_modulus();
      if (layout == fem::MaterialLayout::lame)
      {
        constants[0] = lambda;
        constants[1] = mu;
        return;
      }
      const bool is_full = layout == fem::MaterialLayout::full;
      for (unsigned int i = 0; i < 6; ++i)
        for (unsigned int j = is_full ? 0 : i; j < 6; ++j)
          *constants++ = i < 3 && j < 3 ? lambda + (i == j ? 2. * mu : 0.)
                         : i == j       ? mu
                                        : 0.;
    });
}

// Plane strain, u_r(r). The stresses are
//   sigma_r     = E(r)/((1 + nu) (1 - 2 nu)) ((1 - nu) u' + nu u/r),
//   sigma_theta = E(r)/((1 + nu) (1 - 2 nu)) (nu u' + (1 - nu) u/r).
// With E' = n E/r the balance sigma_r' + (sigma_r - sigma_theta)/r = 0 becomes
//   r^2 u'' + (n + 1) r u' + (n nu/(1 - nu) - 1) u = 0,
// so that u = r^m with m^2 + n m + n nu/(1 - nu) - 1 = 0; n = 0 is Lame's u =
// 1/r. Here the root that decays.
Vector3
exact(const Vector3 &x)
{
  const double m = -n / 2. - std::sqrt(n * n / 4. + 1. - n * nu / (1. - nu));
  const double r = radius(x);
  // The rigid pin's displacement at its surface is the bone's.
  const double u = 1e-3 * std::pow(r / a, m) / r;
  return {{u * x[0], u * x[1], 0.}};
}

// Around the slab all is given but the radial motion of its upper face.
void
prescribe(fem::NodeSpace &space)
{
  space.prescribe([](const dealii::types::boundary_id id) -> unsigned char {
    return id == mesh::boundary::bone_surface ? 4 : 7;
  });
  space.prescribe_body(static_cast<unsigned int>(mesh::Layer::cancellous));
  space.prescribe_body(mesh::screw_id);
}

// Greatest difference at the nodes, by the greatest displacement.
double
error(const unsigned int        degree,
      const unsigned int        refinements,
      const fem::MaterialLayout layout)
{
  Discretisation           block(std::make_shared<Pin>(a, 2.),
                       site(slab, 1., 4., 1.5),
                       globally(refinements),
                       degree);
  fem::DegreeSolverOptions options;
  options.cg.relative_tolerance = 1e-10;
  const fem::ElasticitySolver solver(
    block.space, block.geometry, graded_bone(layout), prescribe, options);
  auto       u       = prescribed_values(block.geometry, exact);
  const auto verdict = solver.solve(u, block.space.make_vector<double>());
  EXPECT_TRUE(verdict.converged);
  EXPECT_LT(verdict.iterations, 40u);
  const auto expected = nodal_values(block.geometry, exact);
  double     worst    = 0.;
  for_unknowns(block.space, false, [&](unsigned int node, unsigned int c) {
    worst = std::max(worst,
                     std::abs(u.local_element(3 * node + c) -
                              expected.local_element(3 * node + c)));
  });
  worst = dealii::Utilities::MPI::max(worst, MPI_COMM_WORLD) / 1e-3;
  if (dealii::Utilities::MPI::this_mpi_process(MPI_COMM_WORLD) == 0)
    std::printf("Q%u, %u refinements: %u CG iterations, relative error %.2e\n",
                degree,
                refinements,
                verdict.iterations,
                worst);
  return worst;
}
} // namespace

TEST(GradedCylinder, HasThePowerOfTheRadiusOfItsClosedForm)
{
  const double coarse = error(2, 1, fem::MaterialLayout::lame),
               fine   = error(2, 2, fem::MaterialLayout::lame);
  EXPECT_LT(fine, 1e-3);
  EXPECT_LT(fine, 0.25 * coarse);
  EXPECT_LT(error(3, 2, fem::MaterialLayout::lame), 1e-4);
}

TEST(GradedCylinder, DoesNotDependOnTheLayoutOfItsConstants)
{
  const double lame = error(2, 1, fem::MaterialLayout::lame);
  EXPECT_NEAR(error(2, 1, fem::MaterialLayout::triangle) / lame, 1., 1e-6);
  EXPECT_NEAR(error(2, 1, fem::MaterialLayout::full) / lame, 1., 1e-6);
}
