// SPDX-License-Identifier: LGPL-2.1-or-later
// The bore against a plain search along the helix, plain sums and closed forms.
#include "mesh/screw/bore.h"
#include "mesh/screw/catalogue.h"

#include <boost/math/quadrature/gauss.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

using namespace miniscrew::mesh;

namespace
{
const double pi = std::acos(-1.);

/// The definition: the largest radius among n + 1 sections nearer to the tip.
double
plain_search(const ScrewSurface &surface,
             const double        theta,
             const double        s,
             const unsigned int  n)
{
  const ScrewGeometry &g = surface.geometry();
  const double         profile =
    g.thread_depth() * surface.thread_profile(s / g.pitch - theta / (2 * pi));
  double best = s > g.length ? surface.radius(theta, s) : 0.;
  for (unsigned int i = 0; i <= n; ++i)
  {
    const double section = std::min(s, g.length) * i / n;
    best                 = std::max(best,
                    surface.core_radius(section) +
                      surface.thread_fade(section) * profile);
  }
  return best;
}

void
expect_as_searched(const ScrewGeometry &geometry)
{
  const ScrewSurface surface(geometry);
  const unsigned int n = 4000;
  // Nowhere is the radius steeper than this, so the search misses no more;
  // near an inner maximum it is flat and the error quadratic.
  const double below = 1e-5;
  const double top   = surface.height();
  for (unsigned int i = 0; i <= 60; ++i)
    for (unsigned int j = 0; j < 9; ++j)
    {
      const double s =
        i < 20 ? top * i / 19.
               : geometry.length - geometry.thread_runout * (i - 20) / 40.;
      const double theta    = 2. * pi * (j + 0.3) / 9.;
      const double searched = plain_search(surface, theta, s, n);
      const double swept    = swept_radius(surface, theta, s);
      EXPECT_GE(swept, searched - 1e-14)
        << geometry.name << " s " << s << " theta " << theta;
      EXPECT_LE(swept, searched + below)
        << geometry.name << " s " << s << " theta " << theta;
    }
}

/// Midpoint rule around a section.
double
plain_area(const ScrewSurface &surface, const double pilot, const double s)
{
  const unsigned int n   = 20000;
  double             sum = 0.;
  for (unsigned int i = 0; i < n; ++i)
  {
    const double r = swept_radius(surface, 2. * pi * (i + 0.5) / n, s);
    sum += 0.5 * std::max(0., r * r - pilot * pilot);
  }
  return sum * 2. * pi / n;
}

/// Integral over pieces between the given corners, ascending.
template <typename Function>
double
integral(const Function &f, std::vector<double> corners, const double end)
{
  using Rule = boost::math::quadrature::gauss<double, 7>;
  std::sort(corners.begin(), corners.end());
  const unsigned int n_pieces = 40;
  double             sum = 0., begin = 0.;
  corners.push_back(end);
  for (const double corner : corners)
    if (corner > begin && corner <= end)
    {
      const double piece = (corner - begin) / n_pieces;
      for (unsigned int i = 0; i < n_pieces; ++i)
        sum += Rule::integrate(f, begin + i * piece, begin + (i + 1) * piece);
      begin = corner;
    }
  return sum;
}

ScrewGeometry
conical_screw()
{
  ScrewGeometry geometry;
  geometry.name       = "conical";
  geometry.core_taper = 0.3;
  return geometry;
}

struct Bone
{
  double top, bottom, pilot_radius, pilot_depth;
};

/// The rate adds up to the volume that is displaced at the end.
void
expect_rate_adds_up(const ScrewGeometry &geometry,
                    const Bone          &bone,
                    const double         depth)
{
  const ScrewSurface surface(geometry);
  const auto         pilot_at = [&](const double z) {
    return z > -bone.pilot_depth ? bone.pilot_radius : 0.;
  };
  // The area has corners where the surface changes its kind.
  std::vector<double> stations = surface.stations();
  stations.push_back(0.);
  stations.push_back(geometry.length - geometry.thread_runout);
  if (geometry.tip == TipShape::flat)
    stations.push_back(geometry.thread_runout);
  else
    for (const double share : {0.75, 1.25})
      stations.push_back(share * geometry.tip_length);
  std::vector<double> of_depth, of_section = stations;
  for (const double z : {bone.top, bone.bottom, -bone.pilot_depth})
  {
    of_section.push_back(z + depth);
    for (const double s : stations)
      of_depth.push_back(s - z);
  }

  const double added = integral(
    [&](const double d) {
      return displacement_rate(
        surface, d, bone.top, bone.bottom, bone.pilot_radius, bone.pilot_depth);
    },
    of_depth,
    depth);
  const double displaced = integral(
    [&](const double s) {
      const double z = s - depth;
      return z > bone.bottom && z < bone.top
               ? displaced_area(surface, pilot_at(z), s)
               : 0.;
    },
    of_section,
    geometry.total_length());
  EXPECT_NEAR(added / displaced, 1., 2e-6)
    << geometry.name << ": " << added << " and " << displaced;
}
} // namespace

TEST(SweptRadius, IsTheLargestOnTheHelixForTheCatalogue)
{
  for (const CatalogueSystem &system : catalogue())
    for (const std::string &shape : system.shapes)
    {
      const CatalogueSize &size = system.sizes.back();
      expect_as_searched(catalogue_screw(
        system.system, size.diameter, size.lengths.front(), shape));
    }
}

TEST(SweptRadius, IsTheLargestOnTheHelixForAllTipsAndTapers)
{
  for (const TipShape tip :
       {TipShape::cutting, TipShape::blunt, TipShape::flat})
    for (const double taper : {0., 0.05, 0.3, 0.9})
    {
      ScrewGeometry geometry;
      geometry.name += " taper " + std::to_string(taper);
      geometry.tip        = tip;
      geometry.core_taper = taper;
      geometry.tip_radius = 0.05;
      expect_as_searched(geometry);
      geometry.length        = 4.;
      geometry.thread_runout = 1.9; // of the tip's rounding
      expect_as_searched(geometry);
      geometry.core_diameter = geometry.diameter; // a pin
      expect_as_searched(geometry);
    }
}

TEST(SweptRadius, StaysThatOfTheThreadAboveIt)
{
  const ScrewSurface  surface(ScrewGeometry{});
  const ScrewGeometry g = surface.geometry();
  // On the crest of the section where the thread has faded.
  const double crest = 0.5 * (1. + 0.2 * (1. - std::tan(pi / 9.)) / g.pitch);
  const double theta = 2. * pi * (g.length / g.pitch - crest);
  EXPECT_NEAR(surface.thread_profile(crest), 1., 1e-14);
  EXPECT_NEAR(surface.radius(theta, g.length), 0.6, 1e-12);
  EXPECT_NEAR(swept_radius(surface, theta, g.length), 0.8, 1e-12);
  // Below the tip it is the tip's end.
  EXPECT_DOUBLE_EQ(swept_radius(surface, 0., -1e-9), g.tip_radius);
}

TEST(SweptRadius, IsThatOfAWideCollarBesideIt)
{
  ScrewGeometry geometry;
  geometry.collar_diameter = 2.4;
  const ScrewSurface surface(geometry);
  const double       s = geometry.length + 0.9;
  EXPECT_EQ(swept_radius(surface, 1., s), surface.radius(1., s));
  EXPECT_GT(swept_radius(surface, 1., s), 1.1);
}

TEST(BoreRadius, DividesTheSectionBeyondThePilot)
{
  EXPECT_DOUBLE_EQ(bore_radius(0.8, 0.5, 0.), 0.5);
  EXPECT_DOUBLE_EQ(bore_radius(0.8, 0.5, 1.), 0.8);
  EXPECT_DOUBLE_EQ(bore_radius(0.8, 0., 0.25), 0.4);
  EXPECT_DOUBLE_EQ(bore_radius(0.4, 0.5, 1.), 0.5); // a gap stays
  const double half = bore_radius(0.8, 0.5, 0.5);
  EXPECT_NEAR(0.64 - half * half, half * half - 0.25, 1e-15);
}

TEST(DisplacedArea, IsThatOfAPlainSum)
{
  ScrewGeometry flat = conical_screw();
  flat.tip           = TipShape::flat;
  flat.core_taper    = 0.1;
  for (const ScrewGeometry &geometry : {ScrewGeometry{}, conical_screw(), flat})
  {
    const ScrewSurface surface(geometry);
    for (const double pilot : {0., 0.45, 0.7, 0.79})
      for (const double s : {0., 0.3, 1.6, 4.1, 7.6, 7.9, 8., 8.1, 8.9, 9.7})
        EXPECT_NEAR(displaced_area(surface, pilot, s),
                    plain_area(surface, pilot, s),
                    2e-7)
          << geometry.name << " pilot " << pilot << " s " << s;
  }
}

TEST(DisplacedArea, HasItsClosedForms)
{
  const ScrewSurface surface(ScrewGeometry{});
  EXPECT_EQ(displaced_area(surface, 0., -1e-9), 0.);
  EXPECT_NEAR(displaced_area(surface, 0., 0.), pi * 0.15 * 0.15, 1e-12);
  EXPECT_NEAR(displaced_area(surface, 0.15, 0.), 0., 1e-15);
  // Pappus: the ring between core and profile of a thread with sharp corners.
  ScrewGeometry sharp;
  sharp.fillet_radius = 1e-6;
  const double c = 0.6, d = 0.2, p = 0.7;
  const double flanks  = d * (1. + std::tan(pi / 9.));
  const double section = pi * (c * c + ((c + d) * (c + d) - c * c) * 0.1 / p +
                               (c * d + d * d / 3.) * flanks / p);
  for (const double s : {3., 5.5, 8.}) // also where the thread has faded
    EXPECT_NEAR(displaced_area(ScrewSurface(sharp), 0., s), section, 1e-6);
}

TEST(DisplacementRate, IsThatOfAPin)
{
  ScrewGeometry geometry;
  geometry.tip      = TipShape::flat;
  geometry.diameter = geometry.core_diameter = 1.2;
  const ScrewSurface pin(geometry);
  const double       whole = pi * 0.36, ring = whole - pi * 0.25;
  // Layer from -1 to -3 with a pilot down to -2: above, in both parts, below.
  const auto rate = [&](const double depth) {
    return displacement_rate(pin, depth, -1., -3., 0.5, 2.);
  };
  EXPECT_EQ(rate(0.9), 0.);
  EXPECT_NEAR(rate(1.5), ring, 1e-12);
  EXPECT_NEAR(rate(2.5), whole, 1e-12);
  EXPECT_NEAR(rate(3.5), 0., 1e-12);
  // A pilot that ends above or below the layer, and a layer without thickness.
  EXPECT_NEAR(displacement_rate(pin, 1.5, -1., -3., 0.5, 0.), whole, 1e-12);
  EXPECT_NEAR(displacement_rate(pin, 1.5, -1., -3., 0.5, 8.), ring, 1e-12);
  EXPECT_EQ(displacement_rate(pin, 1.5, -1., -1., 0.5, 8.), 0.);
}

TEST(DisplacementRate, AddsUpToTheDisplacedVolume)
{
  ScrewGeometry blunt = conical_screw();
  blunt.name          = "blunt";
  blunt.tip           = TipShape::blunt;
  blunt.tip_length    = 0.8;
  blunt.tip_radius    = 0.25;
  ScrewGeometry flat;
  flat.name = "flat";
  flat.tip  = TipShape::flat;
  for (const ScrewGeometry &geometry :
       {ScrewGeometry{}, conical_screw(), blunt, flat})
  {
    expect_rate_adds_up(geometry, {0., -1.5, 0., 0.}, 8.);     // cortex
    expect_rate_adds_up(geometry, {0., -1.5, 0.5, 1.5}, 6.);   // drilled
    expect_rate_adds_up(geometry, {-1.5, -20., 0.5, 4.}, 7.5); // ends in it
    expect_rate_adds_up(geometry, {0., -20., 0.65, 20.}, 8.7); // collar in bone
  }
}
