// SPDX-License-Identifier: LGPL-2.1-or-later
// Relaxation of bone that is held.
#include "tests/unit/materials/bones.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <utility>

using namespace miniscrew::materials;
using namespace miniscrew::test;

namespace
{
constexpr double infinity = std::numeric_limits<double>::infinity();
} // namespace

// Exact at a strain that stays, in any number of steps, and at a steady rate.
TEST(Relaxation, RelaxesByItsSeries)
{
  for (const Material &material : bones())
  {
    const PronyConstants &prony = material.plasticity.relaxation;
    const QuadricLaw      law(material);
    const Vector6         strain =
      1e-3 * (Vector6() << 1., -2., 0.5, 1., 0., 2.).finished();
    const Vector6 elastic = Matrix6(material.stiffness().data()) * strain;
    const double  time    = 600.;
    double        held = 1., steady = 1.;
    for (unsigned int k = 0; k < max_prony_terms; ++k)
    {
      const double a = time / prony.time[k];
      held -= prony.share[k] * (1. - std::exp(-a));
      steady -= prony.share[k] * (1. - (1. - std::exp(-a)) / a);
    }
    for (const unsigned int n : {1u, 7u, 1000u})
    {
      // Put on at once, then held.
      QuadricLaw::Response now = law.respond(to_array(strain), {}, {});
      EXPECT_LE((vector(now.stress) - elastic).norm(), 1e-12 * elastic.norm());
      for (unsigned int i = 0; i < n; ++i)
        now = law.respond(to_array(strain), now.state, {infinity, time / n});
      EXPECT_LE((vector(now.stress) - held * elastic).norm(),
                1e-10 * elastic.norm());
      EXPECT_FALSE(now.is_plastic);
      // Put on at a steady rate, while relaxing.
      now = {};
      for (unsigned int i = 1; i <= n; ++i)
        now = law.respond(
          to_array(strain * i / n), now.state, {infinity, time / n});
      EXPECT_LE((vector(now.stress) - steady * elastic).norm(),
                1e-10 * elastic.norm());
    }
    const auto for_ever =
      law.respond(to_array(strain),
                  law.respond(to_array(strain), {}, {}).state,
                  {infinity, infinity});
    const double rest = 1. - prony.share[0] - prony.share[1] - prony.share[2];
    EXPECT_LE((vector(for_ever.stress) - rest * elastic).norm(),
              1e-12 * elastic.norm());
    // What is left is the energy of the spring alone.
    EXPECT_NEAR(law.elastic_energy(to_array(strain), for_ever.state),
                0.5 * rest * elastic.dot(strain),
                1e-12 * elastic.dot(strain));
  }
}

TEST(Relaxation, LosesAQuarterOrTwoFifthsInTenMinutes)
{
  for (const auto &[name, kept] :
       {std::pair{"cortical bone", 0.7513}, {"cancellous bone", 0.5770}})
  {
    const QuadricLaw  law(bone(name));
    const VoigtVector strain{{1e-3, 0., 0., 0., 0., 0.}};
    const auto        first = law.respond(strain, {}, {});
    const auto        last = law.respond(strain, first.state, {infinity, 600.});
    EXPECT_NEAR(last.stress[0] / first.stress[0], kept, 1e-4);
  }
}

// A rate that changes: the error falls by four as steps are halved.
TEST(Relaxation, RelaxationIsOfSecondOrder)
{
  const QuadricLaw law(bone("cortical bone"));
  const auto       stress = [&](const unsigned int n) {
    QuadricLaw::Response now;
    const double         time = 60.;
    for (unsigned int i = 1; i <= n; ++i)
      now = law.respond({{1e-3 * std::sin(3. * i / n), 0., 0., 0., 0., 0.}},
                        now.state,
                        {infinity, time / n});
    return now.stress[0];
  };
  const double limit = stress(1 << 13), coarse = std::abs(stress(32) - limit),
               fine = std::abs(stress(64) - limit);
  EXPECT_NEAR(coarse / fine, 4., 0.05);
}

// Stress that relaxes leaves the yield surface, and comes back to it later.
TEST(Relaxation, YieldsAtTheSameStressAfterRelaxation)
{
  Material material                    = bone("cortical bone");
  material.plasticity.saturation_ratio = 1.;
  Point point(material);
  point.move(0, 0.015, {});
  EXPECT_NEAR(point.response.stress[0], 88., 1e-8);
  const double kappa = point.state.kappa;
  point.move(0, 0.015, {infinity, 600.});
  EXPECT_EQ(point.state.kappa, kappa);
  EXPECT_NEAR(point.response.stress[0], 0.7513 * 88., 0.01);
  point.move(0, 0.016, {});
  EXPECT_EQ(point.state.kappa, kappa);
  point.move(0, 0.02, {});
  EXPECT_GT(point.state.kappa, kappa);
  EXPECT_NEAR(point.response.stress[0], 88., 1e-8);
  // Pulled while it relaxes.
  point.move(0, 0.03, {infinity, 30.});
  EXPECT_NEAR(point.response.stress[0], 88., 1e-8);
}
