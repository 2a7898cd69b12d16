// SPDX-License-Identifier: LGPL-2.1-or-later
// Planes of the bone that nearly meet the screw's tip.
#include "mesh/map/plane_fit.h"

#include "tests/unit/mesh/assertions.h"
#include "tests/verification/discretisation.h"

#include <gtest/gtest.h>

#include <cmath>

using namespace miniscrew;

namespace
{
constexpr double depth = 5.;

// A site whose near cortex (plane 1) or cancellous bone (plane 2) ends by @p
// gap above the tip.
mesh::BoneSite
site_with(const unsigned int plane, const double angle, const double gap)
{
  const double   sine = std::sin(angle * M_PI / 180.);
  mesh::BoneSite site;
  site.insertion_angle = angle;
  site.insertion_depth = depth;
  site.near_cortex     = plane == 1 ? (depth - gap) * sine : 1.5;
  site.cancellous      = plane == 1 ? 4. : (depth - gap) * sine - 1.5;
  site.far_cortex      = plane == 1 ? 0. : 2.;
  return site;
}

struct Measured
{
  double                jacobian, aspect_ratio;
  std::array<double, 4> volume;
};

Measured
measure(const verification::Surface &surface, const mesh::BoneSite &site)
{
  const verification::Discretisation body(
    surface, site, verification::to_sizes(0.5, 1.5), 1);
  const fem::Quality quality = fem::measure_quality(body.geometry);
  return {
    quality.min_scaled_jacobian, quality.max_aspect_ratio, quality.volume};
}
} // namespace

// Such cells were 100,000 times as wide as high.
TEST(PlaneFit, NearlyCoincidentPlanesMakeNoWorseCells)
{
  for (const auto &[system, diameter, length] :
       {std::tuple("Dual Top", 1.6, 8.), std::tuple("Lomas", 2.3, 7.)})
  {
    const auto surface =
      verification::catalogue_surface(system, diameter, length);
    for (const double angle : {90., 60., 45.})
      for (const unsigned int plane : {1u, 2u})
      {
        if (verification::has_assertions && angle != 60.)
          continue;
        const Measured at    = measure(surface, site_with(plane, angle, 0.));
        Measured       usual = at;
        for (const double far : {-0.6, 0.6})
        {
          const Measured m   = measure(surface, site_with(plane, angle, far));
          usual.jacobian     = std::min(usual.jacobian, m.jacobian);
          usual.aspect_ratio = std::max(usual.aspect_ratio, m.aspect_ratio);
        }
        for (const double size :
             {1e-9, 1e-6, 1e-5, 1e-4, 1e-3, 0.01, 0.03, 0.05, 0.08, 0.12, 0.2})
          for (const double gap : {-size, size})
          {
            SCOPED_TRACE(std::string(system) + " at " + std::to_string(angle) +
                         " degrees, plane " + std::to_string(plane) + ", " +
                         std::to_string(gap) + " mm");
            const Measured m = measure(surface, site_with(plane, angle, gap));
            EXPECT_GT(m.jacobian, usual.jacobian / 1.5);
            EXPECT_LT(m.aspect_ratio, 2. * usual.aspect_ratio);
            // The screw stays where it is but for its mesh of 0.5 mm cells,
            // which is up to 0.4 % off, and the bone is as much.
            EXPECT_NEAR(m.volume[3], at.volume[3], 5e-3 * at.volume[3]);
            EXPECT_NEAR(m.volume[0] + m.volume[1] + m.volume[2],
                        at.volume[0] + at.volume[1] + at.volume[2] - 100. * gap,
                        0.2);
          }
      }
  }
}

TEST(PlaneFit, NoPlaneMovesByMoreThanHalfTheLeastDistance)
{
  const auto   surface = verification::catalogue_surface("Dual Top", 1.6, 8.);
  const double least =
    mesh::least_plane_distance(mesh::shaft_radius(*surface, depth));
  EXPECT_GT(least, 0.08);
  EXPECT_LT(least, 0.13);
  for (const double angle : {90., 50.})
    for (const unsigned int plane : {1u, 2u})
      for (double gap = -0.3; gap <= 0.3; gap += 0.00701)
      {
        const mesh::BoneSite     site   = site_with(plane, angle, gap);
        const mesh::LayerPlanes  exact  = mesh::layer_planes(site);
        const mesh::FittedPlanes fitted = mesh::fit_planes(*surface, site);
        const double             moved =
          plane == 1 ? fitted.planes.near_cortex_end - exact.near_cortex_end
                                 : fitted.planes.cancellous_end - exact.cancellous_end;
        const double left =
          std::abs((plane == 1 ? fitted.planes.near_cortex_end
                               : fitted.planes.cancellous_end) +
                   depth);
        EXPECT_LE(std::abs(moved), 0.5 * least + 1e-12);
        EXPECT_TRUE(left < 1e-12 || left > least - 1e-12) << left;
        EXPECT_EQ(fitted.changes.size(), std::abs(moved) > 0. ? 1u : 0u);
        EXPECT_EQ(fitted.planes.far_cortex_end, exact.far_cortex_end);
      }
}

TEST(PlaneFit, SaysByHowMuch)
{
  const auto surface = verification::catalogue_surface("Dual Top", 1.6, 8.);
  const auto fitted  = mesh::fit_planes(*surface, site_with(1, 90., -1e-5));
  ASSERT_EQ(fitted.changes.size(), 1u);
  EXPECT_NE(fitted.changes[0].find("near cortex"), std::string::npos);
  EXPECT_NE(fitted.changes[0].find("5.00001 mm, is put at 5 mm"),
            std::string::npos)
    << fitted.changes[0];
  EXPECT_NE(fitted.changes[0].find("moved by 1e-05 mm"), std::string::npos);
  EXPECT_TRUE(
    mesh::fit_planes(*surface, site_with(1, 90., 0.)).changes.empty());
}

// Lengths that are reported are those of the mesh.
TEST(PlaneFit, EngagementFollowsThePlanes)
{
  const auto surface = verification::catalogue_surface("Lomas", 2., 9.);
  const mesh::BoneSite   site = site_with(2, 90., 0.01);
  const mesh::Engagement exact =
    mesh::engagement(site, mesh::layer_planes(site));
  EXPECT_NEAR(exact.far_cortex, 0.01, 1e-9);
  const mesh::Engagement fitted =
    mesh::engagement(site, mesh::fit_planes(*surface, site).planes);
  EXPECT_EQ(fitted.far_cortex, 0.);
  EXPECT_EQ(fitted.kind, "monocortical");
  EXPECT_NEAR(fitted.near_cortex + fitted.cancellous, depth, 1e-12);
}

TEST(PlaneFit, PilotHolesEndAtThePlanesTheyNearlyReach)
{
  const auto surface = verification::catalogue_surface("Dual Top", 1.6, 8.);
  const mesh::BoneSite site = site_with(1, 90., 0.06);
  const double         cortex_end =
    -mesh::fit_planes(*surface, site).planes.near_cortex_end;
  EXPECT_LT(cortex_end, site.near_cortex);
  for (const double shift : {-1e-4, 0., 1e-4})
  {
    EXPECT_EQ(mesh::fitted_pilot_depth(*surface, site, depth + shift), depth);
    EXPECT_EQ(
      mesh::fitted_pilot_depth(*surface, site, site.near_cortex - 0.02 + shift),
      cortex_end);
  }
  EXPECT_EQ(mesh::fitted_pilot_depth(*surface, site, 2.5), 2.5);
}
