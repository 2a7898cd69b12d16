// SPDX-License-Identifier: LGPL-2.1-or-later
// What overlaps between a screw and its bore, without any mesh.
#include "mesh/screw/catalogue.h"

#include "solver/model/bore_interface.h"

#include <gtest/gtest.h>

#include <cmath>

using namespace miniscrew;
using contact::InterfacePoint;
using model::BoreGaps;

namespace
{
constexpr double pi = 3.14159265358979323846;

struct Patch
{
  InterfacePoint point;
  double         area;
};

// Small patches of the surface between two sections of a screw with its tip at
// z = -depth, in cortex.
std::vector<Patch>
patches(const mesh::ScrewSurface &surface,
        const double              depth,
        const double              begin,
        const double              end)
{
  const unsigned int n_s = 400, n_theta = 180;
  const double       ds = (end - begin) / n_s, dt = 2. * pi / n_theta;
  std::vector<Patch> all;
  for (unsigned int i = 0; i < n_s; ++i)
    for (unsigned int j = 0; j < n_theta; ++j)
    {
      const double s = begin + (i + 0.5) * ds, t = (j + 0.5) * dt, h = 1e-6;
      const double r  = surface.radius(t, s),
                   rs = (surface.radius(t, s + h) - surface.radius(t, s - h)) /
                        (2. * h),
                   rt = (surface.radius(t + h, s) - surface.radius(t - h, s)) /
                        (2. * h);
      // d x / d t cross d x / d s.
      const double n_r = r, n_t = -rt, n_z = -r * rs;
      const double size = std::sqrt(n_r * n_r + n_t * n_t + n_z * n_z);
      Patch        patch;
      patch.area           = size * ds * dt;
      patch.point.position = {{r * std::cos(t), r * std::sin(t), s - depth}};
      patch.point.normal   = {{(n_r * std::cos(t) - n_t * std::sin(t)) / size,
                               (n_r * std::sin(t) + n_t * std::cos(t)) / size,
                               n_z / size}};
      patch.point.layers   = {{1., 0., 0.}};
      all.push_back(patch);
    }
  return all;
}

std::vector<InterfacePoint>
points_of(const std::vector<Patch> &all)
{
  std::vector<InterfacePoint> points;
  for (const Patch &patch : all)
    points.push_back(patch.point);
  return points;
}

mesh::BoneSite
thick_site(const double depth)
{
  mesh::BoneSite site;
  site.near_cortex     = 20.;
  site.cancellous      = 1.;
  site.insertion_depth = depth;
  return site;
}

Insertion
with_pilot(const double diameter)
{
  Insertion insertion;
  insertion.technique      = diameter > 0. ? "self-tapping" : "self-drilling";
  insertion.pilot_diameter = diameter;
  insertion.pilot_depth    = diameter > 0. ? 8. : 0.;
  return insertion;
}

mesh::ScrewGeometry
screw_with(const double taper = 0.)
{
  mesh::ScrewGeometry screw = mesh::catalogue_screw("Dual Top", 1.6, 8.);
  screw.core_taper          = taper;
  return screw;
}

// Moment of friction per pressure of what is in contact on a pitch of shaft.
double
contact_moment(const double pilot)
{
  mesh::ScrewGeometry screw = screw_with();
  screw.fillet_radius       = 0.001; // the closed form has sharp corners
  const mesh::ScrewSurface surface(screw);
  const auto     all = patches(surface, 8., 4., 4. + surface.geometry().pitch);
  const BoreGaps gaps(
    surface, thick_site(8.), with_pilot(pilot), points_of(all));
  const auto at_mid = gaps.at(gaps.places().mid);
  double     moment = 0.;
  for (std::size_t i = 0; i < all.size(); ++i)
    if (at_mid[i] < 0.)
      moment += all[i].area *
                std::hypot(all[i].point.position[0], all[i].point.position[1]);
  return moment;
}
} // namespace


// A thread in a pilot hole touches with what is outside of it: closed form by
// integration over the thread, insertion torque per pressure.
TEST(BoreGaps, ContactFallsWithThePilotHoleFromTheCoreOn)
{
  const double whole = contact_moment(0.);
  EXPECT_NEAR(whole / 0.7, 3.83, 0.04); // mm^3 per mm of shaft
  const std::vector<std::pair<double, double>> ratios = {{1.0, 1.},
                                                         {1.1, 1.},
                                                         {1.2, 0.724},
                                                         {1.3, 0.610},
                                                         {1.4, 0.478},
                                                         {1.5, 0.325}};
  for (const auto &[pilot, ratio] : ratios)
    EXPECT_NEAR(contact_moment(pilot) / whole, ratio, 0.01) << pilot;
}


// On a parallel shaft every ring overlaps by the residual interference, in
// whatever way the screw got there.
TEST(BoreGaps, ParallelShaftDoesNotKnowItsPilotHole)
{
  const mesh::ScrewSurface surface(screw_with());
  const auto               all = points_of(patches(surface, 8., 3., 7.));
  const BoreGaps drilled(surface, thick_site(8.), with_pilot(0.), all);
  const auto    &places = drilled.places();
  EXPECT_NEAR(places.low, 0.25, 1e-12);
  EXPECT_NEAR(places.mid, 0.625, 1e-12);
  for (const auto &[place, delta] : {std::pair{places.low, 0.002},
                                     std::pair{places.mid, 0.005},
                                     std::pair{places.high, 0.008}})
    for (const double gap : drilled.at(place))
      EXPECT_NEAR(gap, -delta, 1e-12);
  for (const double pilot : {0.8, 1., 1.15})
    EXPECT_EQ(BoreGaps(surface, thick_site(8.), with_pilot(pilot), all).at(0.5),
              drilled.at(0.5));
}


// Behind the edges a tapered core displaces bone by slope times distance.
TEST(BoreGaps, TaperIsFormedBehindTheEdges)
{
  const double             taper = 0.1;
  const mesh::ScrewSurface surface(screw_with(taper));
  const auto              &screw = surface.geometry();
  const auto               all   = points_of(patches(surface, 8., 4., 7.));
  const BoreGaps           gaps(surface, thick_site(8.), with_pilot(0.), all);
  const double             slope =
    0.5 * screw.core_diameter * taper / (screw.length - screw.tip_length);
  const auto found = gaps.at(gaps.places().mid);
  for (std::size_t i = 0; i < all.size(); ++i)
  {
    const auto  &x      = all[i].position;
    const auto  &n      = all[i].normal;
    const double radial = (n[0] * x[0] + n[1] * x[1]) / std::hypot(x[0], x[1]);
    const double behind = x[2] + 8. - screw.cutting_length;
    EXPECT_NEAR(found[i], -0.005 - slope * behind * radial, 2e-9);
  }
}


// A screw without edges forms all that a pilot hole leaves, as with a cut
// fraction of 0, and leaves nothing uncut.
TEST(BoreGaps, ScrewWithoutEdgesFormsItsThread)
{
  mesh::ScrewGeometry geometry = screw_with();
  geometry.cutting_length      = 0.;
  const mesh::ScrewSurface surface(geometry);
  const auto               all    = points_of(patches(surface, 8., 3., 7.));
  Insertion                expert = with_pilot(1.2);
  expert.cortex.cut_fraction = expert.cancellous.cut_fraction = 0.;
  const BoreGaps formed(surface, thick_site(8.), with_pilot(1.2), all),
    by_fraction(surface, thick_site(8.), expert, all);
  EXPECT_FALSE(by_fraction.places().has_band());
  const auto a = formed.at(formed.places().high), b = by_fraction.at(1.);
  double     deepest = 0.;
  for (std::size_t i = 0; i < all.size(); ++i)
  {
    EXPECT_NEAR(a[i], b[i], 1e-12);
    deepest = std::min(deepest, a[i]);
  }
  EXPECT_NEAR(deepest, -0.2, 1e-3);
}


// Of what is cut no more is left than was there, and nothing of a hole.
TEST(BoreGaps, LeavesNoMoreThanThereWas)
{
  const mesh::ScrewSurface surface(screw_with());
  const auto               all = points_of(patches(surface, 8., 3., 7.));
  const BoreGaps           gaps(surface, thick_site(8.), with_pilot(1.5), all);
  const auto               high = gaps.at(1.);
  for (std::size_t i = 0; i < all.size(); ++i)
  {
    const double r = std::hypot(all[i].position[0], all[i].position[1]);
    if (r < 0.75)
      EXPECT_GE(high[i], 0.);
    else
      EXPECT_NEAR(high[i], -std::min(0.008, r - 0.75), 1e-9);
  }
}


TEST(BoreGaps, FrictionFollowsTheBandIfAsked)
{
  const mesh::ScrewSurface surface(screw_with());
  Insertion                insertion = with_pilot(0.);
  insertion.cortex.friction_range    = std::array<double, 2>{{0.2, 0.45}};
  insertion.cancellous.friction      = 0.35;
  const BoreGaps gaps(surface, thick_site(8.), insertion, {});
  const auto    &places = gaps.places();
  EXPECT_DOUBLE_EQ(gaps.friction(0.)[0], 0.2);
  EXPECT_DOUBLE_EQ(gaps.friction(places.low)[0], 0.2);
  EXPECT_DOUBLE_EQ(gaps.friction(places.mid)[2], 0.3);
  EXPECT_DOUBLE_EQ(gaps.friction(places.high)[0], 0.45);
  EXPECT_DOUBLE_EQ(gaps.friction(places.low)[1], 0.35);
  // One number of interference: the bounds are those of friction alone.
  insertion.cortex.residual.fill(0.005);
  insertion.cancellous.residual.fill(0.005);
  const BoreGaps same(surface, thick_site(8.), insertion, {});
  EXPECT_TRUE(same.places().has_band());
  EXPECT_DOUBLE_EQ(same.friction(same.places().high)[0], 0.45);
}
