// SPDX-License-Identifier: LGPL-2.1-or-later
// Bone of the library in its law, for tests.
#pragma once

#include "materials/library.h"
#include "materials/quadric/quadric_law.h"

#include "tests/unit/materials/quadric_laws.h"

#include <Eigen/Dense>
#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

namespace miniscrew::test
{
using Matrix6 = Eigen::Matrix<double, 6, 6, Eigen::RowMajor>;
using Vector6 = Eigen::Matrix<double, 6, 1>;

inline materials::Material
bone(const std::string &name)
{
  materials::Material material = materials::find_material(name);
  material.law                 = "quadric";
  return material;
}

/// Bones of the library, and one that is orthotropic, all with averages and
/// relaxation.
inline std::vector<materials::Material>
bones()
{
  std::vector<materials::Material> all;
  for (const char *name :
       {"cortical bone", "cancellous bone", "soft cancellous bone"})
    all.push_back(bone(name));
  materials::Material oblique = bone("cortical bone");
  oblique.name                = "orthotropic";
  oblique.is_isotropic        = false;
  oblique.orthotropic         = oblique_bone();
  all.push_back(oblique);
  return all;
}

inline Vector6
vector(const materials::VoigtVector &array)
{
  return Vector6(array.data());
}

inline materials::VoigtVector
to_array(const Vector6 &vector)
{
  materials::VoigtVector result;
  Vector6::Map(result.data()) = vector;
  return result;
}

/// A point whose strain is given in one component, and which is free of stress
/// in the others.
struct Point
{
  explicit Point(const materials::Material &material)
    : law(material)
  {}

  void
  move(const unsigned int          component,
       const double                value,
       const materials::PointStep &step)
  {
    strain[component] = value;
    for (unsigned int iteration = 0; iteration < 100; ++iteration)
    {
      response      = law.respond(to_array(strain), state, step);
      Vector6 right = vector(response.stress);
      ASSERT_TRUE(response.is_admissible);
      right[component] = 0.;
      if (right.norm() < 1e-11 * (1. + std::abs(response.stress[component])))
      {
        state = response.state;
        return;
      }
      const materials::VoigtMatrix tangent =
        law.tangent(to_array(strain), state, response, step);
      Matrix6 T(tangent.data());
      T.row(component).setZero();
      T.col(component).setZero();
      T(component, component) = 1.;
      strain -= T.partialPivLu().solve(right);
    }
    FAIL() << "the free stresses do not vanish";
  }

  /// In many steps.
  void
  lead(const unsigned int component, const double end, const unsigned int n)
  {
    const double begin = strain[component];
    for (unsigned int i = 1; i <= n; ++i)
      move(component, begin + (end - begin) * i / n, {});
  }

  materials::QuadricLaw           law;
  materials::QuadricLaw::State    state;
  Vector6                         strain = Vector6::Zero();
  materials::QuadricLaw::Response response;
};
} // namespace miniscrew::test
