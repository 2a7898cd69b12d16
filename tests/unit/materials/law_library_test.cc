// SPDX-License-Identifier: LGPL-2.1-or-later
// What holds for every law of the library, whatever it is.
#include "materials/law_library.h"

#include "solver/base/errors.h"

#include <Eigen/Dense>
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <random>
#include <set>
#include <stdexcept>

using namespace miniscrew::materials;
using miniscrew::UserError;

namespace
{
using Matrix6 = Eigen::Matrix<double, 6, 6, Eigen::RowMajor>;
using State   = std::vector<double>;

const PointStep step{0.5};

Material
sample(const LawEntry &law)
{
  Material material;
  material.name                         = "sample";
  material.isotropic.young_modulus      = 12000.;
  material.isotropic.poisson_ratio      = 0.3;
  material.law                          = law.name;
  material.yield_stress                 = 100.;
  material.plasticity.yield_tension     = 100.;
  material.plasticity.yield_compression = 100.;
  return material;
}

/// Strains of a path at random, of up to twice the elastic range a step.
std::vector<VoigtVector>
path(const unsigned int seed)
{
  std::mt19937                     random(seed);
  std::normal_distribution<double> normal(0., 4e-3);
  std::vector<VoigtVector>         strains(8);
  VoigtVector                      strain{};
  for (VoigtVector &next : strains)
  {
    for (double &component : strain)
      component += normal(random);
    next = strain;
  }
  return strains;
}

/// Calls work(strain, old, now) for the steps of some paths.
template <typename Work>
void
for_steps(const InelasticLaw &law, const Work &work)
{
  for (unsigned int seed = 1; seed <= 5; ++seed)
  {
    State old(law.n_state(), 0.), now(old);
    for (const VoigtVector &strain : path(seed))
    {
      ASSERT_TRUE(
        law.respond(strain, old.data(), now.data(), step).is_admissible);
      work(strain, old, now);
      old = now;
    }
  }
}

Matrix6
by_differences(const InelasticLaw &law,
               const VoigtVector  &strain,
               const State        &old)
{
  const double shift = 1e-8;
  Matrix6      result;
  State        ignored(law.n_state());
  for (unsigned int j = 0; j < 6; ++j)
  {
    VoigtVector above = strain, below = strain;
    above[j] += shift;
    below[j] -= shift;
    const VoigtVector up =
      law.respond(above, old.data(), ignored.data(), step).stress;
    const VoigtVector down =
      law.respond(below, old.data(), ignored.data(), step).stress;
    for (unsigned int i = 0; i < 6; ++i)
      result(i, j) = (up[i] - down[i]) / (2. * shift);
  }
  return result;
}

class EachLaw : public testing::TestWithParam<LawEntry>
{};
} // namespace

TEST_P(EachLaw, TangentIsTheDerivativeOfStress)
{
  const auto law = make_law(sample(GetParam()));
  for_steps(*law, [&](const auto &strain, const auto &old, const auto &now) {
    const VoigtMatrix tangent =
      law->tangent(strain, old.data(), now.data(), step);
    const Matrix6 T = Eigen::Map<const Matrix6>(tangent.data());
    EXPECT_LT((T - by_differences(*law, strain, old)).norm(), 1e-5 * T.norm());
    if (law->is_symmetric())
    {
      EXPECT_LT((T - T.transpose()).norm(), 1e-12 * T.norm());
    }
    const VoigtMatrix positive =
      law->positive_tangent(strain, old.data(), now.data(), step);
    const Matrix6 P = Eigen::Map<const Matrix6>(positive.data());
    EXPECT_LT((P - P.transpose()).norm(), 1e-12 * P.norm());
    EXPECT_GT(
      Eigen::SelfAdjointEigenSolver<Matrix6>(P).eigenvalues().minCoeff(), 0.);
  });
}

TEST_P(EachLaw, StressOfTheNewStateIsThatOfTheStep)
{
  const auto law = make_law(sample(GetParam()));
  for_steps(*law, [&](const auto &strain, const auto &old, const auto &now) {
    State             again(law->n_state());
    const VoigtVector made =
      law->respond(strain, old.data(), again.data(), step).stress;
    const VoigtVector kept = law->stress(strain, now.data());
    EXPECT_EQ(again, now);
    for (unsigned int i = 0; i < 6; ++i)
      EXPECT_NEAR(made[i], kept[i], 1e-10 * (1. + std::abs(made[i])));
    EXPECT_GE(law->elastic_energy(strain, now.data()), 0.);
  });
}

TEST_P(EachLaw, StartsElasticWithoutHistory)
{
  const Material material = sample(GetParam());
  const auto     law      = make_law(material);
  const State    virgin(law->n_state(), 0.);
  State          now(virgin);
  const auto     none = law->respond({}, virgin.data(), now.data(), step);
  EXPECT_EQ(none.stress, VoigtVector{});
  EXPECT_EQ(now, virgin);
  EXPECT_FALSE(law->is_yielding(virgin.data(), now.data()));
  const VoigtVector strain{{1e-3, 2e-3, -1e-3, 0., 1e-3, 0.}};
  const VoigtVector elastic = multiply(material.stiffness(), strain);
  for (unsigned int i = 0; i < 6; ++i)
    EXPECT_NEAR(law->stress(strain, virgin.data())[i], elastic[i], 1e-10);
}

TEST_P(EachLaw, ObservablesAreNamedAndBeginAtZero)
{
  const auto            law = make_law(sample(GetParam()));
  const State           virgin(law->n_state(), 0.);
  std::set<std::string> names;
  for (const Observable &observable : law->observables())
  {
    EXPECT_TRUE(names.insert(observable.name).second) << observable.name;
    EXPECT_TRUE(std::all_of(
      observable.name.begin(),
      observable.name.end(),
      [](const unsigned char c) { return std::islower(c) || c == '_'; }))
      << observable.name;
    EXPECT_FALSE(observable.sentence.empty());
    EXPECT_NE(observable.sentence.back(), '.');
    EXPECT_EQ(observable.value(virgin.data()), 0.) << observable.name;
  }
  for_steps(*law, [&](const auto &, const auto &, const auto &now) {
    for (const Observable &observable : law->observables())
    {
      const double value = observable.value(now.data());
      EXPECT_TRUE(std::isfinite(value));
      if (observable.kind == Observable::Kind::volume_share)
      {
        EXPECT_TRUE(value >= 0. && value <= 1.) << observable.name;
      }
    }
  });
}

TEST_P(EachLaw, ConstantsBeginWithinTheirRange)
{
  Material material;
  EXPECT_FALSE(GetParam().sentence.empty());
  for (const LawConstant &constant : GetParam().constants)
  {
    EXPECT_GE(constant.initial, constant.min) << constant.key;
    EXPECT_LE(constant.initial, constant.max) << constant.key;
    EXPECT_EQ(value_of(constant, material), constant.initial) << constant.key;
    constant.value(material) = constant.max;
    EXPECT_EQ(value_of(constant, material), constant.max) << constant.key;
  }
}

INSTANTIATE_TEST_SUITE_P(LawLibrary,
                         EachLaw,
                         testing::ValuesIn(law_library()),
                         [](const auto &law) {
                           std::string name = law.param.name;
                           std::replace(name.begin(), name.end(), '-', '_');
                           return name;
                         });

TEST(LawLibrary, KnowsItsNames)
{
  EXPECT_EQ(find_law("quadric").name, "quadric");
  try
  {
    static_cast<void>(find_law("quadrik"));
    FAIL();
  }
  catch (const UserError &error)
  {
    EXPECT_NE(std::string(error.what()).find("did you mean 'quadric'?"),
              std::string::npos)
      << error.what();
  }
  EXPECT_THROW(add_law(find_law("quadric")), std::invalid_argument);
  EXPECT_THROW(add_law({elastic_law, "none", {}, {}, {}}),
               std::invalid_argument);
}
