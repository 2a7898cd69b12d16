// SPDX-License-Identifier: LGPL-2.1-or-later
// Dimensions that do not make a screw are refused with a sentence.
#include "mesh/screw/screw_surface.h"
#include "solver/base/dimension_error.h"

#include <gtest/gtest.h>

#include <functional>
#include <limits>
#include <string>

using namespace miniscrew::mesh;
using miniscrew::DimensionError;
using miniscrew::UserError;

namespace
{
/// The message for the default screw after @p change, or "" if it is valid.
std::string
message(const std::function<void(ScrewGeometry &)> &change)
{
  ScrewGeometry geometry;
  change(geometry);
  try
  {
    const ScrewSurface surface(geometry);
  }
  catch (const UserError &error)
  {
    return error.what();
  }
  return "";
}
} // namespace

TEST(Dimensions, DefaultsAreValid)
{
  EXPECT_EQ(message([](ScrewGeometry &) {}), "");
}

TEST(Dimensions, MessagesSayWhatWasReadAndWhatIsAllowed)
{
  EXPECT_EQ(message([](ScrewGeometry &g) { g.core_diameter = 1.7; }),
            "screw 'screw': core_diameter is 1.7 mm, but must not exceed the "
            "diameter of 1.6 mm");
  EXPECT_EQ(message([](ScrewGeometry &g) { g.pitch = 0.3; }),
            "screw 'screw': crest and flanks take 0.1 + 0.272794 mm, which "
            "leaves no root in a pitch of 0.3 mm");
  EXPECT_EQ(message([](ScrewGeometry &g) { g.tip_radius = 0.7; }),
            "screw 'screw': tip_radius is 0.7 mm, but must not exceed the "
            "core's radius of 0.6 mm at the tip");
  EXPECT_EQ(message([](ScrewGeometry &g) { g.length = 2.2; }),
            "screw 'screw': tip (2 mm) and thread run-out (0.5 mm) do not fit "
            "in the length of 2.2 mm");
  EXPECT_EQ(message([](ScrewGeometry &g) { g.leading_flank_angle = 90.; }),
            "screw 'screw': leading_flank_angle is 90 degrees, but must be 5 "
            "to 80 (from the radial plane)");
  EXPECT_EQ(message([](ScrewGeometry &g) { g.core_taper = 1.; }),
            "screw 'screw': core_taper is 1, but must be at least 0 and less "
            "than 1");
  EXPECT_EQ(message([](ScrewGeometry &g) { g.collar_height = -1.; }),
            "screw 'screw': collar_height is -1 mm, but must not be negative");
}

TEST(Dimensions, ErrorsNameThemTheMostProbableFirst)
{
  const auto first = [](const std::function<void(ScrewGeometry &)> &change) {
    ScrewGeometry geometry;
    change(geometry);
    try
    {
      const ScrewSurface surface(geometry);
    }
    catch (const DimensionError &error)
    {
      return error.dimensions().front();
    }
    return std::string();
  };
  EXPECT_EQ(first([](ScrewGeometry &g) { g.core_diameter = 1.7; }),
            "core_diameter");
  EXPECT_EQ(first([](ScrewGeometry &g) { g.pitch = 0.3; }), "pitch");
  EXPECT_EQ(first([](ScrewGeometry &g) { g.length = 2.2; }), "tip_length");
  EXPECT_EQ(first([](ScrewGeometry &g) { g.trailing_flank_angle = 90.; }),
            "trailing_flank_angle");
  EXPECT_EQ(first([](ScrewGeometry &g) { g.head_width = -1.; }), "head_width");
}

TEST(Dimensions, LengthsMustBePositiveNumbers)
{
  const double not_a_number = std::numeric_limits<double>::quiet_NaN();
  for (double ScrewGeometry::*dimension : {&ScrewGeometry::diameter,
                                           &ScrewGeometry::core_diameter,
                                           &ScrewGeometry::length,
                                           &ScrewGeometry::pitch,
                                           &ScrewGeometry::crest_width,
                                           &ScrewGeometry::fillet_radius,
                                           &ScrewGeometry::thread_runout,
                                           &ScrewGeometry::tip_length,
                                           &ScrewGeometry::tip_radius,
                                           &ScrewGeometry::collar_diameter,
                                           &ScrewGeometry::head_height,
                                           &ScrewGeometry::head_width})
    for (const double value : {0., -1., not_a_number})
      EXPECT_NE(message([&](ScrewGeometry &g) {
                  g.*dimension = value;
                }).find("must be positive"),
                std::string::npos);
}

TEST(Dimensions, UnusedDimensionsAreNotChecked)
{
  EXPECT_EQ(message([](ScrewGeometry &g) {
              g.core_diameter   = g.diameter;
              g.pitch           = 0.;
              g.tip             = TipShape::flat;
              g.tip_length      = 0.;
              g.collar_height   = 0.;
              g.collar_diameter = 0.;
              g.head            = HeadShape::none;
              g.head_width      = 0.;
            }),
            "");
}
