// SPDX-License-Identifier: LGPL-2.1-or-later
// A case becomes a valid mesh at every angle of insertion and size of cells.
#include "solver/stages/model.h"

#include "mesh/screw/catalogue.h"

#include <gtest/gtest.h>

using namespace miniscrew;

namespace
{
Case
inserted(const std::string &system,
         const double       diameter,
         const double       length,
         const double       angle,
         const double       interface_size)
{
  Case result;
  result.screw                = mesh::catalogue_screw(system, diameter, length);
  result.site.cancellous      = length + 2.;
  result.site.insertion_angle = angle;
  result.site.insertion_depth = length;
  result.discretisation.interface_size = interface_size;
  return result;
}
} // namespace

TEST(Model, EveryAngleOfInsertionHasAValidMesh)
{
  for (const double angle : {90., 80., 70., 60., 50., 40., 30.})
    for (const double size : {0.4, 0.25})
      for (const auto &[system, diameter, length] :
           {std::make_tuple("Dual Top", 1.6, 8.),
            std::make_tuple("Lomas", 2.3, 7.),
            std::make_tuple("AbsoAnchor", 1.2, 5.)})
      {
        SCOPED_TRACE(std::string(system) + " at " + std::to_string(angle) +
                     " degrees, " + std::to_string(size) + " mm");
        const Case parameters = inserted(system, diameter, length, angle, size);
        const stages::Model model(parameters, MPI_COMM_WORLD);
        EXPECT_GT(model.quality().min_scaled_jacobian, 0.04);
        EXPECT_LE(model.interface_size(), size);
        EXPECT_GE(model.interface_size(), 0.4 * size);
      }
}

TEST(Model, PerpendicularSitesGetTheSizeAskedFor)
{
  const Case          parameters = inserted("Dual Top", 1.6, 6., 90., 0.4);
  const stages::Model model(parameters, MPI_COMM_WORLD);
  EXPECT_EQ(model.interface_size(), 0.4);
}
