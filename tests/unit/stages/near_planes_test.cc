// SPDX-License-Identifier: LGPL-2.1-or-later
// Results do not jump where a plane of the bone nearly meets the screw's tip.
#include "solver/model/model.h"
#include "solver/report/quantities.h"
#include "solver/stages/service.h"

#include "mesh/screw/catalogue.h"

#include <gtest/gtest.h>

#include <cmath>

using namespace miniscrew;

namespace
{
materials::Material
bone(const double young_modulus)
{
  materials::Material material;
  material.isotropic.young_modulus = young_modulus;
  material.isotropic.poisson_ratio = 0.3;
  return material;
}

// A bonded screw whose tip ends @p gap below the near cortex (plane 1) or the
// cancellous bone (plane 2).
double
head_displacement(const unsigned int plane, const double gap)
{
  Case c;
  c.screw                         = mesh::catalogue_screw("Dual Top", 1.6, 8.);
  c.screw_material                = bone(110000.);
  c.near_cortex                   = bone(13700.);
  c.cancellous                    = bone(1370.);
  c.far_cortex                    = bone(13700.);
  c.site.width_x                  = 8.;
  c.site.width_y                  = 8.;
  c.site.insertion_depth          = 6.;
  c.site.near_cortex              = plane == 1 ? 6. - gap : 1.5;
  c.site.cancellous               = plane == 1 ? 3. : 4.5 - gap;
  c.site.far_cortex               = plane == 1 ? 0. : 2.;
  c.discretisation.degree         = 1;
  c.discretisation.interface_size = 0.5;
  c.discretisation.far_size       = 4.;
  model::Model         model(c, MPI_COMM_WORLD);
  Log                  log(MPI_COMM_WORLD, true);
  stages::StageContext context{c, model, nullptr, log};
  stages::StageResult  result;
  stages::Service().run(context, result);
  EXPECT_TRUE(result.is_complete()) << result.reason;
  return result.numbers.number(report::quantity::head_displacement)
    .value_or(0.);
}
} // namespace

TEST(NearPlanes, HeadMovesAlike)
{
  for (const unsigned int plane : {1u, 2u})
  {
    const double at = head_displacement(plane, 0.);
    for (const double gap :
         {-0.06, -0.05, -1e-3, -1e-5, 1e-9, 1e-5, 1e-4, 0.02, 0.05, 0.06})
    {
      SCOPED_TRACE("plane " + std::to_string(plane) + ", gap " +
                   std::to_string(gap));
      EXPECT_NEAR(head_displacement(plane, gap) / at, 1., 0.01);
    }
  }
}
