// SPDX-License-Identifier: LGPL-2.1-or-later
// The tangent operator is the derivative of the internal forces.
#include "solver/fem/operator/material_points.h"

#include "tests/verification/discretisation.h"

#include <gtest/gtest.h>

#include <cmath>

using namespace miniscrew;
using namespace miniscrew::verification;

namespace
{
materials::Material
yielding(const std::string &law)
{
  materials::Material material          = isotropic(10000., 0.3);
  material.law                          = law;
  material.plasticity.yield_tension     = 80.;
  material.plasticity.yield_compression = 80.;
  material.plasticity.hardening_modulus = 300.;
  return material;
}

// Bodies of which some yield, some in a way of their own.
fem::BodyMaterials
bodies(const bool with_damage)
{
  fem::BodyMaterials result          = homogeneous(isotropic(10000., 0.3));
  result[0]                          = yielding("quadric");
  result[0].plasticity.yield_tension = 60.;
  result[0].plasticity.interaction   = 0.3;
  result[mesh::screw_id]             = yielding("von-mises");
  if (with_damage)
  {
    result[0].plasticity.damage_limit_compression = 0.7;
    result[0].plasticity.damage_limit_shear       = 0.8;
    result[0].plasticity.damage_onset_compression = 0.;
    result[0].plasticity.damage_onset_shear       = 0.;
    result[0].plasticity.damage_strain_shear      = 0.04;
  }
  return result;
}

const Field bent = [](const Vector3 &x) -> Vector3 {
  return {{4e-3 * x[2] * x[2] + 2e-3 * x[1],
           3e-3 * x[0] * x[2],
           -5e-3 * x[2] + 2e-3 * x[0] * x[1]}};
};
const Field probe = [](const Vector3 &x) -> Vector3 {
  return {{std::sin(x[1] + x[2]), std::cos(2. * x[0]), std::sin(x[0] - x[2])}};
};

struct Operators
{
  explicit Operators(const bool with_damage)
    : block(std::make_shared<Pin>(0.6, 2.),
            site(1., 2., 4., 1.),
            globally(0),
            2),
      system((prescribe_block(block.space), block.space),
             block.geometry,
             bodies(with_damage),
             false),
      points(block.space, bodies(with_damage)),
      u(nodal_values(block.geometry, bent)),
      v(nodal_values(block.geometry, probe))
  {
    for_unknowns(block.space, true, [&](unsigned int node, unsigned int c) {
      v.local_element(3 * node + c) = 0.;
    });
  }

  // Forces at u + factor v.
  linear::Vector<double>
  forces(const double factor)
  {
    linear::Vector<double> at(u), f(u);
    at.add(factor, v);
    system.internal_forces(f, at, &points);
    return f;
  }

  Discretisation                  block;
  fem::ElasticityOperator<double> system;
  fem::MaterialPoints             points;
  linear::Vector<double>          u, v;
};

void
expect_derivative(Operators &o)
{
  const double           step = 1e-6;
  linear::Vector<double> difference(o.forces(step)), Kv(o.u);
  difference.add(-1., o.forces(-step));
  difference *= 0.5 / step;
  o.forces(0.);
  o.system.linearise(o.u, o.points);
  EXPECT_GT(o.points.yielding_share(), 0.05);
  EXPECT_LT(o.points.yielding_share(), 0.99);
  EXPECT_GT(
    dealii::Utilities::MPI::sum(o.system.tangent_bytes(), MPI_COMM_WORLD), 0u);
  o.system.vmult(Kv, o.v);
  difference.add(-1., Kv);
  EXPECT_LT(difference.l2_norm(), 1e-5 * Kv.l2_norm());
}
} // namespace

TEST(InelasticOperator, IsTheDerivativeOfInternalForces)
{
  for (const bool with_damage : {false, true})
  {
    SCOPED_TRACE(with_damage ? "with damage" : "without damage");
    Operators o(with_damage);
    EXPECT_EQ(o.points.has_symmetric_tangents(), !with_damage);
    expect_derivative(o);
    // And from a state that has yielded before.
    o.points.accept();
    o.u *= 1.3;
    expect_derivative(o);
  }
}

// Back where nothing yields the elastic stiffness holds again.
TEST(InelasticOperator, ForgetsTangentsThatNoLongerHold)
{
  Operators              o(false);
  linear::Vector<double> elastic(o.u), now(o.u);
  o.system.vmult(elastic, o.v);
  o.forces(0.);
  o.system.linearise(o.u, o.points);
  o.system.vmult(now, o.v);
  now.add(-1., elastic);
  EXPECT_GT(now.l2_norm(), 0.01 * elastic.l2_norm());
  o.u *= 1e-3;
  o.forces(0.);
  o.system.linearise(o.u, o.points);
  o.system.vmult(now, o.v);
  now.add(-1., elastic);
  EXPECT_LT(now.l2_norm(), 1e-12 * elastic.l2_norm());
}

// Stresses of an accepted state do not depend on what is asked in between.
TEST(InelasticOperator, AcceptedStressesStay)
{
  Operators  o(true);
  const auto before = o.forces(0.);
  o.points.accept();
  o.forces(50.);
  fem::AcceptedStresses  law(o.points);
  linear::Vector<double> after(o.u);
  o.system.internal_forces(after, o.u, &law);
  after.add(-1., before);
  EXPECT_LT(after.l2_norm(), 1e-12 * before.l2_norm());
}
