// SPDX-License-Identifier: LGPL-2.1-or-later
// Screws that the driver lets go in bone that it has damaged.
#include "solver/case/case_file.h"
#include "solver/model/problem.h"
#include "solver/stages/insertion_march.h"

#include <gtest/gtest.h>

#include <algorithm>

using namespace miniscrew;

namespace
{
// A screw of the robustness study in its light bone.
Case
screw_in_light_bone(const std::string &name)
{
  const std::vector<Case> cases =
    read_case_file(MINISCREW_CASES "/studies/robustness/case.toml",
                   {"materials.near_cortex.density_g_cm3=1.6",
                    "materials.cancellous.density_g_cm3=0.2"});
  return *std::find_if(cases.begin(), cases.end(), [&](const Case &c) {
    return c.variant == name;
  });
}

const stages::StageObserver quiet{[](const std::string &) {},
                                  [](const equilibrium::StepReport &) {}};

// What is inserted to a bound and let go stays in its bore, and nothing acts
// on it but bone.
void
expect_seated(const std::string  &name,
              const stages::Bound bound,
              const bool          is_led)
{
  const Case             input = screw_in_light_bone(name);
  model::Model           model(input, MPI_COMM_WORLD);
  const auto             problem = model::make_problem(model, input);
  linear::Vector<double> u       = model.space().make_vector<double>();
  u.update_ghost_values();
  stages::insert_to_bound(model, input, bound, is_led, *problem, u, quiet);
  const auto turned =
    stages::insertion_loads(model, input.insertion, problem->interface());
  stages::let_go(model, *problem, u, quiet);
  const auto seated =
    stages::insertion_loads(model, input.insertion, problem->interface());
  const double force = seated.contact_force();
  EXPECT_GT(force, 0.5 * turned.contact_force());
  EXPECT_TRUE(problem->drivers().empty());
  EXPECT_NEAR(seated.axial_force, 0., 1e-4 * force);
  EXPECT_NEAR(
    seated.torque() - seated.cutting, 0., 1e-4 * force * input.screw.diameter);
}
} // namespace

// Bone that stands only since the driver holds gives way under what the driver
// exerts, were that a dead load, however slowly it falls.
TEST(ReleasedScrew, StaysInBoneThatADeadLoadWouldBreak)
{
  expect_seated("dual-top-1.4", stages::Bound::mid, false);
}

// Where a thread forms bone by tenths of a millimetre, penetrations within the
// tolerance of its insertion push harder than the bone bears.
TEST(ReleasedScrew, StaysInBoneThatPenetrationsWouldBreak)
{
  expect_seated("ortho-implant-1.8", stages::Bound::low, true);
}
