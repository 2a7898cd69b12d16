// SPDX-License-Identifier: LGPL-2.1-or-later
// A law of one file and one line of registration, all the way: from a case file
// through the finite elements to fields, statistics and checkpoints.
#include "solver/model/bone_statistics.h"
#include "solver/report/record_json.h"
#include "solver/report/result_fields.h"
#include "solver/simulation/point_records.h"
#include "solver/stages/strain_record.h"

#include "tests/unit/case/case_text.h"
#include "tests/verification/plasticity.h"
#include "tests/verification/standard_solid.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>

using namespace miniscrew;
using namespace miniscrew::verification;

namespace
{
// The one line.
const bool is_there = (materials::add_law(standard_solid()), true);

constexpr double E = 10000., nu = 0.3, tau = 0.8, share_s = 0.6, duration = 2.;

materials::Material
relaxing()
{
  materials::Material material                = isotropic(E, nu);
  material.law                                = "standard-solid";
  material.law_constants["relaxation_time_s"] = tau;
  material.law_constants["viscous_share"]     = share_s;
  return material;
}

/// Bone of the new law around a screw that yields, next to elastic bone: states
/// of different lengths side by side.
fem::BodyMaterials
mixed()
{
  fem::BodyMaterials bodies = homogeneous(isotropic(E, nu));
  bodies[0]                 = relaxing();
  bodies[mesh::screw_id]    = verification::von_mises(E, nu, 60.);
  return bodies;
}

// The gradient of a displacement, and its strain.
const Matrix3 H{
  {{{1e-3, 2e-3, -1e-3}}, {{0.5e-3, -2e-3, 1e-3}}, {{-1e-3, 3e-3, 4e-3}}}};
const fem::VoigtVector strain_of_H{{1e-3, -2e-3, 4e-3, 4e-3, -2e-3, 2.5e-3}};

Field
linear_field(const double share)
{
  return [share](const Vector3 &x) -> Vector3 {
    Vector3 u{};
    for (unsigned int i = 0; i < 3; ++i)
      for (unsigned int j = 0; j < 3; ++j)
        u[i] += share * H[i][j] * x[j];
    return u;
  };
}

const Field bent = [](const Vector3 &x) -> Vector3 {
  return {{4e-3 * x[2] * x[2] + 2e-3 * x[1],
           3e-3 * x[0] * x[2],
           -5e-3 * x[2] + 2e-3 * x[0] * x[1]}};
};

struct Block : verification::Discretisation
{
  Block()
    : verification::Discretisation(std::make_shared<Pin>(0.6, 2.),
                                   site(1., 2., 4., 1.),
                                   globally(1),
                                   2)
  {}
};

/// Calls work(cell, q, strain) at all points of inelastic bodies.
void
for_points(
  const verification::Discretisation &block,
  const fem::MaterialPoints          &points,
  const linear::Vector<double>       &u,
  const std::function<void(std::size_t, unsigned int, const fem::VoigtVector &)>
    &work)
{
  const fem::StrainEvaluator   strain(block.geometry, u, 3);
  std::vector<fem::PointState> states;
  for (std::size_t c = 0; c < block.space.cells().size(); ++c)
    if (points.contains(c))
    {
      strain.evaluate(c, states);
      for (unsigned int q = 0; q < states.size(); ++q)
        work(c, q, states[q].strain);
    }
}

/// Points that have gone through two steps of a bent block.
void
bend(verification::Discretisation &block, fem::MaterialPoints &points)
{
  points.set_time_step(0.3);
  for (const double factor : {1., 1.5})
  {
    auto u = nodal_values(block.geometry, bent);
    u *= factor;
    u.update_ghost_values();
    std::vector<fem::VoigtVector> strains(points.n_points_per_cell()),
      stresses(strains);
    for_points(block, points, u, [&](const auto cell, const auto q, auto &e) {
      strains[q] = e;
      if (q + 1 == strains.size())
        points.stresses(cell, strains, stresses);
    });
    points.accept();
  }
}

const output::Field &
field(const output::FieldData &data, const std::string &name)
{
  for (const output::Field &field : data.point_fields)
    if (field.name == name)
      return field;
  throw std::runtime_error("no field " + name);
}
} // namespace

// Uniform strain that grows: the viscous strain is known step by step, and is
// near that of a steady rate, rate (t - tau (1 - exp(-t / tau))).
TEST(NewLaw, RelaxesUniformStrainAsComputedByHand)
{
  Block                           block;
  equilibrium::EquilibriumOptions options;
  options.steps.first = options.steps.largest = 0.05;
  options.newton.tolerance                    = 1e-10;
  options.duration                            = duration;
  LedBodies led(
    block, homogeneous(relaxing()), prescribe_all_boundaries, options);
  double viscous = 0., last = 0.; // in multiples of H
  led.lead(linear_field, [&](const equilibrium::StepReport &step) {
    const double a = (step.share - last) * duration / tau;
    viscous        = (viscous + a * step.share) / (1. + a);
    last           = step.share;
  });
  EXPECT_NEAR(
    viscous, 1. - tau / duration * (1. - std::exp(-duration / tau)), 0.02);

  const fem::MaterialPoints &points = *led.problem.points();
  EXPECT_FALSE(points.may_be_indefinite());
  const fem::VoigtVector full =
    materials::multiply(relaxing().stiffness(), strain_of_H);
  const double       trace = strain_of_H[0] + strain_of_H[1] + strain_of_H[2];
  const double       bulk  = E / (3. * (1. - 2. * nu));
  const unsigned int dilation =
    points.find_observable("viscous_dilation").value();
  for_points(block, points, led.u, [&](auto cell, auto q, const auto &e) {
    const fem::VoigtVector stress = points.stress(cell, q, e);
    for (unsigned int i = 0; i < 6; ++i)
    {
      EXPECT_NEAR(e[i], strain_of_H[i], 1e-10);
      EXPECT_NEAR(stress[i], (1. - share_s * viscous) * full[i], 1e-5);
    }
    EXPECT_NEAR(points.observable(cell, q, dilation), viscous * trace, 1e-10);
  });

  // Its observables have fields, with their units; shares have none.
  const auto data =
    report::make_fields(block.geometry, led.bodies, {&led.u, &points});
  for (const double value : field(data, "viscous_dilation").values)
    EXPECT_NEAR(value, viscous * trace, 1e-10);
  for (const double value : field(data, "relaxed_pressure_MPa").values)
    EXPECT_NEAR(value, -share_s * bulk * viscous * trace, 1e-5);
  EXPECT_THROW(field(data, "relaxed"), std::runtime_error);
  EXPECT_THROW(field(data, "damage"), std::runtime_error);
}

// Beside another law, the tangent operator is the derivative of the forces.
TEST(NewLaw, TangentOperatorIsTheDerivativeOfForces)
{
  Block block;
  prescribe_block(block.space);
  fem::ElasticityOperator<double> system(
    block.space, block.geometry, mixed(), false);
  fem::MaterialPoints points(block.space, mixed());
  EXPECT_TRUE(points.has_symmetric_tangents());
  bend(block, points);
  auto u = nodal_values(block.geometry, bent);
  u *= 2.;
  auto v = nodal_values(block.geometry, [](const Vector3 &x) -> Vector3 {
    return {{std::sin(x[1] + x[2]), std::cos(2. * x[0]), std::sin(x[0])}};
  });
  for_unknowns(block.space, true, [&](unsigned int node, unsigned int c) {
    v.local_element(3 * node + c) = 0.;
  });
  const auto forces = [&](const double factor) {
    linear::Vector<double> at(u), f(u);
    at.add(factor, v);
    system.internal_forces(f, at, &points);
    return f;
  };
  const double step       = 1e-6;
  auto         difference = forces(step);
  difference.add(-1., forces(-step));
  difference *= 0.5 / step;
  forces(0.);
  system.linearise(u, points);
  linear::Vector<double> Kv(u);
  system.vmult(Kv, v);
  difference.add(-1., Kv);
  EXPECT_LT(difference.l2_norm(), 1e-6 * Kv.l2_norm());
}

// States of laws of different lengths come back bit by bit, and only to the
// laws that they are of.
TEST(NewLaw, StatesComeBackFromACheckpoint)
{
  Block               block;
  fem::MaterialPoints points(block.space, mixed());
  bend(block, points);
  int n_ranks = 1;
  MPI_Comm_size(MPI_COMM_WORLD, &n_ranks);
  const std::string path = "new_law_" + std::to_string(n_ranks) + ".checkpoint";
  const auto        records =
    simulation::point_records("points", points, points.states());
  ASSERT_EQ(records.size(), 2u);
  EXPECT_EQ(records[0].name, "points_0_standard-solid");
  EXPECT_EQ(records[0].width, 27u * 6u);
  EXPECT_EQ(records[1].width, 27u * 7u);
  output::write_checkpoint(path, "{}", records, MPI_COMM_WORLD);
  {
    const output::Checkpoint file(path, MPI_COMM_WORLD);
    fem::MaterialPoints      fresh(block.space, mixed());
    // A rank may have no inelastic cell.
    EXPECT_TRUE(points.states().empty() || fresh.states() != points.states());
    fresh.set_states(simulation::point_states("points", fresh, file));
    EXPECT_EQ(fresh.states(), points.states());

    fem::BodyMaterials others = mixed();
    others[0]                 = verification::von_mises(E, nu, 60.);
    const fem::MaterialPoints foreign(block.space, others);
    EXPECT_THROW(simulation::point_states("points", foreign, file), IoError);
  }
  MPI_Barrier(MPI_COMM_WORLD);
  if (is_first_rank())
    std::remove(path.c_str());
}

// Its keys and its name are those of case files, and statistics know it.
TEST(NewLaw, IsReadFromCasesAndCounted)
{
  const std::string text = std::string(test::catalogue_screw_text) +
                           "[site]\ninsertion_depth_mm = 6\n"
                           "[discretisation]\ninterface_size_mm = 0.8\n"
                           "far_size_mm = 2.5\ndegree = 1\n[materials]\n";
  const std::string keys = "relaxation_time_s = 3, viscous_share = 0.25 }\n";
  const Case        c =
    test::read_text_as_case(text +
                            "cancellous = { name = \"cancellous bone\", law = "
                            "\"standard-solid\", " +
                            keys)[0];
  EXPECT_EQ(c.cancellous.law, "standard-solid");
  EXPECT_EQ(value_of(relaxation_time(), c.cancellous), 3.);
  EXPECT_NE(c.effective.to_toml().find("relaxation_time_s = 3.0"),
            std::string::npos);
  EXPECT_NE(test::complaint_about(
              text + "cancellous = { name = \"cancellous bone\", " + keys)
              .find("relaxation_time_s: is of law = \"standard-solid\" alone"),
            std::string::npos);
  EXPECT_NE(test::complaint_about(text + "cancellous.law = \"standard-solid\"\n"
                                         "cancellous.viscous_share = 1\n")
              .find("materials.cancellous.viscous_share: 1 is out of range"),
            std::string::npos);

  const model::Model  model(c, MPI_COMM_WORLD);
  fem::MaterialPoints points(model.space(), model.bodies());
  auto                states = points.states();
  for (std::size_t k = 0; k < states.size(); k += 6)
    states[k] = 1e-3;
  points.set_states(states);
  auto u = model.space().make_vector<double>();
  u.update_ghost_values();
  const auto all = report::to_json(
    stages::strain_record(model::strain_statistics(model, {&u, &points})));
  const auto &bone = all["bone"]["cancellous"];
  EXPECT_NEAR(bone["inelastic"]["relaxed_mm3"], bone["volume_mm3"], 1e-9);
  EXPECT_NEAR(
    bone["inelastic"]["viscous_dilation"]["max_singular"], 1e-3, 1e-15);
  EXPECT_FALSE(bone["inelastic"].contains("damage"));
  EXPECT_FALSE(all["bone"]["near_cortex"].contains("inelastic"));
  EXPECT_EQ(model::yielded_bone(model, u, &points), 0.);
}
