// SPDX-License-Identifier: LGPL-2.1-or-later
// Every material of the library is complete and stores positive energy.
#include "materials/library.h"

#include "solver/base/errors.h"

#include <Eigen/Dense>
#include <gtest/gtest.h>

#include <set>

using namespace miniscrew::materials;
using miniscrew::UserError;

TEST(Library, EveryMaterialIsPositiveDefiniteAndHasASource)
{
  std::set<std::string> names;
  for (const Material &material : library())
  {
    SCOPED_TRACE(material.name);
    EXPECT_TRUE(names.insert(material.name).second);
    EXPECT_FALSE(material.source.empty());
    const VoigtMatrix C = material.stiffness();
    const auto matrix = Eigen::Map<const Eigen::Matrix<double, 6, 6>>(C.data());
    EXPECT_EQ(matrix, matrix.transpose());
    EXPECT_GT((Eigen::SelfAdjointEigenSolver<Eigen::Matrix<double, 6, 6>>(
                 matrix, Eigen::EigenvaluesOnly)
                 .eigenvalues()
                 .minCoeff()),
              0.);
  }
  EXPECT_EQ(names.size(), 19u);
}

TEST(Library, HasTheMaterialsOfTheBenchmark)
{
  EXPECT_EQ(find_material("cortical bone").isotropic.young_modulus, 13700.);
  EXPECT_EQ(find_material("Cancellous Bone").isotropic.young_modulus, 1370.);
  const Material &titanium = find_material("ti-6al-4v");
  EXPECT_EQ(titanium.isotropic.young_modulus, 110000.);
  EXPECT_EQ(titanium.isotropic.poisson_ratio, 0.34);
  EXPECT_EQ(titanium.yield_stress, 830.);
}

TEST(Library, OrthotropicBoneIsStiffestAlongTheMandible)
{
  // Placed from the buccal side: x along the mandible, y infero-superior, z
  // bucco-lingual.
  const VoigtMatrix cortical =
    find_material("orthotropic cortical bone").stiffness();
  EXPECT_GT(cortical[0], cortical[14]); // xx, zz
  EXPECT_GT(cortical[14], cortical[7]); // zz, yy
  const VoigtMatrix cancellous =
    find_material("orthotropic cancellous bone").stiffness();
  EXPECT_NEAR(cancellous[0], cancellous[14], 1e-5 * cancellous[0]);
  EXPECT_GT(cancellous[14], 4. * cancellous[7]);
  // Transverse isotropy: G_xz = E / (2 (1 + nu)).
  EXPECT_NEAR(cancellous[28], 1148. / (2. * 1.322), 1.);
}

TEST(Library, UnknownNamesAreExplained)
{
  try
  {
    find_material("cortical bones");
    FAIL();
  }
  catch (const UserError &error)
  {
    const std::string text = error.what();
    EXPECT_EQ(text.find("the library has no material 'cortical bones', but "
                        "cortical bone, cancellous bone, "),
              0u);
    EXPECT_NE(text.find("; did you mean 'cortical bone'?"), std::string::npos);
  }
}
