// SPDX-License-Identifier: LGPL-2.1-or-later
// The quadric law along random strain paths: its equations, its tangents, and
// the energy that it dissipates.
#include "materials/quadric/quadric_law.h"

#include "tests/unit/materials/quadric_laws.h"

#include <Eigen/Dense>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <random>
#include <vector>

using namespace miniscrew::materials;
using namespace miniscrew::test;

namespace
{
using Matrix6 = Eigen::Matrix<double, 6, 6, Eigen::RowMajor>;
using Vector6 = Eigen::Matrix<double, 6, 1>;

const PointStep usual{0.1};

Vector6
vector(const VoigtVector &array)
{
  return Vector6(array.data());
}

VoigtVector
to_array(const Vector6 &vector)
{
  VoigtVector result;
  Vector6::Map(result.data()) = vector;
  return result;
}

Matrix6
matrix(const VoigtMatrix &array)
{
  return Matrix6(array.data());
}

// Random strains of a size.
class Strains
{
public:
  explicit Strains(const double size)
    : normal_(0., size)
  {}

  Vector6
  operator()()
  {
    Vector6 result;
    for (double &component : result)
      component = normal_(generator_);
    return result;
  }

private:
  std::mt19937                     generator_{42};
  std::normal_distribution<double> normal_;
};

// The yield function and its derivative by engineering components, from the
// formula alone.
struct YieldFunction
{
  explicit YieldFunction(const Material &material)
    : s_ref(material.plasticity.yield_compression),
      hydrostatic((Vector6() << 1., 1., 1., 0., 0., 0.).finished())
  {
    const Plasticity &p       = material.plasticity;
    const double      tension = p.yield_tension;
    const double      zeta    = material.law == "quadric" ? p.interaction : 0.5;
    F0                        = 0.5 / tension + 0.5 / s_ref;
    F2                        = 0.5 / tension - 0.5 / s_ref;
    e                         = zeta == 0.5 && F2 != 0. ? 0.01 : 0.;
    F                         = -zeta * hydrostatic * hydrostatic.transpose();
    for (unsigned int i = 0; i < 6; ++i)
      F(i, i) += (i < 3 ? 1. : 2.) * (1. + zeta);
    F *= F0 * F0;
  }

  double
  root(const Vector6 &s) const
  {
    return std::sqrt(std::max(0., s.dot(F * s)) + e * e);
  }

  double
  operator()(const Vector6 &s) const
  {
    return s_ref * (root(s) + F2 * hydrostatic.dot(s));
  }

  Vector6
  normal(const Vector6 &s) const
  {
    return s_ref * (F * s / root(s) + F2 * hydrostatic);
  }

  // A bound of the normal.
  double
  steepness() const
  {
    return s_ref * (std::sqrt(F.norm()) + std::sqrt(3.) * std::abs(F2));
  }

  double  s_ref, F0, F2, e;
  Vector6 hydrostatic;
  Matrix6 F;
};

double
yield_stress(const Plasticity &p, const double kappa)
{
  return p.yield_compression *
           (1. + (p.saturation_ratio - 1.) *
                   (1. - std::exp(-kappa / p.saturation_strain))) +
         p.hardening_modulus * kappa;
}

// Damage at the end of a step, from its equation alone.
double
damage_after(const Plasticity        &p,
             const QuadricLaw::State &old,
             const double             kappa,
             const Vector6           &s)
{
  const double rounding = 1e-3 * p.yield_compression;
  const double x        = std::clamp(
    -s.head<3>().sum() / std::sqrt(s.squaredNorm() + s.tail<3>().squaredNorm() +
                                   rounding * rounding),
    0.,
    1.);
  const double w       = x * x * (3. - 2. * x);
  const auto   between = [w](const double shear, const double compression) {
    return (1. - w) * shear + w * compression;
  };
  const double limit =
    between(p.damage_limit_shear, p.damage_limit_compression);
  const double onset =
    between(p.damage_onset_shear, p.damage_onset_compression);
  const double growth = std::max(kappa, onset) - std::max(old.kappa, onset);
  const double strain =
    between(p.damage_strain_shear, p.damage_strain_compression);
  return std::max(old.damage,
                  limit + (old.damage - limit) * std::exp(-growth / strain));
}

// Checks the equations of an implicit step, computed anew: elasticity, flow and
// yield. The tolerances are a few roundings of what is subtracted.
void
expect_solved(const Material             &material,
              const QuadricLaw           &law,
              const Vector6              &strain,
              const QuadricLaw::State    &old,
              const QuadricLaw::Response &response)
{
  ASSERT_TRUE(response.is_admissible);
  const Plasticity &p       = material.plasticity;
  const Matrix6     C       = matrix(material.stiffness());
  const double      kappa   = response.state.kappa;
  const Vector6     plastic = vector(response.state.plastic_strain);
  const double      damage  = response.state.damage;
  const Vector6     s       = vector(response.stress) / (1. - damage);
  const Vector6     change  = plastic - vector(old.plastic_strain);
  const double      largest = strain.norm() + plastic.norm() + change.norm();
  ASSERT_LE((s - C * (strain - plastic)).norm(), 1e-14 * C.norm() * largest);
  ASSERT_NEAR(law.elastic_energy(to_array(strain), response.state),
              0.5 * (1. - damage) * s.dot(strain - plastic),
              1e-10 * (1. + s.dot(strain - plastic)));

  ASSERT_NEAR(damage, damage_after(p, old, kappa, s), 1e-12);

  const YieldFunction f(material);
  const double        growth = kappa - old.kappa;
  const double        noise =
    1e-12 * (f.steepness() * s.norm() + p.yield_compression) +
    1e-14 * f.steepness() * C.norm() * largest;
  const double excess =
    f(s) - yield_stress(p, kappa) - p.viscosity / usual.time_step * growth;
  ASSERT_LE(excess, noise);
  if (response.is_plastic)
  {
    ASSERT_GE(excess, -noise);
    ASSERT_GE(growth, 0.);
    const double steepness = f.normal(s).norm();
    ASSERT_LE((change - growth * f.normal(s)).norm(),
              1e-8 * growth * steepness +
                1e-15 * (kappa * steepness + largest));
  }
  else
  {
    ASSERT_EQ(growth, 0.);
    ASSERT_EQ(change.norm(), 0.);
  }
}

Matrix6
difference_quotient(const QuadricLaw        &law,
                    const Vector6           &strain,
                    const QuadricLaw::State &old)
{
  const double step = 1e-8;
  Matrix6      result;
  for (unsigned int i = 0; i < 6; ++i)
  {
    const Vector6 shift  = step * Vector6::Unit(i);
    const auto    after  = law.respond(to_array(strain + shift), old, usual);
    const auto    before = law.respond(to_array(strain - shift), old, usual);
    result.col(i) =
      (vector(after.stress) - vector(before.stress)) / (2. * step);
  }
  return result;
}

double
least_eigenvalue(const Matrix6 &symmetric)
{
  return Eigen::SelfAdjointEigenSolver<Matrix6>(symmetric,
                                                Eigen::EigenvaluesOnly)
    .eigenvalues()
    .minCoeff();
}
} // namespace

TEST(QuadricPaths, TangentsAreDerivatives)
{
  for (const Material &material : all_laws())
  {
    SCOPED_TRACE(material.name);
    const QuadricLaw law(material);
    const double     C_norm = matrix(material.stiffness()).norm();
    const bool is_symmetric = material.plasticity.damage_limit_shear == 0.;
    EXPECT_EQ(law.is_symmetric(), is_symmetric);
    unsigned int n_plastic = 0;
    Strains      strains(0.008);
    for (unsigned int path = 0; path < 50; ++path)
    {
      QuadricLaw::State old;
      for (unsigned int n = 0; n < 4; ++n)
      {
        const Vector6     strain   = strains();
        const VoigtVector at       = to_array(strain);
        const auto        response = law.respond(at, old, usual);
        ASSERT_TRUE(response.is_admissible);
        const Matrix6 T = matrix(law.tangent(at, old, response, usual));
        ASSERT_LE((T - difference_quotient(law, strain, old)).norm(),
                  1e-6 * C_norm);
        ASSERT_LE((T - T.transpose()).norm(), is_symmetric ? 0. : C_norm);
        const Matrix6 P =
          matrix(law.positive_tangent(at, old, response, usual));
        ASSERT_EQ(P, P.transpose());
        ASSERT_GT(least_eigenvalue(P), 1e-6 * C_norm);
        n_plastic += response.is_plastic;
        old = response.state;
      }
    }
    EXPECT_GE(n_plastic, 50u);
  }
}

TEST(QuadricPaths, StepsSolveTheirEquations)
{
  for (const Material &material : all_laws())
  {
    SCOPED_TRACE(material.name);
    const QuadricLaw law(material);
    Strains          strains(0.01);
    for (unsigned int path = 0; path < 200; ++path)
    {
      QuadricLaw::State old;
      for (unsigned int n = 0; n < 5; ++n)
      {
        const Vector6 strain   = strains();
        const auto    response = law.respond(to_array(strain), old, usual);
        expect_solved(material, law, strain, old, response);
        old = response.state;
      }
    }
  }
}

// The same strain again changes nothing, and a small way back is elastic.
TEST(QuadricPaths, UnloadingIsElastic)
{
  for (const Material &material : all_laws())
  {
    if (material.plasticity.viscosity > 0.)
      continue;
    SCOPED_TRACE(material.name);
    const QuadricLaw law(material);
    const Matrix6    C = matrix(material.stiffness());
    Strains          strains(0.02);
    for (unsigned int sample = 0; sample < 100; ++sample)
    {
      const Vector6 strain = strains();
      const auto    first  = law.respond(to_array(strain), {}, usual);
      const auto    again  = law.respond(to_array(strain), first.state, usual);
      EXPECT_FALSE(again.is_plastic);
      EXPECT_EQ(again.state.kappa, first.state.kappa);
      EXPECT_LE((vector(again.stress) - vector(first.stress)).norm(), 1e-9);
      const Vector6 back =
        -0.05 * (strain - vector(first.state.plastic_strain));
      const auto unloaded =
        law.respond(to_array(strain + back), first.state, usual);
      EXPECT_FALSE(unloaded.is_plastic);
      const double share = 1. - first.state.damage;
      EXPECT_LE(
        (vector(unloaded.stress) - vector(first.stress) - share * C * back)
          .norm(),
        1e-9);
    }
  }
}

// Proportional strain in n steps: the error halves with the steps.
TEST(QuadricPaths, StepsConvergeAtFirstOrder)
{
  const auto follow = [](const QuadricLaw  &law,
                         const Vector6     &strain,
                         const unsigned int n_steps) {
    QuadricLaw::Response response;
    for (unsigned int n = 1; n <= n_steps; ++n)
      response = law.respond(to_array(strain * n / n_steps),
                             response.state,
                             {usual.time_step / n_steps});
    return vector(response.stress);
  };
  for (const Material &material : all_laws())
  {
    SCOPED_TRACE(material.name);
    const QuadricLaw law(material);
    Strains          strains(0.01);
    for (unsigned int sample = 0; sample < 5; ++sample)
    {
      const Vector6 strain = strains(), limit = follow(law, strain, 1 << 15);
      const double  coarse = (follow(law, strain, 128) - limit).norm();
      const double  fine   = (follow(law, strain, 256) - limit).norm();
      EXPECT_LE(coarse, 0.01 * limit.norm());
      EXPECT_LE(fine, 0.6 * coarse + 1e-9);
    }
  }
}

// A backward Euler step dissipates: its last stress times the strain step is
// no less than the growth of elastic energy.
TEST(QuadricPaths, NoStepReleasesMoreThanItsEnergy)
{
  for (const Material &material : all_laws())
  {
    SCOPED_TRACE(material.name);
    const QuadricLaw law(material);
    Strains          strains(0.01);
    for (unsigned int path = 0; path < 200; ++path)
    {
      QuadricLaw::State old;
      Vector6           last   = Vector6::Zero();
      double            energy = 0.;
      for (unsigned int n = 0; n < 10; ++n)
      {
        const Vector6 strain   = strains();
        const auto    response = law.respond(to_array(strain), old, usual);
        const double  work     = vector(response.stress).dot(strain - last);
        const double  next =
          law.elastic_energy(to_array(strain), response.state);
        EXPECT_GE(work - (next - energy), -1e-12);
        old    = response.state;
        last   = strain;
        energy = next;
      }
    }
  }
}

// In fine steps, by the trapezoidal rule: what the stresses really did.
TEST(QuadricPaths, ClosedStrainCyclesReturnNoEnergy)
{
  for (const Material &material : all_laws())
  {
    SCOPED_TRACE(material.name);
    const QuadricLaw law(material);
    Strains          strains(0.008);
    double           most = 0.;
    for (unsigned int cycle = 0; cycle < 20; ++cycle)
    {
      const Vector6 corners[] = {
        Vector6::Zero(), strains(), strains(), strains(), Vector6::Zero()};
      QuadricLaw::Response response;
      double               work    = 0.;
      const unsigned int   n_steps = 400;
      for (unsigned int side = 0; side < 4; ++side)
        for (unsigned int n = 1; n <= n_steps; ++n)
        {
          const Vector6 step   = (corners[side + 1] - corners[side]) / n_steps;
          const Vector6 before = vector(response.stress);
          response             = law.respond(to_array(corners[side] + n * step),
                                 response.state,
                                 {usual.time_step / n_steps});
          work += 0.5 * (vector(response.stress) + before).dot(step);
        }
      EXPECT_GE(work - law.elastic_energy({}, response.state), -1e-6);
      most = std::max(most, work);
    }
    EXPECT_GT(most, 0.1);
  }
}

// From any state any strain, up to 50 %, is answered; only what softens may
// refuse.
TEST(QuadricPaths, HugeStrainsHaveAnAnswer)
{
  std::vector<Material> laws = all_laws();
  for (const double zeta : {0.4999, 0.49999999, -0.99})
    for (const double tension : {1., 60., 100., 1000.})
      laws.push_back(inelastic("extreme", "quadric", tension, 100., zeta));
  Material weak = inelastic("weak", "drucker-prager", 0.01, 1.);
  for (const double modulus : {1., 1e6})
  {
    weak.isotropic.young_modulus = modulus;
    laws.push_back(weak);
  }
  for (const Material &material : laws)
  {
    SCOPED_TRACE(material.name + " " +
                 std::to_string(material.plasticity.yield_tension) + " " +
                 std::to_string(material.plasticity.interaction));
    const QuadricLaw law(material);
    const Vector6    extension =
      (Vector6() << 0.5, 0.5, 0.5, 0., 0., 0.).finished();
    Strains                          strains(1.);
    std::mt19937                     generator(7);
    std::uniform_real_distribution<> exponent(-5., 0.);
    for (unsigned int path = 0; path < 2500; ++path)
    {
      QuadricLaw::State old;
      for (unsigned int n = 0; n < 2; ++n)
      {
        const double size   = std::pow(10., exponent(generator));
        Vector6      strain = 0.5 * size * strains().normalized();
        if (path % 3 == 0)
          strain = extension * size + 1e-3 * strain;
        if (path % 7 == 0)
          strain = extension * size;
        const auto response = law.respond(to_array(strain), old, usual);
        if (!response.is_admissible &&
            material.plasticity.saturation_ratio < 1.)
          break;
        expect_solved(material, law, strain, old, response);
        const auto again = law.respond(to_array(strain), response.state, usual);
        expect_solved(material, law, strain, response.state, again);
        if (HasFatalFailure())
          return;
        old = response.state;
      }
    }
  }
}

// Printed only.
TEST(QuadricPaths, CostPerPoint)
{
  Strains                  strains(0.01);
  std::vector<VoigtVector> points(20000);
  for (VoigtVector &point : points)
    point = to_array(strains());
  for (const Material &material : all_laws())
  {
    const QuadricLaw law(material);
    double           seconds[2] = {0., 0.}, sum = 0.;
    for (const bool with_tangent : {false, true})
    {
      const auto start = std::chrono::steady_clock::now();
      for (const VoigtVector &point : points)
      {
        const auto response = law.respond(point, {}, usual);
        sum += with_tangent ? law.tangent(point, {}, response, usual)[0]
                            : response.stress[0];
      }
      const std::chrono::duration<double> time =
        std::chrono::steady_clock::now() - start;
      seconds[with_tangent] = time.count();
    }
    EXPECT_TRUE(std::isfinite(sum));
    std::printf("%-32s %.2f us per point, %.2f us with tangent\n",
                material.name.c_str(),
                1e6 * seconds[0] / points.size(),
                1e6 * seconds[1] / points.size());
  }
}
