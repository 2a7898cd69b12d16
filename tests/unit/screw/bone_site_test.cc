// SPDX-License-Identifier: LGPL-2.1-or-later
// Engagement is derived from the layers along the screw's axis.
#include "mesh/site/bone_site.h"

#include <gtest/gtest.h>

using namespace miniscrew::mesh;

TEST(BoneSite, MonocorticalWithoutFarCortex)
{
  BoneSite         site; // 1.5 + 9 mm, 8 mm deep
  const Engagement e = engagement(site, layer_planes(site));
  EXPECT_EQ(e.kind, "monocortical");
  EXPECT_DOUBLE_EQ(e.near_cortex, 1.5);
  EXPECT_DOUBLE_EQ(e.cancellous, 6.5);
  EXPECT_EQ(e.far_cortex, 0.);
}

TEST(BoneSite, BicorticalIfTheShaftReachesTheFarCortex)
{
  BoneSite site;
  site.cancellous = 6.;
  site.far_cortex = 1.5;
  Engagement e    = engagement(site, layer_planes(site));
  EXPECT_EQ(e.kind, "bicortical");
  EXPECT_DOUBLE_EQ(e.cancellous, 6.);
  EXPECT_DOUBLE_EQ(e.far_cortex, 0.5);

  site.insertion_depth = 7.5; // touches it
  e                    = engagement(site, layer_planes(site));
  EXPECT_EQ(e.kind, "monocortical");
  EXPECT_EQ(e.far_cortex, 0.);

  site.insertion_depth = 12.; // comes out at the other side
  EXPECT_DOUBLE_EQ(engagement(site, layer_planes(site)).far_cortex, 1.5);

  site.insertion_depth = 1.; // ends in the near cortex
  e                    = engagement(site, layer_planes(site));
  EXPECT_DOUBLE_EQ(e.near_cortex, 1.);
  EXPECT_EQ(e.cancellous, 0.);
}

TEST(BoneSite, AnObliqueAxisIsLongerInEveryLayer)
{
  BoneSite site;
  site.insertion_angle     = 30.; // twice as long
  site.far_cortex          = 1.;
  const LayerPlanes planes = layer_planes(site);
  EXPECT_NEAR(planes.near_cortex_end, -3., 1e-12);
  EXPECT_NEAR(planes.cancellous_end, -21., 1e-12);
  EXPECT_NEAR(planes.far_cortex_end, -23., 1e-12);
  EXPECT_NEAR(engagement(site, layer_planes(site)).near_cortex, 3., 1e-12);
  EXPECT_NEAR(engagement(site, layer_planes(site)).cancellous, 5., 1e-12);
}
