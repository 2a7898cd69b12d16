// SPDX-License-Identifier: LGPL-2.1-or-later
// Torque curves by quantity.
#include "solver/stages/insertion_record.h"

#include "solver/base/units.h"
#include "solver/report/literature.h"
#include "solver/report/quantities.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <limits>

namespace miniscrew::stages
{
namespace
{
namespace part     = report::part;
namespace quantity = report::quantity;
using report::Record;

void
set(Record &record, const BoneCutting &bone)
{
  record.set(quantity::friction_coefficient, bone.friction)
    .set(quantity::cutting_energy, bone.cutting_energy);
  if (bone.cut_fraction)
    record.set(quantity::cut_fraction, *bone.cut_fraction);
  else
  {
    std::array<double, 3> um = bone.residual;
    for (double &value : um)
      value *= 1e3;
    record.set(quantity::residual_interference, um);
  }
  if (bone.friction_range)
    record.set(quantity::friction_range, *bone.friction_range);
}

void
set_parts(Record &record, const InsertionLoads &loads)
{
  record.set(quantity::near_friction, N_cm * loads.friction[0])
    .set(quantity::cancellous_friction, N_cm * loads.friction[1])
    .set(quantity::far_friction, N_cm * loads.friction[2])
    .set(quantity::flanks, N_cm * loads.flanks)
    .set(quantity::cutting, N_cm * loads.cutting);
}

// The bounds of a band, beside the mid.
void
set_bounds(Record &record, const InsertionPoint &point)
{
  for (const auto &[name, loads] :
       {std::pair{part::low, &point.low}, std::pair{part::high, &point.high}})
    record.part(name)
      .set(quantity::torque, N_cm * loads->torque)
      .set(quantity::normal_force, loads->contact_force)
      .set(quantity::mean_pressure, loads->mean_pressure)
      .set(quantity::safety_factor, loads->safety_factor);
}

void
set(Record &record, const InsertionPoint &point, const bool has_band)
{
  set_parts(record, point.loads);
  if (has_band)
    set_bounds(record, point);
  record.set(quantity::depth, point.depth)
    .set(quantity::torque, N_cm * point.loads.torque())
    .set(quantity::axial_force, point.loads.axial_force)
    .set(quantity::normal_force, point.loads.contact_force())
    .set(quantity::is_led, point.is_led)
    .set(quantity::max_pressure, point.max_pressure)
    .set(quantity::mean_pressure, point.mean_pressure)
    .set(quantity::contact_area, point.contact_area)
    .set(quantity::max_interference, point.max_interference)
    .set(quantity::yielded_bone, point.inelastic_mm3)
    .set(quantity::safety_factor, point.torsion.safety_factor)
    .set(quantity::insertion_balance, point.balance_error)
    .set(quantity::newton_iterations, point.newton_iterations)
    .set(quantity::linear_iterations, point.linear_iterations)
    .set(quantity::point_n_dofs, point.n_dofs);
}

using LoadsAt = std::function<BoundLoads(const InsertionPoint &)>;

// What a bound of the band says over all depths, of a curve that is not empty.
void
set_peaks(Record                            &record,
          const std::vector<InsertionPoint> &points,
          const LoadsAt                     &loads,
          const bool                         is_whole)
{
  double torque = 0., safety = 0.;
  for (const InsertionPoint &point : points)
  {
    const BoundLoads here = loads(point);
    torque                = std::max(torque, here.torque);
    if (here.safety_factor > 0. &&
        (safety == 0. || here.safety_factor < safety))
      safety = here.safety_factor;
  }
  record.set(quantity::max_torque, N_cm * torque)
    .set(quantity::safety_factor, safety);
  if (is_whole)
    record.set(quantity::final_torque, N_cm * loads(points.back()).torque)
      .set(quantity::normal_force, loads(points.back()).contact_force);
}

// Of the mid of the band, and what belongs to it.
void
set_mid(Record &record, const std::vector<InsertionPoint> &points)
{
  const auto peak = std::max_element(
    points.begin(), points.end(), [](const auto &a, const auto &b) {
      return a.loads.torque() < b.loads.torque();
    });
  double push = 0., balance = 0.;
  for (const InsertionPoint &point : points)
  {
    push    = std::max(push, point.loads.axial_force);
    balance = std::max(balance, point.balance_error);
  }
  const double        torque = N_cm * peak->loads.torque();
  const report::Band &limits = report::literature::torque_limits;
  const TorsionCheck &shaft  = points.back().torsion;
  set_parts(record.part(part::parts_of_max_torque), peak->loads);
  record.set(quantity::depth_of_max_torque, peak->depth)
    .set(quantity::max_axial_force, push)
    .set(quantity::torsional_strength, N_cm * shaft.strength)
    .set(quantity::torsional_first_yield, N_cm * shaft.first_yield)
    .set(quantity::below_20, torque < limits.low)
    .set(quantity::below_40, torque < limits.high)
    .set(quantity::insertion_balance, balance);
}
void
set_curve(Record                            &record,
          const std::vector<InsertionPoint> &points,
          const bool                         has_band,
          const bool                         is_whole)
{
  for (const InsertionPoint &point : points)
    set(record.add_row(part::curve), point, has_band);
  set_mid(record, points);
  set_peaks(
    record,
    points,
    [](const InsertionPoint &point) { return point.mid(); },
    is_whole);
  if (!has_band)
    return;
  set_peaks(
    record.part(part::low),
    points,
    [](const InsertionPoint &point) { return point.low; },
    is_whole);
  set_peaks(
    record.part(part::high),
    points,
    [](const InsertionPoint &point) { return point.high; },
    is_whole);
}
} // namespace

Record
insertion_record(const model::Model                &model,
                 const Case                        &input,
                 const std::vector<InsertionPoint> &points,
                 const std::vector<DepthOutcome>   &failed)
{
  const Insertion &insertion = input.insertion;
  Record           record;
  record.set(quantity::technique, insertion.technique)
    .set(quantity::cutting_length, input.screw.cutting_length)
    .set(quantity::driver_force, insertion.driver_force)
    .set(quantity::pilot_diameter, insertion.pilot_diameter)
    .set(quantity::pilot_depth, insertion.pilot_depth);
  set(record.part(part::cortex), insertion.cortex);
  set(record.part(part::cancellous), insertion.cancellous);
  if (!points.empty())
    set_curve(record,
              points,
              insertion.has_band(),
              points.back().depth == model.site().insertion_depth);
  for (const DepthOutcome &outcome : failed)
    record.add_row(part::failed_depths)
      .set(quantity::depth, outcome.depth)
      .set(quantity::reason, outcome.failure);
  return record;
}

output::Curve
insertion_curve(const std::vector<InsertionPoint> &points,
                const std::vector<DepthOutcome>   &failed)
{
  output::Curve curve{"insertion",
                      {"depth_mm",
                       "torque_N_cm",
                       "low_torque_N_cm",
                       "high_torque_N_cm",
                       "near_cortex_friction_N_cm",
                       "cancellous_friction_N_cm",
                       "far_cortex_friction_N_cm",
                       "flanks_N_cm",
                       "cutting_N_cm",
                       "axial_force_N",
                       "mean_pressure_MPa",
                       "yielded_bone_mm3",
                       "torsional_safety_factor"},
                      {}};
  for (const InsertionPoint &p : points)
    curve.rows.push_back({p.depth,
                          N_cm * p.loads.torque(),
                          N_cm * p.low.torque,
                          N_cm * p.high.torque,
                          N_cm * p.loads.friction[0],
                          N_cm * p.loads.friction[1],
                          N_cm * p.loads.friction[2],
                          N_cm * p.loads.flanks,
                          N_cm * p.loads.cutting,
                          p.loads.axial_force,
                          p.mean_pressure,
                          p.inelastic_mm3,
                          p.torsion.safety_factor});
  for (const DepthOutcome &outcome : failed)
  {
    std::vector<double> row(curve.columns.size(),
                            std::numeric_limits<double>::quiet_NaN());
    row[0] = outcome.depth;
    curve.rows.push_back(row);
  }
  std::sort(curve.rows.begin(),
            curve.rows.end(),
            [](const auto &a, const auto &b) { return a[0] < b[0]; });
  return curve;
}
} // namespace miniscrew::stages
