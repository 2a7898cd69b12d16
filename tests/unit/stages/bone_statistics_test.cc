// SPDX-License-Identifier: LGPL-2.1-or-later
// What is due to a load is told from what was there before it.
#include "solver/model/bone_statistics.h"

#include "mesh/screw/catalogue.h"

#include "solver/report/record_json.h"
#include "solver/stages/strain_record.h"

#include <gtest/gtest.h>

using namespace miniscrew;

namespace
{
Case
a_screw()
{
  Case result;
  result.screw                = mesh::catalogue_screw("Dual Top", 1.6, 6.);
  result.site.cancellous      = 8.;
  result.site.insertion_depth = 6.;
  result.discretisation.interface_size = 0.8;
  result.discretisation.far_size       = 2.5;
  result.discretisation.degree         = 1;
  for (auto *material : {&result.screw_material,
                         &result.near_cortex,
                         &result.cancellous,
                         &result.far_cortex})
    material->isotropic = {1000., 0.3};
  result.screw_material.yield_stress = 800.;
  return result;
}

// A tensile strain along the axis and a rotation about x, small ones.
linear::Vector<double>
moved(const model::Model &model, const double strain, const double rotation)
{
  auto u = model.space().make_vector<double>();
  for (unsigned int node = 0; node < model.space().n_owned_nodes(); ++node)
  {
    const fem::Vector3 x          = model.geometry().node(node);
    u.local_element(3 * node + 1) = -rotation * x[2];
    u.local_element(3 * node + 2) = strain * x[2] + rotation * x[1];
  }
  u.update_ghost_values();
  model.space().distribute(u);
  return u;
}

void
expect_strain(const nlohmann::json &state, const double strain)
{
  for (const char *layer : {"near_cortex", "cancellous", "shell"})
    for (const char *which : {"p99", "p99_9", "max_singular"})
      EXPECT_NEAR(
        state["bone"][layer]["max_principal_strain"][which], strain, 1e-12);
  EXPECT_NEAR(state["bone"]["cancellous"]["min_principal_strain"]["p99"],
              0.,
              1e-7 * strain);
  // Strain in one direction: the difference of the stresses is E / (1 + nu).
  const double mises = 1000. / 1.3 * strain;
  EXPECT_NEAR(
    state["bone"]["near_cortex"]["von_mises_stress_MPa"]["p99"], mises, 1e-9);
  EXPECT_NEAR(state["screw"]["max_von_mises_MPa"], mises, 1e-9);
  EXPECT_NEAR(state["screw"]["yield_ratio"], mises / 800., 1e-12);
}
} // namespace

TEST(StrainStatistics, IncrementsAreOfStrainAndStressOnTopOfTheTotals)
{
  const Case           parameters = a_screw();
  const model::Model   model(parameters, MPI_COMM_WORLD);
  const auto           before = moved(model, 0.1, 0.02);
  const auto           now    = moved(model, 0.1 + 5e-4, 0.02 + 1e-3);
  const fem::BodyState start{&before};
  const auto           typed = model::strain_statistics(model, {&now}, &start);
  const auto statistics      = report::to_json(stages::strain_record(typed));
  expect_strain(statistics, 5e-4);
  expect_strain(statistics["total"], 0.1005);
  EXPECT_EQ(&typed.in_all(), typed.total.get());
  // The screw is not quite symmetric, so strain along its axis also turns it.
  EXPECT_NEAR(statistics["screw_rotation_rad"][0], 1e-3, 1e-3 * 5e-4);
  EXPECT_NEAR(
    statistics["total"]["screw_rotation_rad"][0], 0.021, 1e-3 * 0.1005);

  // The windows of the mechanostat are of daily strain: 500 microstrain here.
  const auto &cortex = statistics["bone"]["near_cortex"];
  EXPECT_EQ(cortex["mechanostat_mm3"]["adapted"], cortex["volume_mm3"]);
  EXPECT_EQ(cortex["mechanostat_mm3"]["pathologic"], 0.);

  // Uniaxial strain in one material: half E (1 - nu) / ((1 + nu) (1 - 2 nu))
  // times the square of the strain, and the volume.
  double volume = 0.;
  for (const double v : model.quality().volume)
    volume += v;
  const double half_modulus = 0.5 * 1000. * 0.7 / (1.3 * 0.4) * volume,
               total        = half_modulus * 0.1005 * 0.1005;
  EXPECT_NEAR(statistics["total"]["strain_energy_N_mm"], total, 1e-9 * total);
  EXPECT_NEAR(statistics["strain_energy_change_N_mm"],
              total - half_modulus * 0.01,
              1e-9 * total);
  EXPECT_FALSE(statistics.contains("strain_energy_N_mm"));
}

TEST(StrainStatistics, NothingIsDueToNoChange)
{
  const Case           parameters = a_screw();
  const model::Model   model(parameters, MPI_COMM_WORLD);
  const auto           seated = moved(model, 0.1, 0.02);
  const fem::BodyState start{&seated};
  const auto typed      = model::strain_statistics(model, {&seated}, &start);
  const auto statistics = report::to_json(stages::strain_record(typed));
  expect_strain(statistics, 0.);
  EXPECT_EQ(statistics["strain_energy_change_N_mm"], 0.);
  EXPECT_EQ(statistics["screw_rotation_rad"][0], 0.);
}

TEST(StrainStatistics, WithoutAnythingBeforeThereAreNoTotals)
{
  const Case         parameters = a_screw();
  const model::Model model(parameters, MPI_COMM_WORLD);
  const auto         now        = moved(model, 5e-4, 1e-3);
  const auto         typed      = model::strain_statistics(model, {&now});
  const auto         statistics = report::to_json(stages::strain_record(typed));
  expect_strain(statistics, 5e-4);
  EXPECT_FALSE(statistics.contains("total"));
  EXPECT_EQ(&typed.in_all(), &typed);
  EXPECT_EQ(statistics["strain_energy_change_N_mm"],
            statistics["strain_energy_N_mm"]);
}

TEST(StrainStatistics, BoneYieldsOnceAndStressIsThatOfEachState)
{
  Case  parameters         = a_screw();
  auto &plasticity         = parameters.near_cortex.plasticity;
  plasticity.yield_tension = plasticity.yield_compression = 10.;
  parameters.near_cortex.law                              = "von-mises";
  parameters.near_cortex.yield_stress                     = 10.;
  const model::Model  model(parameters, MPI_COMM_WORLD);
  const auto          u = moved(model, 0.01, 0.);
  fem::MaterialPoints earlier(model.space(), model.bodies()), later(earlier);
  // A fifth of the points has yielded before, another with the load; plastic
  // strain takes away all stress.
  auto       states  = earlier.states();
  const auto n_state = earlier.law(0).n_state();
  const auto yield   = [&](const std::size_t point, const double kappa) {
    const std::vector<double> state = {0., 0., 0.01, 0., 0., 0., kappa};
    std::copy(state.begin(), state.end(), states.begin() + point * n_state);
  };
  for (std::size_t p = 0; p < states.size() / n_state; ++p)
    if (p % 5 == 0)
      yield(p, 0.01);
  earlier.set_states(states);
  for (std::size_t p = 0; p < states.size() / n_state; ++p)
    if (p % 5 <= 1)
      yield(p, 0.015);
  later.set_states(states);
  const fem::BodyState start{&u, &earlier};
  const auto  typed = model::strain_statistics(model, {&u, &later}, &start);
  const auto  statistics = report::to_json(stages::strain_record(typed));
  const auto &due        = statistics["bone"]["near_cortex"],
             &total      = statistics["total"]["bone"]["near_cortex"];
  const double before    = model::yielded_bone(model, u, &earlier),
               all       = model::yielded_bone(model, u, &later);
  EXPECT_GT(before, 0.);
  EXPECT_GT(all, 1.5 * before);
  EXPECT_NEAR(total["inelastic"]["yielded_mm3"], all, 1e-9);
  EXPECT_NEAR(due["inelastic"]["yielded_mm3"], all - before, 1e-9);
  EXPECT_NEAR(
    due["inelastic"]["cumulated_plastic_strain"]["max_singular"], 0.015, 1e-12);
  EXPECT_EQ(due["max_principal_strain"]["max_singular"], 0.);
  // What yields with the load loses its stress, the rest keeps it.
  EXPECT_NEAR(
    due["von_mises_stress_MPa"]["max_singular"], 1000. / 1.3 * 0.01, 1e-6);
  EXPECT_NEAR(
    total["von_mises_stress_MPa"]["max_singular"], 1000. / 1.3 * 0.01, 1e-6);
  EXPECT_LT(statistics["strain_energy_change_N_mm"], 0.);
}
