// SPDX-License-Identifier: LGPL-2.1-or-later
// A case becomes a valid mesh at every angle of insertion and size of cells.
#include "solver/model/model.h"

#include "mesh/screw/catalogue.h"
#include "solver/base/errors.h"
#include "tests/unit/mesh/assertions.h"

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
        if (verification::has_assertions && size < 0.4)
          continue;
        SCOPED_TRACE(std::string(system) + " at " + std::to_string(angle) +
                     " degrees, " + std::to_string(size) + " mm");
        const Case parameters = inserted(system, diameter, length, angle, size);
        const model::Model model(parameters, MPI_COMM_WORLD);
        EXPECT_GT(model.quality().min_scaled_jacobian, 0.04);
        EXPECT_LE(model.interface_size(), size);
        EXPECT_GE(model.interface_size(), 0.4 * size);
      }
}

TEST(Model, PerpendicularSitesGetTheSizeAskedFor)
{
  const Case         parameters = inserted("Dual Top", 1.6, 6., 90., 0.4);
  const model::Model model(parameters, MPI_COMM_WORLD);
  EXPECT_EQ(model.interface_size(), 0.4);
}

// Folded with one ring of cells around a tip that is hardly in the bone, and
// where smaller cells were worse than those asked for.
TEST(Model, ThickScrewsOnSteepSitesFoldAtNoDepth)
{
  Case parameters;
  parameters.screw.name                    = "thick";
  parameters.screw.diameter                = 4.;
  parameters.screw.length                  = 8.;
  parameters.screw.core_diameter           = 3.;
  parameters.screw.pitch                   = 2.;
  parameters.screw.crest_width             = 0.2;
  parameters.screw.fillet_radius           = 0.03;
  parameters.screw.leading_flank_angle     = 45.;
  parameters.screw.trailing_flank_angle    = 20.;
  parameters.screw.thread_runout           = 0.5;
  parameters.screw.tip                     = mesh::TipShape::blunt;
  parameters.screw.tip_length              = 0.8;
  parameters.screw.tip_radius              = 0.9;
  parameters.screw.collar_height           = 1.;
  parameters.screw.collar_diameter         = 4.;
  parameters.screw.head                    = mesh::HeadShape::none;
  parameters.site.near_cortex              = 3.;
  parameters.site.insertion_angle          = 40.;
  parameters.interface.condition           = InterfaceCondition::frictional;
  parameters.discretisation.degree         = 1;
  parameters.discretisation.interface_size = 0.8;
  parameters.discretisation.far_size       = 4.;
  for (unsigned int i = 1; i <= 12; ++i)
  {
    parameters.site.insertion_depth = 0.5 * i;
    SCOPED_TRACE(parameters.site.insertion_depth);
    const model::Model model(parameters, MPI_COMM_WORLD);
    EXPECT_GT(model.quality().min_scaled_jacobian, 0.02);
  }
}

// "A steeper angle" was the advice at 90 degrees too.
TEST(Model, FoldsNameDepthAndWhatHelps)
{
  Case parameters                = inserted("Dual Top", 1.6, 8., 90., 0.8);
  parameters.screw.diameter      = 2.;
  parameters.screw.core_diameter = 0.5;
  parameters.screw.tip_radius    = 0.2;
  parameters.screw.pitch         = 2.;
  parameters.screw.trailing_flank_angle = 5.;
  parameters.screw.leading_flank_angle  = 5.;
  parameters.site.insertion_depth       = 6.;
  parameters.discretisation.degree      = 1;
  for (const double angle : {90., 70.})
  {
    parameters.site.insertion_angle = angle;
    std::string text;
    try
    {
      const model::Model model(parameters, MPI_COMM_WORLD);
    }
    catch (const UserError &error)
    {
      text = error.what();
    }
    EXPECT_NE(text.find("while the tip is 6 mm deep"), std::string::npos)
      << text;
    EXPECT_NE(text.find("interface_size_mm (now 0.8)"), std::string::npos);
    EXPECT_NE(text.find("flank angles"), std::string::npos);
    EXPECT_EQ(text.find("insertion_angle_deg") == std::string::npos,
              angle == 90.);
  }
}
