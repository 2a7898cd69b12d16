// SPDX-License-Identifier: LGPL-2.1-or-later
// The matrix-free operator: its algebra, its variants, its null space.
#include "solver/fem/operator/elasticity_operator.h"

#include "tests/unit/fem/simd_wish.h"
#include "tests/unit/fem/small_block.h"

#include <gtest/gtest.h>

using namespace miniscrew;
using namespace miniscrew::fem;
using verification::homogeneous;
using verification::isotropic;
using verification::nodal_values;
using verification::usual_materials;

namespace
{
// The isotropic law in the orthotropic form.
materials::Material
as_orthotropic(const materials::Material &material)
{
  materials::Material result = material;
  result.is_isotropic        = false;
  result.orthotropic.young_modulus.fill(material.isotropic.young_modulus);
  result.orthotropic.shear_modulus.fill(material.isotropic.shear_modulus());
  result.orthotropic.poisson_ratio.fill(material.isotropic.poisson_ratio);
  return result;
}

// Constants of every entry that differ from point to point; whether they are
// those of a material does not matter here.
std::shared_ptr<const MaterialField>
graded_stiffness(const MaterialLayout layout)
{
  return std::make_shared<FunctionField>(
    layout, [layout](const MaterialPlace &place, double *constants) {
      for (unsigned int k = 0; k < n_constants(layout); ++k)
        constants[k] = 1e3 * (1.5 + std::sin(place.x[0] + place.x[2] + k));
    });
}

class Operator : public ::testing::TestWithParam<unsigned int>
{
protected:
  Operator()
    : block(small_block(GetParam()))
  {
    prescribe_rollers(block.space);
  }

  template <typename Number>
  ElasticityOperator<Number>
  system(const BodyMaterials &bodies = usual_materials()) const
  {
    return ElasticityOperator<Number>(
      block.space, block.geometry, bodies, true);
  }

  template <typename Number>
  linear::Vector<Number>
  product(const ElasticityOperator<Number> &A, const unsigned int seed) const
  {
    auto result = block.space.make_vector<Number>();
    A.vmult(result, arbitrary_vector<Number>(block.space, seed));
    return result;
  }

  verification::Discretisation block;
};
} // namespace

TEST_P(Operator, IsSymmetricAndPositiveDefinite)
{
  const auto A  = system<double>();
  const auto u  = arbitrary_vector<double>(block.space, 1),
             v  = arbitrary_vector<double>(block.space, 2);
  const auto Au = product(A, 1), Av = product(A, 2);
  EXPECT_NEAR(v * Au, u * Av, 1e-12 * std::sqrt((u * Au) * (v * Av)));
  EXPECT_GT(u * Au, 0.);
  EXPECT_GT(v * Av, 0.);
  // Smooth fields have the least energy.
  auto smooth = nodal_values(block.geometry, [](const Vector3 &) {
    return Vector3{{1., 0., 0.}};
  });
  auto free   = block.space.make_vector<double>();
  verification::for_unknowns(block.space, false, [&](auto node, auto c) {
    free.local_element(3 * node + c) = smooth.local_element(3 * node + c);
  });
  auto force = free;
  A.vmult(force, free);
  EXPECT_GT(free * force, 0.);
}

TEST_P(Operator, LeavesConstrainedUnknownsAlone)
{
  const auto A      = system<double>();
  auto       result = product(A, 1);
  auto       free   = result;
  verification::for_unknowns(block.space, false, [&](auto node, auto c) {
    free.local_element(3 * node + c) = 0.;
    EXPECT_GT(A.inverse_diagonal().local_element(3 * node + c), 0.);
  });
  EXPECT_EQ(free.linfty_norm(), 0.);
  auto at_constrained = A.inverse_diagonal();
  verification::for_unknowns(block.space, false, [&](auto node, auto c) {
    at_constrained.local_element(3 * node + c) = 0.;
  });
  EXPECT_EQ(at_constrained.linfty_norm(), 0.);
}

TEST_P(Operator, DiagonalIsThatOfItsColumns)
{
  const auto   A      = system<double>();
  auto         column = block.space.make_vector<double>(), unit = column;
  unsigned int n_compared = 0;
  const auto   range      = column.get_partitioner()->local_range();
  for (dealii::types::global_dof_index i = 0; i < column.size(); i += 61)
  {
    const bool here =
      i >= range.first && i < range.second && A.inverse_diagonal()(i) != 0.;
    unit = 0.;
    if (here)
      unit(i) = 1.;
    A.vmult(column, unit);
    if (here)
    {
      EXPECT_NEAR(column(i) * A.inverse_diagonal()(i), 1., 1e-12) << i;
      ++n_compared;
    }
  }
  EXPECT_GT(dealii::Utilities::MPI::sum(n_compared, MPI_COMM_WORLD), 5u);
}

TEST_P(Operator, IsTheSameForEveryInstructionSet)
{
  const auto expected = [&] {
    const SimdWish wish("baseline");
    return product(system<double>(), 3);
  }();
  for (const char *name : {"avx2", "avx512"})
  {
    const SimdWish wish(name);
    EXPECT_LT(relative_difference(product(system<double>(), 3), expected),
              1e-13)
      << name;
    EXPECT_LT(relative_difference(expected, product(system<float>(), 3)), 1e-5)
      << name;
  }
}

TEST_P(Operator, OfStiffnessAtPointsIsTheSameForEveryInstructionSet)
{
  for (const auto layout :
       {MaterialLayout::lame, MaterialLayout::triangle, MaterialLayout::full})
  {
    const auto field = graded_stiffness(layout);
    const auto Au    = [&](const char *name) {
      const SimdWish wish(name);
      return product(
        ElasticityOperator<double>(block.space, block.geometry, field, false),
        5);
    };
    const auto expected = Au("baseline");
    EXPECT_LT(relative_difference(Au("avx2"), expected), 1e-13);
    EXPECT_LT(relative_difference(Au("avx512"), expected), 1e-13);
  }
}

TEST_P(Operator, AnisotropicPathAgreesWithIsotropic)
{
  BodyMaterials bodies   = usual_materials();
  const auto    A        = system<double>(bodies);
  const auto    expected = product(A, 4);
  // Of all bodies, then of some: both parts of the operator at once.
  for (const unsigned int first : {0, 2})
  {
    for (unsigned int body = first; body < bodies.size(); ++body)
      bodies[body] = as_orthotropic(bodies[body]);
    const auto B = system<double>(bodies);
    EXPECT_LT(relative_difference(product(B, 4), expected), 1e-13);
    EXPECT_LT(relative_difference(B.inverse_diagonal(), A.inverse_diagonal()),
              1e-13);
    bodies = usual_materials();
  }
}

TEST_P(Operator, SinglePrecisionAgreesWithDouble)
{
  const auto A = system<double>();
  const auto B = system<float>();
  EXPECT_LT(relative_difference(product(A, 5), product(B, 5)), 1e-5);
  EXPECT_LT(relative_difference(A.inverse_diagonal(), B.inverse_diagonal()),
            1e-5);
}

TEST_P(Operator, RigidMotionsNeedNoForce)
{
  verification::prescribe_nothing(block.space);
  const auto A        = system<double>();
  const auto force_of = [&](const verification::Field &field) {
    auto u = nodal_values(block.geometry, field);
    u.update_ghost_values();
    block.space.distribute(u);
    auto forces = block.space.make_vector<double>();
    A.internal_forces(forces, u);
    return forces.l2_norm();
  };
  const double stretching = force_of([](const Vector3 &x) {
    return Vector3{{0., 0., x[2]}};
  });
  for (unsigned int c = 0; c < 3; ++c)
  {
    EXPECT_LT(force_of([c](const Vector3 &) {
                Vector3 u{};
                u[c] = 1.;
                return u;
              }),
              1e-11 * stretching);
    EXPECT_LT(force_of([c](const Vector3 &x) {
                Vector3 u{};
                u[(c + 1) % 3] = -x[(c + 2) % 3];
                u[(c + 2) % 3] = x[(c + 1) % 3];
                return u;
              }),
              1e-11 * stretching);
  }
}

TEST_P(Operator, ReactionsAreInternalForcesWithoutPrescription)
{
  auto       u      = nodal_values(block.geometry, [](const Vector3 &x) {
    return Vector3{{x[1] * x[2], std::sin(x[0]), x[0] - x[2]}};
  });
  const auto A      = system<double>();
  auto       forces = block.space.make_vector<double>(), reactions = forces,
       all = forces;
  A.internal_forces(forces, u);
  A.reactions(reactions, u);
  verification::prescribe_nothing(block.space);
  system<double>().internal_forces(all, u);
  EXPECT_LT(relative_difference(reactions, all), 1e-13);
  prescribe_rollers(block.space);
  verification::for_unknowns(block.space, true, [&](auto node, auto c) {
    EXPECT_EQ(forces.local_element(3 * node + c), 0.);
    all.local_element(3 * node + c) = 0.;
  });
  EXPECT_LT(relative_difference(forces, all), 1e-13);
}

INSTANTIATE_TEST_SUITE_P(Degrees, Operator, ::testing::Values(1u, 2u, 3u));
