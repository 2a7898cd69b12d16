// SPDX-License-Identifier: LGPL-2.1-or-later
// With averages, the tangent operator and its term are the derivative of
// forces.
#include "solver/equilibrium/damage_averages.h"

#include "tests/verification/plasticity.h"

#include <gtest/gtest.h>

#include <cmath>

using namespace miniscrew;
using namespace miniscrew::verification;

namespace
{
/// Bone that is damaged by averages over two lengths, and a screw of metal.
fem::BodyMaterials
damaging()
{
  fem::BodyMaterials bodies = homogeneous(isotropic(10000., 0.3));
  for (const unsigned int b : {0, 1})
  {
    materials::Material &bone                = bodies[b];
    bone.law                                 = "quadric";
    bone.plasticity.yield_tension            = 50.;
    bone.plasticity.yield_compression        = 80.;
    bone.plasticity.interaction              = 0.3;
    bone.plasticity.saturation_ratio         = 1.2;
    bone.plasticity.saturation_strain        = 0.005;
    bone.plasticity.damage_onset_shear       = 0.002;
    bone.plasticity.damage_onset_compression = 0.003;
    bone.plasticity.damage_limit_shear       = 0.9;
    bone.plasticity.damage_limit_compression = 0.7;
    bone.plasticity.damage_strain_shear      = 0.03;
    bone.plasticity.internal_length          = b == 0 ? 0.3 : 0.6;
    bone.plasticity.relaxation.share[0]      = 0.2;
  }
  bodies[mesh::screw_id] = verification::von_mises(10000., 0.3, 60.);
  return bodies;
}

const Field bent = [](const Vector3 &x) -> Vector3 {
  return {{8e-3 * x[2] * x[2] + 4e-3 * x[1],
           6e-3 * x[0] * x[2],
           -1e-2 * x[2] + 4e-3 * x[0] * x[1]}};
};
const Field probe = [](const Vector3 &x) -> Vector3 {
  return {{std::sin(x[1] + x[2]), std::cos(2. * x[0]), std::sin(x[0] - x[2])}};
};

struct Operators
{
  Operators()
    : block(std::make_shared<Pin>(0.6, 2.),
            site(1., 2., 4., 1.),
            globally(0),
            2),
      system((prescribe_block(block.space), block.space),
             block.geometry,
             damaging(),
             false),
      points(block.space, damaging()),
      averages(block.geometry, points),
      u(nodal_values(block.geometry, bent)),
      v(nodal_values(block.geometry, probe))
  {
    for_unknowns(block.space, true, [&](unsigned int node, unsigned int c) {
      v.local_element(3 * node + c) = 0.;
    });
  }

  linear::Vector<double>
  forces(const double factor)
  {
    linear::Vector<double> at(u), f(u);
    at.add(factor, v);
    system.internal_forces(f, at, &points);
    if (averages.update())
      system.internal_forces(f, at, &points);
    return f;
  }

  Discretisation                  block;
  fem::ElasticityOperator<double> system;
  fem::MaterialPoints             points;
  equilibrium::DamageAverages     averages;
  linear::Vector<double>          u, v;
};

void
expect_derivative(Operators &o)
{
  const double           step = 1e-7;
  linear::Vector<double> difference(o.forces(step)), Kv(o.u);
  difference.add(-1., o.forces(-step));
  difference *= 0.5 / step;
  o.forces(0.);
  o.averages.begin_linearisation(o.block.space);
  o.system.linearise(o.u, o.points);
  const auto term = o.averages.end_linearisation(o.system);
  EXPECT_GT(o.points.yielding_share(), 0.05);
  ASSERT_NE(term, nullptr);
  linear::Vector<double> local(o.u);
  o.system.vmult(local, o.v);
  Kv = local;
  term->add_product(Kv, o.v);
  difference.add(-1., Kv);
  local.add(-1., Kv);
  EXPECT_GT(local.l2_norm(), 0.01 * Kv.l2_norm());
  EXPECT_LT(difference.l2_norm(), 1e-5 * Kv.l2_norm());
}
} // namespace

TEST(NonlocalTangent, IsTheDerivativeOfForces)
{
  Operators o;
  EXPECT_TRUE(o.points.has_averages());
  expect_derivative(o);
  // From a state that is damaged already, and while it relaxes.
  o.points.accept();
  o.u *= 1.3;
  expect_derivative(o);
  o.points.accept();
  o.points.set_hold(2.);
  o.u *= 1.1;
  expect_derivative(o);
}
