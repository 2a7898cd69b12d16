// SPDX-License-Identifier: LGPL-2.1-or-later
// A stage of one file, and a scalar result of one row, through a whole run:
// cyclic loading as a driven motion in segments, and the work that it loses.
#include "solver/app/listing.h"
#include "solver/case/case_file.h"
#include "solver/case/tables/stage_keys.h"
#include "solver/report/comparison.h"
#include "solver/report/record_json.h"
#include "solver/simulation/simulation.h"
#include "solver/simulation/stage_library.h"
#include "solver/stages/driven_motion.h"
#include "solver/stages/measurements.h"

#include <gtest/gtest.h>

#include <deal.II/base/mpi.h>

#include <hdf5.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>

using namespace miniscrew;

namespace
{
namespace fs = std::filesystem;

// --- the stage's file ------------------------------------------------------

const StageKey cyclic_distance{"cyclic_distance_mm",
                               Range{1e-4, 1.},
                               0.004,
                               "How far the head is pulled in each cycle"};

/// The head is pulled, let go until nothing pulls any more, and pulled again.
class CyclicPull : public stages::DrivenMotion
{
public:
  std::string
  name() const override
  {
    return "cyclic";
  }

  std::optional<StageEntry>
  entry() const override
  {
    return StageEntry{"cyclic",
                      "the head is pulled, let go and pulled again",
                      {cyclic_distance},
                      true,
                      true};
  }

private:
  stages::MotionPlan
  plan(const stages::StageContext &context) const override
  {
    const double distance    = context.input.value(cyclic_distance);
    const auto   is_unloaded = [](const stages::MotionResult &result) {
      return result.curve.back().force <= 0.;
    };
    return {"cyclic pull",
            model::head_patch(context.model),
            {{0., 0., 1.}},
            false,
            {{distance, 2, {}}, {0., 12, is_unloaded}, {distance, 2, {}}}};
  }
};

// --- the row of a scalar result --------------------------------------------

const report::Quantity pull_per_diameter{
  "cyclic",
  "pull_per_diameter",
  "",
  "pull per diameter",
  "Largest displacement of the head by the diameter of the screw",
  {"cyclic"}};

std::optional<double>
measure_pull(const stages::StageContext &context, const stages::StageResult &)
{
  return context.input.value(cyclic_distance) / context.input.screw.diameter;
}

// --- the one line of each --------------------------------------------------

void
add_them()
{
  static bool is_done = false;
  if (is_done)
    return;
  simulation::add_stage(std::make_unique<CyclicPull>());
  stages::add_measurement({pull_per_diameter, "cyclic", measure_pull});
  is_done = true;
}

const std::string text = R"(
[screw]
system = "Dual Top"
diameter_mm = 1.6
length_mm = 6
[site]
cancellous_mm = 8
width_mm = 8
[interface]
condition = "frictional"
interference_mm = 0.002
[discretisation]
interface_size_mm = 0.5
far_size_mm = 2
degree = 1
[tests]
run = ["cyclic"]
cyclic_distance_mm = 0.003
)";

/// The whole run, once; the folder of its result.
const fs::path &
result_folder()
{
  static const fs::path folder = [] {
    add_them();
    const int rank = static_cast<int>(
      dealii::Utilities::MPI::this_mpi_process(MPI_COMM_WORLD));
    const int n =
      static_cast<int>(dealii::Utilities::MPI::n_mpi_processes(MPI_COMM_WORLD));
    const fs::path root = "new_stage_test_" + std::to_string(n);
    const fs::path file = "new_stage_test_" + std::to_string(n) + ".toml";
    if (rank == 0)
    {
      fs::remove_all(root);
      std::ofstream(file) << text;
    }
    MPI_Barrier(MPI_COMM_WORLD);
    const Case input = read_case_file(file.string(), {}).at(0);
    Log        log(MPI_COMM_WORLD, true);
    const auto summary =
      simulation::run_case(input, {root.string(), false, ""}, log);
    EXPECT_TRUE(summary.find("cyclic") != nullptr);
    MPI_Barrier(MPI_COMM_WORLD);
    return root;
  }();
  return folder;
}

report::Record
summary()
{
  std::ifstream file(result_folder() / "summary.json");
  return report::record_from(nlohmann::json::parse(file));
}

void
expect_in(const std::string &text, const std::string &part)
{
  EXPECT_NE(text.find(part), std::string::npos) << part << "\nin: " << text;
}

std::string
attribute(const hid_t dataset, const char *name)
{
  const hid_t attribute = H5Aopen(dataset, name, H5P_DEFAULT);
  const hid_t type      = H5Aget_type(attribute);
  std::string value(H5Tget_size(type), '\0');
  H5Aread(attribute, type, value.data());
  H5Tclose(type);
  H5Aclose(attribute);
  return value;
}
} // namespace

// Loaded, unloaded to no force, loaded again: in elastic bone the second
// loading ends where the first one did.
TEST(NewStage, LoadsUnloadsAndReloads)
{
  std::ifstream       file(result_folder() / "curves" / "cyclic.csv");
  std::string         line;
  std::vector<double> motion, force;
  std::getline(file, line);
  expect_in(line, "displacement_mm,force_N");
  while (std::getline(file, line))
  {
    motion.push_back(std::stod(line));
    force.push_back(std::stod(line.substr(line.find(',') + 1)));
  }
  ASSERT_GT(motion.size(), 6u);
  // Of the first loading, then of the unloading.
  std::size_t peak = 0;
  while (peak + 1 < motion.size() && motion[peak + 1] > motion[peak])
    ++peak;
  const std::size_t valley =
    std::min_element(force.begin() + peak, force.end()) - force.begin();
  ASSERT_LT(valley + 1, motion.size());
  // The grip is stiff, not rigid.
  EXPECT_NEAR(motion[peak], 0.003, 0.01 * 0.003);
  EXPECT_LE(force[valley], 0.);
  EXPECT_GT(force[valley], -0.1 * force[peak]);
  EXPECT_LT(motion[valley], 0.5 * motion[peak]);
  EXPECT_NEAR(motion.back(), motion[peak], 1e-4 * motion[peak]);
  EXPECT_NEAR(force.back(), force[peak], 0.01 * force[peak]);
}

TEST(NewStage, IsInAllThatAResultHas)
{
  const report::Record result = summary();
  ASSERT_NE(result.find("cyclic"), nullptr);
  EXPECT_GT(result.find("cyclic")
              ->number(*report::find_quantity("cyclic.peak_force_N"))
              .value_or(0.),
            0.);
  EXPECT_TRUE(fs::exists(result_folder() / "cyclic.pvd"));
  EXPECT_TRUE(result.texts({"", "incomplete", "", "", ""}).empty());
}

TEST(NewQuantity, IsInSummaryComparisonAndListing)
{
  const report::Record result = summary();
  EXPECT_NEAR(result.find("cyclic")->number(pull_per_diameter).value_or(0.),
              0.003 / 1.6,
              1e-15);
  expect_in(
    report::main_numbers({report::read_result(result_folder().string())})
      .text(),
    "pull per diameter");
  expect_in(app::list_results(), "pull_per_diameter");
  expect_in(app::list_stages(), "cyclic_distance_mm");
}

TEST(NewQuantity, IsInHdf5WithItsMeaning)
{
  const std::string path = (result_folder() / "results.h5").string();
  const hid_t       file = H5Fopen(path.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT);
  ASSERT_GE(file, 0);
  const hid_t dataset =
    H5Dopen2(file, "scalars/cyclic/pull_per_diameter", H5P_DEFAULT);
  ASSERT_GE(dataset, 0);
  double value = 0.;
  H5Dread(dataset, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, &value);
  EXPECT_NEAR(value, 0.003 / 1.6, 1e-15);
  EXPECT_EQ(attribute(dataset, "label"), pull_per_diameter.label);
  EXPECT_EQ(attribute(dataset, "sentence"), pull_per_diameter.sentence);
  EXPECT_GT(H5Aexists(dataset, "row"), 0);
  H5Dclose(dataset);
  H5Fclose(file);
}
