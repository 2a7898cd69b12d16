// SPDX-License-Identifier: LGPL-2.1-or-later
// Sizes and costs that are estimated before anything is meshed.
#include "solver/model/mesh_cost.h"

#include "mesh/screw/catalogue.h"
#include "solver/base/errors.h"
#include "solver/model/model.h"

#include <gtest/gtest.h>

#include <cstdlib>

using namespace miniscrew;

namespace
{
Case
screw_in_bone(const unsigned int degree, const double interface_size)
{
  Case result;
  result.screw                 = mesh::catalogue_screw("Dual Top", 1.6, 8.);
  result.discretisation.degree = degree;
  result.discretisation.interface_size = interface_size;
  return result;
}

model::MeshSize
estimate(const Case &parameters)
{
  const mesh::ScrewSurface surface(parameters.screw);
  const mesh::ScrewBoneMap map(
    surface, parameters.site, model::map_options(parameters));
  return model::estimate_size(
    map, parameters, parameters.discretisation.interface_size);
}

std::string
refusal(const Case &parameters)
{
  try
  {
    const model::Model model(parameters, MPI_COMM_WORLD);
    return "";
  }
  catch (const UserError &error)
  {
    return error.what();
  }
}
} // namespace

TEST(MeshCost, SizesAreThoseOfTheMesh)
{
  for (const auto &[degree, size] : {std::pair(1u, 0.3),
                                     std::pair(1u, 0.8),
                                     std::pair(2u, 0.4),
                                     std::pair(3u, 0.8)})
    for (const auto condition :
         {InterfaceCondition::bonded, InterfaceCondition::frictional})
    {
      Case parameters                 = screw_in_bone(degree, size);
      parameters.interface.condition  = condition;
      const model::MeshSize estimated = estimate(parameters);
      const model::Model    model(parameters, MPI_COMM_WORLD);
      EXPECT_NEAR(estimated.n_cells / model.quality().n_cells, 1., 0.2);
      EXPECT_NEAR(estimated.n_dofs / model.space().n_dofs(), 1., 0.2);
    }
}

TEST(MeshCost, MoreMemoryForContactAndInelasticBodies)
{
  Case                  parameters = screw_in_bone(2, 0.2);
  const model::MeshSize size       = estimate(parameters);
  const auto            memory     = [&](const model::Purpose purpose) {
    return model::estimate_memory(parameters, size, purpose, 1);
  };
  const double mesh   = memory(model::Purpose::mesh),
               bonded = memory(model::Purpose::run);
  EXPECT_LT(mesh, bonded);
  parameters.interface.condition = InterfaceCondition::frictional;
  const double contact           = memory(model::Purpose::run);
  EXPECT_LT(bonded, contact);
  parameters.near_cortex.law = "quadric";
  EXPECT_LT(contact, memory(model::Purpose::run));
  EXPECT_GT(model::estimate_seconds(parameters, size, 1),
            5. * model::estimate_seconds(screw_in_bone(2, 0.2), size, 1));
}

TEST(MeshCost, WhatDoesNotFitIsRefusedBeforeItIsMade)
{
  setenv("MINISCREW_MEMORY_MB", "200", 1);
  const std::string answer = refusal(screw_in_bone(2, 0.2));
  for (const char *part : {"the mesh would have about",
                           "degrees of freedom",
                           "MB of memory, but 200 MB are allowed by "
                           "MINISCREW_MEMORY_MB",
                           "interface_size_mm (now 0.2)"})
    EXPECT_NE(answer.find(part), std::string::npos) << answer;
  unsetenv("MINISCREW_MEMORY_MB");
  EXPECT_EQ(refusal(screw_in_bone(1, 0.8)), "");
}

TEST(MeshCost, MoreThanIndicesCanCountIsRefused)
{
  setenv("MINISCREW_MEMORY_MB", "1e12", 1);
  Case parameters                    = screw_in_bone(3, 0.01);
  parameters.discretisation.far_size = 0.02;
  const std::string answer           = refusal(parameters);
  EXPECT_NE(answer.find("more than indices of 32 bits can count"),
            std::string::npos)
    << answer;
  unsetenv("MINISCREW_MEMORY_MB");
}
