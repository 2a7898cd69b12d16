// SPDX-License-Identifier: LGPL-2.1-or-later
// A technique of one row, all the way: from a case file through template,
// schema and listing to the torque of a screw that is turned in.
#include "solver/app/listing.h"
#include "solver/case/tables/technique_library.h"
#include "solver/stages/insertion_curve.h"

#include "tests/unit/case/case_text.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <stdexcept>

using namespace miniscrew;
using namespace miniscrew::test;

namespace
{
TechniqueEntry
stepped_pilot()
{
  return {"stepped-pilot",
          "pilot hole half as deep as the screw",
          true,
          [](const Case &c) { return 0.5 * c.site.insertion_depth; },
          "self-drilling"};
}

// The one line.
const bool is_there = (add_technique(stepped_pilot()), true);

bool
is_refused(const TechniqueEntry &entry)
{
  try
  {
    add_technique(entry);
  }
  catch (const std::logic_error &)
  {
    return true;
  }
  return false;
}

const bool same_name_is_refused = is_refused(stepped_pilot());
const bool none_is_refused      = is_refused({"none", "no technique", false});

/// A short screw that nearly all bone is cut for, on a coarse mesh.
std::string
case_of(const std::string &technique)
{
  return "[screw]\nsystem = 'Dual Top'\ndiameter_mm = 1.6\nlength_mm = 6\n"
         "[site]\ncancellous_mm = 8\nwidth_mm = 8\n"
         "[interface]\ncondition = 'frictional'\n"
         "[discretisation]\ninterface_size_mm = 0.4\nfar_size_mm = 2\n"
         "[insertion]\ntechnique = '" +
         technique +
         "'\nsteps = 1\ncortex.cut_fraction = 0.98\n"
         "cancellous.cut_fraction = 0.98\n";
}

double
torque(const std::string &technique)
{
  const Case c = read_text_as_case(case_of(technique)).at(0);
  Log        log(MPI_COMM_WORLD);
  double     result = 0.;
  stages::insertion_points(
    c, {c.site.insertion_depth}, 10000, log, [&](const auto &outcome) {
      ASSERT_TRUE(outcome.point) << outcome.failure;
      result = outcome.point->loads.torque();
    });
  return result;
}

void
expect_in(const std::string &text, const std::string &part)
{
  EXPECT_NE(text.find(part), std::string::npos) << part << "\nin: " << text;
}
} // namespace


TEST(NewTechnique, PilotHoleFollowsFromIt)
{
  ASSERT_TRUE(is_there);
  const Case c = read_text_as_case(case_of("Stepped-Pilot")).at(0);
  EXPECT_EQ(c.insertion.technique, "stepped-pilot");
  EXPECT_TRUE(c.is_inserted());
  EXPECT_EQ(c.insertion.pilot_depth, 3.);
  EXPECT_EQ(c.insertion.pilot_diameter, 1.2);
  const Case own =
    read_text_as_case(case_of("stepped-pilot"), {"insertion.pilot_depth_mm=2"})
      .at(0);
  EXPECT_EQ(own.insertion.pilot_depth, 2.);
}


TEST(NewTechnique, IsCheckedLikeTheOthers)
{
  expect_in(complaint_about(case_of("stepped-plot")),
            "did you mean 'stepped-pilot'?");
  expect_in(complaint_about(case_of("stepped-pilot"), {"screw.tip=blunt"}),
            "use screw.tip = \"cutting\", or technique = \"self-tapping\"");
  expect_in(
    complaint_about(case_of("self-drilling"), {"insertion.pilot_depth_mm=2"}),
    "or use technique = \"self-tapping\", \"cortical-perforation\" or "
    "\"stepped-pilot\"");
}


TEST(NewTechnique, IsInTemplateSchemaAndListing)
{
  expect_in(
    nlohmann::json::parse(case_json_schema())["properties"]["insertion"]
                                             ["properties"]["technique"]["enum"]
                                               .dump(),
    "\"stepped-pilot\"");
  expect_in(case_template(), "stepped-pilot");
  expect_in(app::list_techniques(),
            "\nstepped-pilot\n  preparation pilot hole half as deep as the "
            "screw");
}


TEST(NewTechnique, OfATakenNameOrTooLateIsRefused)
{
  EXPECT_TRUE(same_name_is_refused);
  EXPECT_TRUE(none_is_refused);
  static_cast<void>(technique_library());
  EXPECT_TRUE(is_refused({"late", "comes too late", false}));
}


// The less bone the pilot hole has taken away, the more the screw displaces.
TEST(NewTechnique, TorqueIsBetweenThoseOfDeeperAndNoPilotHole)
{
  const double stepped = torque("stepped-pilot");
  EXPECT_GT(stepped, torque("self-tapping"));
  EXPECT_LT(stepped, torque("self-drilling"));
}
