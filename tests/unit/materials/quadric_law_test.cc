// SPDX-License-Identifier: LGPL-2.1-or-later
// The quadric law against closed forms, and its refusals.
#include "materials/quadric/quadric_law.h"

#include "solver/base/errors.h"
#include "tests/unit/materials/quadric_laws.h"

#include <Eigen/Dense>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <random>
#include <string>
#include <vector>

using namespace miniscrew::materials;
using namespace miniscrew::test;
using miniscrew::UserError;

namespace
{
using Matrix6 = Eigen::Matrix<double, 6, 6, Eigen::RowMajor>;
using Vector6 = Eigen::Matrix<double, 6, 1>;

// Of the test material.
constexpr double E = 12000., nu = 0.3, G = E / (2. * (1. + nu));
constexpr double infinity = std::numeric_limits<double>::infinity();

Material
material(const std::string &law,
         const double       tension,
         const double       compression,
         const double       interaction = 0.5)
{
  return inelastic("test bone", law, tension, compression, interaction);
}

// A point whose strain is prescribed in some components, and which is free of
// stress in the others.
struct Point
{
  explicit Point(const Material &material)
    : law(material)
  {}

  // Sets the prescribed components to @p value; Newton's method with halved
  // steps for the others.
  void
  move(const std::vector<unsigned int> &prescribed,
       const double                     value,
       const PointStep                 &step = {})
  {
    std::array<bool, 6> is_free;
    is_free.fill(true);
    for (const unsigned int i : prescribed)
    {
      is_free[i] = false;
      strain[i]  = value;
    }
    double residual = respond(is_free, strain, step);
    for (unsigned int iteration = 0; residual > 1e-10; ++iteration)
    {
      ASSERT_LT(iteration, 200u) << "the free stresses do not vanish";
      const Vector6 change = newton_step(is_free, step);
      const auto    start  = strain;
      double        share = 2., next = infinity;
      while (!(next < residual) && share > 1e-6)
      {
        share *= 0.5;
        for (unsigned int i = 0; i < 6; ++i)
          strain[i] = start[i] - share * change[i];
        next = respond(is_free, strain, step);
      }
      residual = next;
    }
    ASSERT_TRUE(response.is_admissible);
    state = response.state;
  }

  // The size of the stress in free components.
  double
  respond(const std::array<bool, 6> &is_free,
          const VoigtVector         &at,
          const PointStep           &step)
  {
    response   = law.respond(at, state, step);
    double sum = 0.;
    for (unsigned int i = 0; i < 6; ++i)
      if (is_free[i])
        sum += response.stress[i] * response.stress[i];
    return response.is_admissible ? std::sqrt(sum) : infinity;
  }

  Vector6
  newton_step(const std::array<bool, 6> &is_free, const PointStep &step) const
  {
    const VoigtMatrix tangent = law.tangent(strain, state, response, step);
    Matrix6           T       = Eigen::Map<const Matrix6>(tangent.data());
    Vector6           right   = Vector6::Zero();
    for (unsigned int i = 0; i < 6; ++i)
      if (is_free[i])
        right[i] = response.stress[i];
      else
      {
        T.row(i).setZero();
        T.col(i).setZero();
        T(i, i) = 1.;
      }
    return T.partialPivLu().solve(right);
  }

  QuadricLaw           law;
  QuadricLaw::State    state;
  VoigtVector          strain{};
  QuadricLaw::Response response;
};

// The stress where a prescribed strain leads a perfectly plastic material.
double
strength(const Material                  &material,
         const std::vector<unsigned int> &prescribed,
         const double                     value)
{
  Point point(material);
  point.move(prescribed, value);
  EXPECT_TRUE(point.response.is_plastic);
  return point.response.stress[prescribed.front()];
}

// kappa at a uniaxial strain's size, if plastic strain is @p share of it.
double
uniaxial_kappa(const Plasticity &p, const double strain, const bool is_tension)
{
  const double sign_strength =
    is_tension ? p.yield_tension : p.yield_compression;
  const double per_kappa = p.yield_compression / sign_strength;
  double       low = 0., high = strain / per_kappa;
  for (unsigned int i = 0; i < 200; ++i)
  {
    const double kappa = 0.5 * (low + high);
    const double r =
      1. + p.hardening_modulus / p.yield_compression * kappa +
      (p.saturation_ratio - 1.) * (1. - std::exp(-kappa / p.saturation_strain));
    (sign_strength * r / E + per_kappa * kappa > strain ? high : low) = kappa;
  }
  return 0.5 * (low + high);
}

// Follows uniaxial stress in both directions and compares with the formula.
void
expect_uniaxial_curve(const Material &material)
{
  const Plasticity &p = material.plasticity;
  for (const bool is_tension : {true, false})
    for (const double size : {0.011, 0.02, 0.04, 0.1})
    {
      const double sign = is_tension ? 1. : -1.;
      Point        point(material);
      point.move({0}, sign * size);
      const double kappa = uniaxial_kappa(p, size, is_tension);
      const double first = is_tension ? p.yield_tension : p.yield_compression;
      const double r = 1. + p.hardening_modulus / p.yield_compression * kappa +
                       (p.saturation_ratio - 1.) *
                         (1. - std::exp(-kappa / p.saturation_strain));
      const double damage = damage_at(p, kappa, !is_tension);
      EXPECT_NEAR(point.state.kappa, kappa, 1e-10);
      EXPECT_NEAR(point.response.stress[0],
                  sign * (1. - damage) * first * r,
                  1e-8 * first);
      EXPECT_NEAR(point.state.damage, damage, 1e-9);
      EXPECT_NEAR(point.state.plastic_strain[0],
                  sign * kappa * p.yield_compression / first,
                  1e-10);
    }
}

void
expect_refused(const Material &material, const std::string &words)
{
  try
  {
    QuadricLaw{material};
    ADD_FAILURE() << "accepted, but should name " << words;
  }
  catch (const UserError &error)
  {
    const std::string message = error.what();
    EXPECT_NE(message.find(words), std::string::npos) << message;
    EXPECT_NE(message.find("test bone"), std::string::npos) << message;
  }
}
} // namespace

TEST(QuadricLaw, PerfectPlasticityYieldsAtItsStrengths)
{
  for (const double zeta : {-0.9, -0.1, 0.2, 0.4999})
    for (const double tension : {60., 100., 130.})
    {
      const double   compression = 100.;
      const Material bone = material("quadric", tension, compression, zeta);
      const double   F0   = 0.5 / tension + 0.5 / compression;
      const double   F2   = 0.5 / tension - 0.5 / compression;
      EXPECT_NEAR(strength(bone, {0}, 0.1), tension, 1e-8);
      EXPECT_NEAR(strength(bone, {2}, -0.1), -compression, 1e-8);
      EXPECT_NEAR(strength(bone, {3}, 0.1),
                  1. / (F0 * std::sqrt(2. * (1. + zeta))),
                  1e-8);
      const double biaxial = F0 * std::sqrt(2. * (1. - zeta));
      EXPECT_NEAR(strength(bone, {0, 1}, 0.1), 1. / (biaxial + 2. * F2), 1e-8);
      if (biaxial > 2. * F2)
      {
        EXPECT_NEAR(
          strength(bone, {0, 1}, -0.1), -1. / (biaxial - 2. * F2), 1e-8);
      }
    }
}

TEST(QuadricLaw, ClosedEllipsoidsYieldUnderHydrostaticStress)
{
  for (const double zeta : {-0.5, -0.1, 0.2})
  {
    const Material bone = material("quadric", 60., 100., zeta);
    const double   F0 = 0.5 / 60. + 0.5 / 100., F2 = 0.5 / 60. - 0.5 / 100.;
    const double   root = F0 * std::sqrt(3. * (1. - 2. * zeta));
    ASSERT_GT(root, 3. * F2);
    EXPECT_NEAR(strength(bone, {0, 1, 2}, 0.1), 1. / (root + 3. * F2), 1e-9);
    EXPECT_NEAR(strength(bone, {0, 1, 2}, -0.1), -1. / (root - 3. * F2), 1e-9);
  }
}

// The rounded apex lowers the strengths by e^2 / (1 + st / sc) and the apex
// itself by e.
TEST(QuadricLaw, DruckerPragerIsACone)
{
  const double   e = 0.01, tension = 40., compression = 100.;
  const Material cone = material("drucker-prager", tension, compression, -0.3);
  EXPECT_NEAR(strength(cone, {0}, 0.1),
              tension * (1. - e * e / (1. + tension / compression)),
              1e-6);
  EXPECT_NEAR(strength(cone, {0}, -0.1),
              -compression * (1. - e * e / (1. + compression / tension)),
              1e-6);
  const double F2 = 0.5 / tension - 0.5 / compression;
  EXPECT_NEAR(strength(cone, {0, 1, 2}, 0.1), (1. - e) / (3. * F2), 1e-9);
  Point squeezed(cone);
  squeezed.move({0, 1, 2}, -0.5);
  EXPECT_FALSE(squeezed.response.is_plastic);
}

TEST(QuadricLaw, VonMisesIsTheRadialReturn)
{
  const double yield = 80., H = 700.;
  Material     steel                 = material("von-mises", yield, 0., -0.7);
  steel.plasticity.hardening_modulus = H;
  const QuadricLaw                 law(steel);
  std::mt19937                     generator(1);
  std::normal_distribution<double> normal(0., 0.02);
  for (unsigned int sample = 0; sample < 100; ++sample)
  {
    VoigtVector strain;
    for (double &component : strain)
      component = normal(generator);
    const double volume   = strain[0] + strain[1] + strain[2];
    const double pressure = E / (3. * (1. - 2. * nu)) * volume;
    Vector6      deviator;
    for (unsigned int i = 0; i < 6; ++i)
      deviator[i] = i < 3 ? 2. * G * (strain[i] - volume / 3.) : G * strain[i];
    const double size = std::sqrt(
      1.5 * (deviator.squaredNorm() + deviator.tail<3>().squaredNorm()));
    const double kappa    = std::max(0., (size - yield) / (3. * G + H));
    const auto   response = law.respond(strain, {}, {});
    EXPECT_NEAR(response.state.kappa, kappa, 1e-13);
    for (unsigned int i = 0; i < 6; ++i)
      EXPECT_NEAR(response.stress[i],
                  (1. - 3. * G * kappa / size) * deviator[i] +
                    (i < 3 ? pressure : 0.),
                  1e-9);
  }
}

// Stress on the cylinder turns towards a constant strain rate across it by
// tan(psi / 2) = tan(psi_0 / 2) exp(-2 G e / R), with e the deviatoric strain
// and R the radius (Krieg & Krieg 1977, J. Pressure Vessel Technol. 99:510).
TEST(QuadricLaw, VonMisesTurnsAsKriegAndKriegSay)
{
  const double     yield = 80., R = std::sqrt(2. / 3.) * yield;
  const QuadricLaw law(material("von-mises", yield, yield));
  const double     e     = 1.2 * R / (2. * G); // from psi_0 = 90 degrees
  const double     psi   = 2. * std::atan(std::exp(-2. * G * e / R));
  const auto       error = [&](const unsigned int n_steps) {
    VoigtVector       strain{{0., 0., 0., 0., 0., R / std::sqrt(2.) / G}};
    QuadricLaw::State state = law.respond(strain, {}, {}).state;
    VoigtVector       stress{};
    for (unsigned int step = 0; step < n_steps; ++step)
    {
      strain[0] += e / n_steps / std::sqrt(2.);
      strain[1] -= e / n_steps / std::sqrt(2.);
      const auto response = law.respond(strain, state, {});
      stress              = response.stress;
      state               = response.state;
    }
    return std::hypot(stress[0] - R * std::cos(psi) / std::sqrt(2.),
                      stress[5] - R * std::sin(psi) / std::sqrt(2.)) /
           R;
  };
  EXPECT_LT(error(1), 0.1);
  EXPECT_LT(error(256), 1e-3);
  EXPECT_NEAR(error(128) / error(256), 2., 0.05);
}

TEST(QuadricLaw, VonMisesHardensInShear)
{
  const double yield = 80., H = 700.;
  Material     steel                 = material("von-mises", 0., yield);
  steel.plasticity.hardening_modulus = H;
  const double first = yield / std::sqrt(3.), limit = first / G;
  for (const double strain : {0.9 * limit, 1.5 * limit, 10. * limit})
  {
    Point point(steel);
    point.move({5}, strain);
    EXPECT_NEAR(point.response.stress[5],
                strain < limit
                  ? G * strain
                  : first + G * H / (3. * G + H) * (strain - limit),
                1e-9);
  }
}

TEST(QuadricLaw, HardeningSofteningAndDamageFollowTheirCurves)
{
  Material bone                     = material("quadric", 70., 110., 0.3);
  bone.plasticity.hardening_modulus = 500.;
  expect_uniaxial_curve(bone);
  bone.plasticity.saturation_ratio  = 1.4;
  bone.plasticity.saturation_strain = 0.01;
  expect_uniaxial_curve(bone);
  damage(bone, 0.8, 0.07);
  expect_uniaxial_curve(bone);
  bone.plasticity.saturation_ratio  = 0.3;
  bone.plasticity.saturation_strain = 0.05;
  expect_uniaxial_curve(bone);
}

// Over plastic strain the overstress is viscosity times rate of kappa, which
// in tension is st / sc times the strain rate.
TEST(QuadricLaw, OverstressTendsToViscosityTimesRate)
{
  const double tension = 60., compression = 100., viscosity = 3., rate = 2.;
  Material     bone         = material("quadric", tension, compression, 0.1);
  bone.plasticity.viscosity = viscosity;
  for (const bool is_tension : {true, false})
  {
    Point          point(bone);
    const double   sign = is_tension ? 1. : -1., time_step = 1e-3;
    const unsigned n_steps = 200;
    for (unsigned int n = 1; n <= n_steps; ++n)
      point.move({0}, sign * rate * n * time_step, {time_step});
    const double share = is_tension ? tension / compression : 1.;
    EXPECT_NEAR(point.response.stress[0],
                sign * share * (compression + viscosity * share * rate),
                1e-8);
  }
}

// With axial strain held, d stress / dt = -E (stress - sc) / viscosity.
TEST(QuadricLaw, StressRelaxes)
{
  const double compression = 100., viscosity = 30., time_step = 1e-5;
  Material     bone         = material("quadric", 60., compression, 0.1);
  bone.plasticity.viscosity = viscosity;
  Point point(bone);
  point.move({0}, -0.02, {1e-12}); // too fast to flow
  ASSERT_NEAR(point.response.stress[0], -0.02 * E, 1e-6);
  const double   over    = 0.02 * E - compression;
  const unsigned n_steps = 200;
  for (unsigned int n = 1; n <= n_steps; ++n)
    point.move({0}, -0.02, {time_step});
  EXPECT_NEAR(point.response.stress[0],
              -compression -
                over * std::pow(1. + time_step * E / viscosity, -200.),
              1e-6);
  EXPECT_NEAR(-point.response.stress[0] - compression,
              over * std::exp(-time_step * n_steps * E / viscosity),
              2e-3 * over);
}

TEST(QuadricLaw, SnappingIsNotAdmissible)
{
  Material bone                     = material("von-mises", 100., 100.);
  bone.plasticity.saturation_ratio  = 0.1;
  bone.plasticity.saturation_strain = 1e-3;
  bone.plasticity.viscosity         = 100.;
  const QuadricLaw  law(bone);
  const VoigtVector strain{{0., 0., 0., 0.02, 0., 0.}};
  // 3 G - 90 / 1e-3 MPa are missing, which viscosity gives at short steps.
  const double longest = 100. / (90. / 1e-3 - 3. * G);
  EXPECT_TRUE(law.respond(strain, {}, {0.99 * longest}).is_admissible);
  EXPECT_FALSE(law.respond(strain, {}, {1.01 * longest}).is_admissible);
  EXPECT_FALSE(law.respond(strain, {}, {}).is_admissible);
}

TEST(QuadricLaw, StrainsThatAreNotFiniteAreNotAdmissible)
{
  const QuadricLaw law(material("quadric", 60., 100., 0.1));
  for (const double bad :
       {infinity, -infinity, std::numeric_limits<double>::quiet_NaN(), 1e300})
    EXPECT_FALSE(law.respond({{0., 0., bad}}, {}, {}).is_admissible);
}

TEST(QuadricLaw, RefusesWhatHasNoMeaning)
{
  expect_refused(material("elastic", 60., 100.), "yield surface");
  expect_refused(material("quadric", 0., 100.), "yield_tension");
  expect_refused(material("quadric", 60., -1.), "yield_compression");
  expect_refused(material("von-mises", 60., 100.), "yield_compression");
  expect_refused(material("von-mises", 0., 0.), "yield_tension");
  for (const double zeta : {-1., 0.51})
    expect_refused(material("quadric", 60., 100., zeta), "interaction");
  const std::vector<std::pair<double Plasticity::*, std::string>> constants{
    {&Plasticity::yield_tension, "yield_tension"},
    {&Plasticity::yield_compression, "yield_compression"},
    {&Plasticity::interaction, "interaction"},
    {&Plasticity::hardening_modulus, "hardening_modulus"},
    {&Plasticity::saturation_ratio, "saturation_ratio"},
    {&Plasticity::saturation_strain, "saturation_strain"},
    {&Plasticity::damage_limit_compression, "damage_limit_compression"},
    {&Plasticity::damage_limit_shear, "damage_limit_shear"},
    {&Plasticity::damage_onset_compression, "damage_onset_compression"},
    {&Plasticity::damage_onset_shear, "damage_onset_shear"},
    {&Plasticity::damage_strain_compression, "damage_strain_compression"},
    {&Plasticity::damage_strain_shear, "damage_strain_shear"},
    {&Plasticity::internal_length, "internal_length"},
    {&Plasticity::nonlocal_weight, "nonlocal_weight"},
    {&Plasticity::viscosity, "viscosity"}};
  for (const auto &[constant, name] : constants)
    for (const double bad : {-1., std::nan(""), infinity})
    {
      Material bone             = material("quadric", 60., 100., 0.1);
      bone.plasticity.*constant = bad;
      expect_refused(bone, name);
    }
  Material bone                      = material("quadric", 60., 100., 0.1);
  bone.plasticity.damage_limit_shear = 0.995;
  expect_refused(bone, "damage_limit_shear");
  bone                             = material("quadric", 60., 100., 0.1);
  bone.plasticity.relaxation.share = {{0.5, 0.4, 0.2}};
  expect_refused(bone, "relaxation_share_1, _2 and _3 must be less than 1");
  bone.plasticity.relaxation.share = {{0.5, -0.4, 0.2}};
  expect_refused(bone, "relaxation_share_2");
  bone.plasticity.relaxation.share = {{0.5, 0., 0.2}};
  bone.plasticity.relaxation.time  = {{1., 1., 0.}};
  expect_refused(bone, "relaxation_time_3");
  bone.is_isotropic           = false;
  bone.orthotropic            = oblique_bone();
  bone.orthotropic.field.kind = FieldKind::cylindrical;
  expect_refused(bone, "varies in space");
}

// In shear a von Mises material unloads by 3 G at most.
TEST(QuadricLaw, RefusesToSoftenFasterThanElasticity)
{
  Material bone                     = material("von-mises", 100., 100.);
  bone.plasticity.saturation_ratio  = 0.5;
  bone.plasticity.saturation_strain = 0.5 * 100. / (3. * G) * 1.001;
  EXPECT_NO_THROW(QuadricLaw{bone});
  bone.plasticity.saturation_strain *= 0.998;
  expect_refused(bone, "saturation_strain");
  bone.plasticity.viscosity = 1.;
  EXPECT_NO_THROW(QuadricLaw{bone});
}
