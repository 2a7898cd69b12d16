// SPDX-License-Identifier: LGPL-2.1-or-later
// Bone whose axes turn around the pin, against a closed form.
#include "tests/verification/integrals.h"

#include <gtest/gtest.h>

#include <cmath>

using namespace miniscrew;
using namespace miniscrew::verification;

namespace
{
constexpr double a = 0.8, slab = 1.;

// Stiffer around the pin (axis 2) than away from it (axis 1).
materials::Material
polar_bone()
{
  materials::Material material;
  material.is_isotropic              = false;
  material.orthotropic.young_modulus = {{8000., 24000., 12000.}};
  material.orthotropic.shear_modulus = {{5000., 3500., 4500.}};
  material.orthotropic.poisson_ratio = {{0.25, 0.2, 0.15}};
  material.orthotropic.field.kind    = materials::FieldKind::cylindrical;
  return material;
}

// Plane strain, u_r(r): r^2 u'' + r u' = (C_22 / C_11) u, so that u = r^-k
// decays with the root k of that ratio (Lekhnitskii 1968, Anisotropic Plates).
Field
exact()
{
  const auto   C = polar_bone().stiffness();
  const double k = std::sqrt(C[7] / C[0]);
  return [k](const Vector3 &x) -> Vector3 {
    const double r = std::hypot(x[0], x[1]);
    // The rigid pin's displacement at its surface is the bone's.
    const double u = 1e-3 * std::pow(std::max(r, a) / a, -k) / std::max(r, a);
    return {{u * x[0], u * x[1], 0.}};
  };
}

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
error(const unsigned int refinements)
{
  Discretisation     block(std::make_shared<Pin>(a, 2.),
                       site(slab, 1., 4., 1.5),
                       globally(refinements),
                       2);
  fem::BodyMaterials bodies = homogeneous(isotropic(1e-6, 0.3));
  bodies[0]                 = polar_bone();
  const fem::ElasticitySolver solver(
    block.space, block.geometry, bodies, prescribe, {});
  auto       u       = prescribed_values(block.geometry, exact());
  const auto verdict = solver.solve(u, block.space.make_vector<double>());
  EXPECT_TRUE(verdict.converged);
  EXPECT_LT(verdict.iterations, 60u);
  const auto expected = nodal_values(block.geometry, exact());
  double     worst    = 0.;
  for_unknowns(block.space, false, [&](unsigned int node, unsigned int c) {
    worst = std::max(worst,
                     std::abs(u.local_element(3 * node + c) -
                              expected.local_element(3 * node + c)));
  });
  worst = dealii::Utilities::MPI::max(worst, MPI_COMM_WORLD) / 1e-3;
  if (dealii::Utilities::MPI::this_mpi_process(MPI_COMM_WORLD) == 0)
    std::printf("%u refinements: %u CG iterations, relative error %.2e\n",
                refinements,
                verdict.iterations,
                worst);
  return worst;
}
} // namespace

TEST(PolarOrthotropy, HasLekhnitskiisDisplacement)
{
  const double coarse = error(1), fine = error(2);
  EXPECT_LT(fine, 1e-3);
  EXPECT_LT(fine, 0.25 * coarse);
}
