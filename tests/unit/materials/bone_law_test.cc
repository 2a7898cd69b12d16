// SPDX-License-Identifier: LGPL-2.1-or-later
// Bone of the library in its law: all derivatives, damage by the kind of
// stress, averages, and strength in shear.
#include "materials/law_library.h"
#include "tests/unit/materials/bones.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>
#include <string>
#include <vector>

using namespace miniscrew::materials;
using namespace miniscrew::test;

namespace
{
constexpr double infinity = std::numeric_limits<double>::infinity();

/// A step of a point on a random path, which has yielded before.
struct Sample
{
  Vector6             strain;
  std::vector<double> old, now;
  PointStep           step;
};

/// Steps of random paths, of all kinds that there are: with and without an
/// average, held for a while, for ever or not at all.
std::vector<Sample>
samples(const InelasticLaw &law, const double yield_strain)
{
  std::mt19937                     generator(11);
  std::normal_distribution<double> normal(0., 1.5 * yield_strain);
  std::uniform_real_distribution<> uniform(0., 1.);
  std::vector<Sample>              all;
  for (unsigned int path = 0; path < 60; ++path)
  {
    Sample next{Vector6::Zero(),
                std::vector<double>(law.n_state(), 0.),
                std::vector<double>(law.n_state(), 0.),
                {}};
    for (unsigned int n = 0; n < 8; ++n)
    {
      for (double &component : next.strain)
        component += normal(generator);
      const double averaged = law.averaged(next.old.data());
      next.step             = {};
      if (path % 2 == 0)
        next.step.average = averaged * (0.5 + uniform(generator)) + 0.005;
      const double holds[] = {0., 30., infinity};
      next.step.hold       = holds[path % 3];
      EXPECT_TRUE(
        law
          .respond(
            to_array(next.strain), next.old.data(), next.now.data(), next.step)
          .is_admissible);
      all.push_back(next);
      next.old = next.now;
    }
  }
  return all;
}

/// Stress and what is averaged at the end of a step.
struct Outcome
{
  Vector6 stress;
  double  averaged;
};

Outcome
respond(const InelasticLaw &law,
        const Sample       &sample,
        const Vector6      &strain,
        const PointStep    &step)
{
  std::vector<double> now(sample.old);
  const auto          response =
    law.respond(to_array(strain), sample.old.data(), now.data(), step);
  return {vector(response.stress), law.averaged(now.data())};
}

/// Compares all derivatives of a step with central differences.
void
expect_derivatives(const InelasticLaw &law,
                   const Sample       &sample,
                   const double        yield_strain,
                   const double        stiffness)
{
  const VoigtVector strain = to_array(sample.strain);
  const VoigtMatrix tangent =
    law.tangent(strain, sample.old.data(), sample.now.data(), sample.step);
  const AverageTangent average = law.average_tangent(
    strain, sample.old.data(), sample.now.data(), sample.step);
  const double h = 1e-5 * yield_strain;
  Matrix6      T;
  Vector6      kappa;
  for (unsigned int i = 0; i < 6; ++i)
  {
    const Vector6 shift = h * Vector6::Unit(i);
    const Outcome up = respond(law, sample, sample.strain + shift, sample.step);
    const Outcome down =
      respond(law, sample, sample.strain - shift, sample.step);
    T.col(i) = (up.stress - down.stress) / (2. * h);
    kappa[i] = (up.averaged - down.averaged) / (2. * h);
  }
  ASSERT_LE((Matrix6(tangent.data()) - T).norm(), 1e-6 * stiffness);
  ASSERT_LE((vector(average.averaged_by_strain) - kappa).norm(), 1e-6);
  if (!sample.step.average)
    return;
  PointStep above = sample.step, below = sample.step;
  *above.average += 1e-6;
  *below.average -= 1e-6;
  const Vector6 by_average =
    (respond(law, sample, sample.strain, above).stress -
     respond(law, sample, sample.strain, below).stress) /
    2e-6;
  ASSERT_LE((vector(average.stress_by_average) - by_average).norm(),
            1e-6 * stiffness);
}

double
strength_at(const Plasticity &p, const double kappa)
{
  return 1. + (p.saturation_ratio - 1.) *
                (1. - std::exp(-kappa / p.saturation_strain));
}
} // namespace

TEST(BoneLaw, AllDerivativesAreThoseOfTheStep)
{
  for (const Material &material : bones())
  {
    SCOPED_TRACE(material.name);
    const auto   law       = make_law(material);
    const double stiffness = Matrix6(material.stiffness().data()).norm();
    const double yield_strain =
      material.plasticity.yield_tension / material.isotropic.young_modulus;
    unsigned int n_damaged = 0, n_yielding = 0;
    for (const Sample &sample : samples(*law, yield_strain))
    {
      expect_derivatives(*law, sample, yield_strain, stiffness);
      if (HasFatalFailure())
        return;
      n_yielding += law->is_yielding(sample.old.data(), sample.now.data());
      n_damaged += sample.now[7] != sample.old[7];
    }
    EXPECT_GT(n_yielding, 200u);
    EXPECT_GT(n_damaged, 150u);
    EXPECT_FALSE(law->is_symmetric());
    EXPECT_TRUE(law->may_soften());
    EXPECT_TRUE(law->relaxes());
    EXPECT_FALSE(law->is_rate_dependent());
  }
}

// For preconditioners, whatever the step.
TEST(BoneLaw, PositiveTangentsArePositive)
{
  for (const Material &material : bones())
  {
    const auto law = make_law(material);
    for (const Sample &sample : samples(*law, 0.007))
    {
      const VoigtMatrix P = law->positive_tangent(to_array(sample.strain),
                                                  sample.old.data(),
                                                  sample.now.data(),
                                                  sample.step);
      const Matrix6     matrix(P.data());
      ASSERT_LE((matrix - matrix.transpose()).norm(), 1e-12 * matrix.norm());
      ASSERT_GT(
        (Eigen::SelfAdjointEigenSolver<Matrix6>(matrix, Eigen::EigenvaluesOnly)
           .eigenvalues()
           .minCoeff()),
        0.);
    }
  }
}

TEST(BoneLaw, TheShareOfCompressionGoesFromShearToCompression)
{
  const auto share = [](const Vector6 &s) {
    return compression_share(to_array(s), 1e-3).value;
  };
  const Vector6 pull = Vector6::Unit(0), shear = Vector6::Unit(4),
                pressure = -(Vector6() << 1., 1., 1., 0., 0., 0.).finished();
  EXPECT_EQ(share(Vector6::Zero()), 0.);
  EXPECT_EQ(share(shear), 0.);
  EXPECT_EQ(share(pull - Vector6::Unit(1)), 0.); // shear on other axes
  EXPECT_EQ(share(pull), 0.);
  EXPECT_NEAR(share(-pull), 1., 1e-9);
  EXPECT_EQ(share(pressure), 1.);
  EXPECT_EQ(share(shear + 9. * pressure), 1.);
  // x = 1 / 2 is in the middle.
  EXPECT_NEAR(share(shear + std::sqrt(2. / 33.) * pressure), 0.5, 1e-6);
  double last = 0.;
  for (double p = 0.; p < 1.; p += 0.01)
  {
    EXPECT_GE(share(shear + p * pressure), last);
    last = share(shear + p * pressure);
  }
  EXPECT_EQ(last, 1.);

  std::mt19937                     generator(3);
  std::normal_distribution<double> normal;
  for (unsigned int sample = 0; sample < 200; ++sample)
  {
    Vector6 s;
    for (double &component : s)
      component = normal(generator);
    const auto at = compression_share(to_array(s), 1e-3);
    for (unsigned int i = 0; i < 6; ++i)
    {
      const Vector6 shift = 1e-6 * Vector6::Unit(i);
      EXPECT_NEAR(
        at.by_stress[i], (share(s + shift) - share(s - shift)) / 2e-6, 1e-6);
    }
  }
}

// stress = (1 - D) r of each kind of stress, in one step or in many.
TEST(BoneLaw, SoftensAlongItsCurves)
{
  struct Kind
  {
    unsigned int component;
    double       sign;
  };
  for (const char *name : {"cortical bone", "cancellous bone"})
    for (const Kind &kind : {Kind{0, 1.}, Kind{2, -1.}, Kind{3, 1.}})
      for (const unsigned int n_steps : {100u, 400u})
      {
        const Material    material = bone(name);
        const Plasticity &p        = material.plasticity;
        Point             point(material);
        point.lead(kind.component, kind.sign * 0.15, n_steps);
        const double kappa = point.state.kappa;
        const double D     = damage_at(p, kappa, kind.sign < 0.);
        EXPECT_GT(D, 0.3);
        EXPECT_NEAR(point.state.damage, D, 1e-9);
        const double F0 = 0.5 / p.yield_tension + 0.5 / p.yield_compression;
        const double first =
          kind.component == 3 ? 1. / (F0 * std::sqrt(2. * (1. + p.interaction)))
          : kind.sign > 0.    ? p.yield_tension
                              : p.yield_compression;
        EXPECT_NEAR(point.response.stress[kind.component],
                    kind.sign * (1. - D) * first * strength_at(p, kappa),
                    1e-7 * first);
      }
}

// Damage that came in one kind of stress stays in another one, and grows
// towards that one's limit.
TEST(BoneLaw, DamageStaysWhereTheKindOfStressChanges)
{
  const Material material = bone("cortical bone");
  Point          point(material);
  point.lead(0, -0.1, 100);
  const double crushed = point.state.damage, kappa = point.state.kappa;
  EXPECT_GT(crushed, 0.5);
  double last = crushed;
  for (double strain = -0.1; strain < 0.; strain += 1e-3)
  {
    point.move(0, strain, {});
    EXPECT_GE(point.state.damage, last);
    last = point.state.damage;
  }
  const Plasticity &p = material.plasticity;
  EXPECT_NEAR(point.state.damage,
              p.damage_limit_shear - (p.damage_limit_shear - crushed) *
                                       std::exp(-(point.state.kappa - kappa) /
                                                p.damage_strain_shear),
              1e-6);
}

// kbar = m average + (1 - m) kappa. At an average that stays damage falls as
// the point flows, so that it hardens.
TEST(BoneLaw, FollowsTheAverage)
{
  const Material    material = bone("cortical bone");
  const Plasticity &p        = material.plasticity;
  Point             point(material);
  EXPECT_EQ(point.law.internal_length(), 0.1);
  EXPECT_EQ(point.law.least_average(), 0.01);
  PointStep step;
  step.average  = 0.05;
  double before = 0.;
  for (double strain = 0.01; strain <= 0.08; strain += 0.002)
  {
    point.move(0, strain, step);
    const double kbar = 0.1 - point.state.kappa;
    EXPECT_NEAR(point.state.damage, damage_at(p, kbar, false), 1e-9);
    EXPECT_EQ(point.state.damage_driver, kbar);
    EXPECT_GT(point.response.stress[0], before);
    before = point.response.stress[0];
  }
  // No average of what is below the least damages.
  Point fresh(material);
  step.average = fresh.law.least_average();
  fresh.move(0, 0.009, step);
  EXPECT_GT(fresh.state.kappa, 0.);
  EXPECT_EQ(fresh.state.damage, 0.);

  Material local                   = material;
  local.plasticity.internal_length = 0.;
  EXPECT_EQ(QuadricLaw(local).internal_length(), 0.);
  local.plasticity.internal_length          = 0.1;
  local.plasticity.damage_limit_compression = 0.;
  local.plasticity.damage_limit_shear       = 0.;
  EXPECT_EQ(QuadricLaw(local).internal_length(), 0.);
  EXPECT_FALSE(QuadricLaw(local).may_soften());
}

TEST(BoneLaw, ShearStrengthIsThePeakOfTheLaw)
{
  for (const char *name : {"cortical bone", "cancellous bone"})
  {
    const Material    material = bone(name);
    const Plasticity &p        = material.plasticity;
    const double      F0    = 0.5 / p.yield_tension + 0.5 / p.yield_compression;
    const double      first = 1. / (F0 * std::sqrt(2. * (1. + p.interaction)));
    const double      peak  = first * strength_at(p, p.damage_onset_shear);
    EXPECT_NEAR(shear_strength(material), peak, 1e-3 * peak) << name;
    // Bone that a case computes as elastic has the strength all the same.
    EXPECT_EQ(shear_strength(find_material(name)), shear_strength(material));
    std::printf("%s: %.1f MPa in shear\n", name, peak);
  }
  for (const auto &[name, sheet] :
       {std::pair{"foam 10 pcf", 1.6}, {"foam 20 pcf", 4.3}})
    EXPECT_NEAR(shear_strength(bone(name)), sheet, 0.03 * sheet);
  EXPECT_EQ(shear_strength(find_material("dentin")), infinity);
  const Material &steel = find_material("stainless steel");
  EXPECT_GT(shear_strength(steel), 690. / std::sqrt(3.));
  EXPECT_LT(shear_strength(steel), 1.5 * 690. / std::sqrt(3.));
}
