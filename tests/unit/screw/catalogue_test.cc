// SPDX-License-Identifier: LGPL-2.1-or-later
// Every published size is a screw; other sizes get a helpful message.
#include "mesh/screw/catalogue.h"

#include "mesh/screw/screw_surface.h"
#include "solver/base/errors.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

using namespace miniscrew::mesh;
using miniscrew::UserError;

namespace
{
std::string
message(const std::string &system,
        const double       diameter,
        const double       length,
        const std::string &shape = "")
{
  try
  {
    static_cast<void>(catalogue_screw(system, diameter, length, shape));
  }
  catch (const UserError &error)
  {
    return error.what();
  }
  return "";
}

bool
is_assumed(const ScrewGeometry &geometry, const std::string &name)
{
  return std::count(geometry.assumed.begin(), geometry.assumed.end(), name);
}
} // namespace

TEST(Catalogue, HasEveryRowAndSizeOfTheTable)
{
  std::vector<std::string>   names;
  std::vector<unsigned long> n_sizes;
  for (const CatalogueSystem &system : catalogue())
  {
    names.push_back(system.system);
    unsigned long n = 0;
    for (const CatalogueSize &size : system.sizes)
      n += size.lengths.size();
    n_sizes.push_back(n);
    EXPECT_FALSE(system.maker.empty());
    EXPECT_FALSE(system.head.empty());
    EXPECT_FALSE(system.source.empty());
    EXPECT_FALSE(system.assumed.empty());
  }
  EXPECT_EQ(names,
            (std::vector<std::string>{"Lomas",
                                      "Tomas",
                                      "Ortho Implant",
                                      "Dual Top",
                                      "Spider Screw",
                                      "Spider Screw K1",
                                      "Ortho Anchor",
                                      "AbsoAnchor"}));
  EXPECT_EQ(n_sizes, (std::vector<unsigned long>{9, 3, 3, 9, 6, 3, 2, 64}));
}

TEST(Catalogue, EveryScrewHasASurfaceWithFullThread)
{
  std::set<std::string> names;
  for (const CatalogueSystem &system : catalogue())
    for (const CatalogueSize &size : system.sizes)
      for (const double length : size.lengths)
        for (const std::string &shape : system.shapes)
        {
          const ScrewGeometry geometry =
            catalogue_screw(system.system, size.diameter, length, shape);
          SCOPED_TRACE(geometry.name);
          EXPECT_TRUE(names.insert(geometry.name).second);
          EXPECT_EQ(geometry.diameter, size.diameter);
          EXPECT_EQ(geometry.length, length);
          const ScrewSurface surface(geometry);
          double             full_thread = 0.;
          for (double s = 0.; s < length; s += 0.01)
            full_thread += surface.thread_fade(s) == 1. ? 0.01 : 0.;
          EXPECT_GT(full_thread, geometry.pitch);
        }
  EXPECT_EQ(names.size(), 163u); // AbsoAnchor comes in two shapes
}

TEST(Catalogue, FollowsTheAssumptions)
{
  const ScrewGeometry dual_top = catalogue_screw("dual top", 1.6, 8.);
  EXPECT_EQ(dual_top.name, "Dual Top 1.6 x 8 mm");
  EXPECT_DOUBLE_EQ(dual_top.core_diameter, 1.2);
  EXPECT_EQ(dual_top.core_taper, 0.);
  EXPECT_EQ(dual_top.pitch, 0.7);
  EXPECT_EQ(dual_top.tip, TipShape::cutting);
  EXPECT_EQ(dual_top.tip_length, 2.);
  EXPECT_EQ(dual_top.head, HeadShape::hexagonal);
  EXPECT_TRUE(is_assumed(dual_top, "core_diameter"));
  EXPECT_TRUE(is_assumed(dual_top, "pitch"));
  EXPECT_TRUE(is_assumed(dual_top, "tip"));
  EXPECT_FALSE(is_assumed(dual_top, "core_taper"));
  EXPECT_FALSE(is_assumed(dual_top, "head"));
  EXPECT_FALSE(is_assumed(dual_top, "diameter"));

  // Only self-tapping: blunt. The pitch is coarse above 1.8 mm.
  const ScrewGeometry spider = catalogue_screw("Spider Screw", 2.0, 7.);
  EXPECT_EQ(spider.tip, TipShape::blunt);
  EXPECT_EQ(spider.tip_length, 0.8);
  EXPECT_DOUBLE_EQ(spider.tip_radius, 0.6 * 0.75);
  EXPECT_EQ(spider.pitch, 0.8);
  EXPECT_EQ(spider.head, HeadShape::octagonal);
  EXPECT_EQ(catalogue_screw("Ortho Implant", 1.8, 6.).pitch, 0.7);

  // Short and conical; inferred columns of a damaged table are assumed.
  const ScrewGeometry abso = catalogue_screw("AbsoAnchor", 1.2, 4., "conical");
  EXPECT_EQ(abso.name, "AbsoAnchor 1.2 x 4 mm, conical");
  EXPECT_DOUBLE_EQ(abso.tip_length, 1.6);
  EXPECT_EQ(abso.core_taper, 0.15);
  EXPECT_TRUE(is_assumed(abso, "core_taper"));
  EXPECT_TRUE(is_assumed(abso, "diameter"));
  EXPECT_FALSE(
    is_assumed(catalogue_screw("AbsoAnchor", 1.2, 4.), "core_taper"));
}

TEST(Catalogue, UnknownNamesAndSizesAreExplained)
{
  EXPECT_EQ(message("Dual Tap", 1.6, 8.),
            "the catalogue has no system 'Dual Tap', but Lomas, Tomas, Ortho "
            "Implant, Dual Top, Spider Screw, Spider Screw K1, Ortho Anchor or "
            "AbsoAnchor; did you mean 'Dual Top'?");
  EXPECT_EQ(message("Dual Top", 1.5, 8.),
            "Dual Top has no diameter of 1.5 mm, but 1.4, 1.6 or 2 mm");
  EXPECT_EQ(message("Spider Screw", 1.5, 7.),
            "Spider Screw of diameter 1.5 mm has no length of 7 mm, but 6.5, 8 "
            "or 10 mm");
  EXPECT_EQ(message("Tomas", 1.6, 8., "conical"),
            "Tomas is cylindrical, not 'conical'");
}

TEST(Catalogue, AnyDiameterAndLengthHasAssumedDimensions)
{
  for (const TipShape tip :
       {TipShape::cutting, TipShape::blunt, TipShape::flat})
    for (const char *shape : {"cylindrical", "conical"})
      for (const double diameter : {1.0, 1.2, 1.55, 2.3, 3.})
        for (const double length : {3.5, 4., 8., 15.})
          EXPECT_NO_THROW(
            ScrewSurface(assumed_dimensions(diameter, length, shape, tip)))
            << diameter << " x " << length << ' ' << shape;
  EXPECT_THROW(
    static_cast<void>(assumed_dimensions(1.6, 8., "conic", TipShape::blunt)),
    UserError);
  EXPECT_FALSE(source_of_assumptions().empty());
}
