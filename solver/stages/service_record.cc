// SPDX-License-Identifier: LGPL-2.1-or-later
// Motions, balances, energies, and the interface under the load.
#include "solver/stages/service_record.h"

#include "solver/base/units.h"
#include "solver/model/bone_statistics.h"
#include "solver/report/quantities.h"
#include "solver/stages/holding.h"
#include "solver/stages/strain_record.h"

#include <deal.II/base/mpi.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace miniscrew::stages
{
namespace
{
namespace part     = report::part;
namespace quantity = report::quantity;
using report::Record;

// Distance from the screw's tip to the point of load, mm.
double
axis_length(const model::Model &model, const OrthodonticLoad &load)
{
  return load.point[2] + model.site().insertion_depth;
}

std::array<double, 3>
first_half(const model::Wrench &wrench)
{
  return {{wrench[0], wrench[1], wrench[2]}};
}

std::array<double, 3>
second_half(const model::Wrench &wrench)
{
  return {{wrench[3], wrench[4], wrench[5]}};
}

// Motions of the ends of the axis, and the rotation of the line between them.
void
set_motion(Record &record, const ScrewMotion &motion, const double axis_length)
{
  const model::Wrench &head = motion.head;
  const double         rotation =
    std::hypot(head[0] - motion.tip[0], head[1] - motion.tip[1]) / axis_length;
  record.set(quantity::head_displacement, first_half(head))
    .set(quantity::head_rotation, second_half(head))
    .set(quantity::tip_displacement, motion.tip)
    .set(quantity::axis_rotation, rotation * degrees);
}

// What the balance of forces and moments about the origin lacks, relative to
// the load; without a load, to the forces of contact.
void
set_balance(Record                &record,
            const OrthodonticLoad &load,
            const model::Wrench   &reactions,
            const double           contact_force)
{
  const fem::Vector3 turned = load.moment_about_origin();
  double force = 0., moment = 0., force_error = 0., moment_error = 0.,
         lever = 0.;
  for (unsigned int d = 0; d < 3; ++d)
  {
    force += load.wrench[d] * load.wrench[d];
    moment += std::pow(turned[d], 2);
    lever += std::pow(load.point[d], 2);
    force_error += std::pow(reactions[d] + load.wrench[d], 2);
    moment_error += std::pow(reactions[3 + d] + turned[d], 2);
  }
  if (force == 0. && moment == 0.)
    force = std::pow(contact_force, 2);
  // A force through the origin has no moment there: its lever is a length.
  const double moment_scale =
    std::max(moment, force * std::max(lever, 1.)) + 1e-300;
  const double force_scale = std::max(force, moment) + 1e-300;
  record.part(part::balance_error)
    .set(quantity::force_balance, std::sqrt(force_error / force_scale))
    .set(quantity::moment_balance, std::sqrt(moment_error / moment_scale));
}

// Lateral force by the lateral displacement along it.
void
set_lateral_stiffness(Record                &record,
                      const OrthodonticLoad &load,
                      const ScrewMotion     &motion)
{
  const model::Wrench &w     = load.wrench;
  const double         force = std::hypot(w[0], w[1]);
  const double         along =
    (w[0] * motion.head[0] + w[1] * motion.head[1]) / std::max(force, 1e-300);
  if (force > 0. && along > 0.)
    record.set(quantity::lateral_stiffness, force / along);
}

void
set_contact_steps(Record &record, const LoadHistory &history)
{
  record.begin_rows(part::steps);
  for (const equilibrium::StepReport &step : history.steps)
    record.add_row(part::steps)
      .set(quantity::load_share, step.share)
      .set(quantity::newton_iterations, step.newton_iterations)
      .set(quantity::step_cg_iterations, step.cg_iterations)
      .set(quantity::augmentations, step.augmentations)
      .set(quantity::open_area, step.measures.open_area)
      .set(quantity::stick_area, step.measures.stick_area)
      .set(quantity::slip_area, step.measures.slip_area)
      .set(quantity::max_penetration, step.measures.penetration.value)
      .set(quantity::max_micromotion, step.measures.micromotion.value);
}

// Sum of interface forces on the screw and load, by the load; without one, by
// the forces of contact.
double
interface_balance(const StageContext               &context,
                  const OrthodonticLoad            &load,
                  const contact::InterfaceMeasures &now)
{
  double error = 0., size = 0.;
  for (unsigned int d = 0; d < 3; ++d)
  {
    error += std::pow(
      now.force[d] - context.measures_before.force[d] + load.wrench[d], 2);
    size += std::pow(load.wrench[d], 2);
  }
  if (size == 0.)
    size = std::pow(now.contact_force, 2);
  return size > 0. ? std::sqrt(error / size) : 0.;
}

Record
contact_record(const StageContext    &context,
               const OrthodonticLoad &load,
               const LoadHistory     &history,
               const double           energy_change,
               const unsigned int     newton_iterations)
{
  const contact::InterfaceMeasures &m = history.measures;
  Record                            record;
  record.set(quantity::open_area, m.open_area)
    .set(quantity::stick_area, m.stick_area)
    .set(quantity::slip_area, m.slip_area)
    .set(quantity::max_pressure, m.pressure.value)
    .set(quantity::max_penetration, m.penetration.value)
    .set(quantity::max_micromotion, m.micromotion.value)
    .set(quantity::micromotion_place, m.micromotion.place)
    .set(quantity::mean_micromotion, m.mean_micromotion)
    .set(quantity::seated_max_pressure, context.measures_before.pressure.value)
    .set(quantity::interface_balance, interface_balance(context, load, m))
    .set(quantity::external_work, history.external_work)
    .set(quantity::frictional_work, history.frictional_work)
    .set(quantity::contact_energy_change, energy_change)
    .set(quantity::newton_iterations, newton_iterations)
    .set(quantity::regularising_share,
         spring_share(
           context.model, context.problem->interface(), load.wrench, load.point)
           .value);
  set_contact_steps(record, history);
  return record;
}

// What inelastic bodies took up. Work is summed with the mean load of each
// step, so the last digits of what is dissipated depend on the steps.
Record
inelastic_record(const StageContext &context,
                 const LoadHistory  &history,
                 const double        energy_change,
                 const unsigned int  newton_iterations)
{
  Record record;
  record.begin_rows(part::steps);
  for (const equilibrium::StepReport &step : history.steps)
    record.add_row(part::steps)
      .set(quantity::load_share, step.share)
      .set(quantity::newton_iterations, step.newton_iterations)
      .set(quantity::linear_iterations, step.cg_iterations)
      .set(quantity::yielding_share, step.yielding_share);
  record
    .set(quantity::dissipated,
         history.external_work - energy_change - history.frictional_work)
    .set(quantity::bytes_per_dof,
         inelastic_bytes(context.model, *context.problem) /
           context.model.space().n_dofs())
    .set(quantity::viscous_materials,
         rate_dependent_materials(context.model, *context.problem))
    .set(quantity::newton_iterations, newton_iterations);
  return record;
}

const fem::MaterialPoints *
points_of(const StageContext &context)
{
  return context.problem == nullptr ? nullptr : context.problem->points();
}

model::StrainStatistics
statistics_of(const StageContext &context, const StageResult &result)
{
  return model::strain_statistics(
    context.model,
    {&result.end.displacement, points_of(context)},
    context.reference);
}

Record
state_record(const StageContext            &context,
             const OrthodonticLoad         &load,
             const StageResult             &result,
             const model::StrainStatistics &statistics,
             const ScrewMotion             &motion)
{
  const double length = axis_length(context.model, load);
  Record       record = strain_record(statistics);
  set_motion(record, motion, length);
  if (statistics.total)
    set_motion(record.part(part::total),
               motion_of(context.model,
                         load_patch(context.model, load),
                         result.end.displacement),
               length);
  return record;
}

ScrewMotion
motion_since(const StageContext    &context,
             const OrthodonticLoad &load,
             const StageResult     &result)
{
  return motion_of(
    context.model,
    load_patch(context.model, load),
    moved_since(context.model, context.reference, result.end.displacement));
}
} // namespace

std::vector<std::string>
rate_dependent_materials(const model::Model                    &model,
                         const equilibrium::EquilibriumProblem &problem)
{
  std::vector<std::string> names;
  if (const fem::MaterialPoints *points = problem.points())
    for (unsigned int b = 0; b < mesh::n_bodies; ++b)
      if (points->has_law(b) && points->law(b).is_rate_dependent())
        names.push_back(model.bodies()[b].name);
  return names;
}

double
inelastic_bytes(const model::Model                    &model,
                const equilibrium::EquilibriumProblem &problem)
{
  return dealii::Utilities::MPI::sum(
    static_cast<double>(problem.points()->memory_consumption() +
                        problem.solver().system().tangent_bytes()),
    model.communicator());
}

Record
state_record(const StageContext    &context,
             const OrthodonticLoad &load,
             const StageResult     &result)
{
  return state_record(context,
                      load,
                      result,
                      statistics_of(context, result),
                      motion_since(context, load, result));
}

Record
service_record(const StageContext    &context,
               const OrthodonticLoad &load,
               const model::Wrench   &reactions,
               const LoadHistory     *history,
               const StageResult     &result)
{
  const ScrewMotion             motion = motion_since(context, load, result);
  const model::StrainStatistics statistics = statistics_of(context, result);
  Record     record = state_record(context, load, result, statistics, motion);
  const bool in_contact =
    context.problem != nullptr && context.problem->has_interface();
  record.set(quantity::force, first_half(load.wrench))
    .set(quantity::moment, second_half(load.wrench))
    .set(quantity::load_point, load.point)
    .set(quantity::axis_length, axis_length(context.model, load))
    .set(quantity::reaction_force, first_half(reactions))
    .set(quantity::reaction_moment, second_half(reactions));
  set_balance(
    record, load, reactions, in_contact ? history->measures.contact_force : 0.);
  set_lateral_stiffness(record, load, motion);
  double work = 0.;
  for (unsigned int k = 0; k < 6; ++k)
    work += 0.5 * load.wrench[k] * motion.head[k];
  record.set(quantity::external_work,
             history == nullptr ? work : history->external_work);
  const unsigned int newton =
    context.effort_before.newton_iterations + result.effort.newton_iterations;
  if (in_contact)
    record.part(part::contact) =
      contact_record(context, load, *history, statistics.energy, newton);
  if (points_of(context) != nullptr)
    record.part(part::inelastic) =
      inelastic_record(context, *history, statistics.energy, newton);
  return record;
}
} // namespace miniscrew::stages
