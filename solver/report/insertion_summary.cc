// SPDX-License-Identifier: LGPL-2.1-or-later
// Keys of summary.json about insertion and stability.
#include "solver/report/insertion_summary.h"

#include "solver/case/tables/stage_keys.h"
#include "solver/model/bone_statistics.h"
#include "solver/report/literature.h"
#include "solver/stages/reference.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace miniscrew::report
{
namespace
{
using Json = nlohmann::json;

constexpr double N_cm    = 0.1; // per N mm
constexpr double degrees = 180. / 3.14159265358979323846;

const char *
name_of(const stages::FailureMode mode)
{
  switch (mode)
  {
    case stages::FailureMode::bone:
      return "bone";
    case stages::FailureMode::slip:
      return "slip";
    case stages::FailureMode::screw:
      return "screw";
    default:
      return "none";
  }
}

Json
bone_cutting(const BoneCutting &bone)
{
  return {{"cut_fraction", bone.cut_fraction},
          {"friction_coefficient", bone.friction},
          {"cutting_energy_MPa", bone.cutting_energy}};
}

Json
torque_parts(const stages::InsertionLoads &loads)
{
  return {{"near_cortex_friction_N_cm", N_cm * loads.friction[0]},
          {"cancellous_friction_N_cm", N_cm * loads.friction[1]},
          {"far_cortex_friction_N_cm", N_cm * loads.friction[2]},
          {"flanks_N_cm", N_cm * loads.flanks},
          {"cutting_N_cm", N_cm * loads.cutting}};
}

Json
point_summary(const stages::InsertionPoint &point)
{
  Json result                       = torque_parts(point.loads);
  result["depth_mm"]                = point.depth;
  result["torque_N_cm"]             = N_cm * point.loads.torque();
  result["axial_force_N"]           = point.loads.axial_force;
  result["max_pressure_MPa"]        = point.max_pressure;
  result["mean_pressure_MPa"]       = point.mean_pressure;
  result["contact_area_mm2"]        = point.contact_area;
  result["max_interference_mm"]     = point.max_interference;
  result["yielded_bone_mm3"]        = point.inelastic_mm3;
  result["torsional_safety_factor"] = point.torsion.safety_factor;
  result["balance_error"]           = point.balance_error;
  result["newton_iterations"]       = point.newton_iterations;
  result["linear_iterations"]       = point.linear_iterations;
  result["n_dofs"]                  = point.n_dofs;
  return result;
}

// Statistics of the bodies alone.
Json
of_bodies(const Json &statistics)
{
  Json result = {{"bone", statistics["bone"]}, {"screw", statistics["screw"]}};
  if (statistics.contains("total"))
    result["total"] = of_bodies(statistics["total"]);
  return result;
}

// Peaks over the depths of a curve that is not empty, and what belongs to them.
void
add_peaks(const std::vector<stages::InsertionPoint> &points, Json &result)
{
  const auto peak = std::max_element(
    points.begin(), points.end(), [](const auto &a, const auto &b) {
      return a.loads.torque() < b.loads.torque();
    });
  double safety = 0., push = 0., balance = 0.;
  Json   curve = Json::array();
  for (const stages::InsertionPoint &point : points)
  {
    const double factor = point.torsion.safety_factor;
    if (factor > 0. && (safety == 0. || factor < safety))
      safety = factor;
    push    = std::max(push, point.loads.axial_force);
    balance = std::max(balance, point.balance_error);
    curve.push_back(point_summary(point));
  }
  const double torque               = N_cm * peak->loads.torque();
  result["max_torque_N_cm"]         = torque;
  result["depth_of_max_torque_mm"]  = peak->depth;
  result["parts_of_max_torque"]     = torque_parts(peak->loads);
  result["max_axial_force_N"]       = push;
  result["torsional_strength_N_cm"] = N_cm * points.back().torsion.strength;
  result["torsional_first_yield_N_cm"] =
    N_cm * points.back().torsion.first_yield;
  result["torsional_safety_factor"] = safety;
  result["below_20_N_cm"]           = torque < literature::torque_limits.low;
  result["below_40_N_cm"]           = torque < literature::torque_limits.high;
  result["balance_error"]           = balance;
  result["curve"]                   = curve;
}
} // namespace

Json
insertion_summary(const model::Model                        &model,
                  const stages::ServiceState                &state,
                  const std::vector<stages::InsertionPoint> &points,
                  const std::vector<stages::DepthOutcome>   &failed)
{
  const Insertion &insertion = model.parameters().insertion;
  Json             result;
  if (state.history && state.history->inserted.size() > 0)
  {
    const auto points_then =
      stages::points_at(state.points(), state.history->inserted_points);
    result = of_bodies(model::strain_statistics(
      model,
      {&state.history->inserted, points_then ? &*points_then : nullptr}));
  }
  result["technique"]         = insertion.technique;
  result["pilot_diameter_mm"] = insertion.pilot_diameter;
  result["pilot_depth_mm"]    = insertion.pilot_depth;
  result["cortex"]            = bone_cutting(insertion.cortex);
  result["cancellous"]        = bone_cutting(insertion.cancellous);
  if (!points.empty())
    add_peaks(points, result);
  if (!points.empty() &&
      points.back().depth == model.parameters().site.insertion_depth)
    result["final_torque_N_cm"] = N_cm * points.back().loads.torque();
  for (const stages::DepthOutcome &outcome : failed)
    result["failed_depths"].push_back(
      {{"depth_mm", outcome.depth}, {"reason", outcome.failure}});
  return result;
}

Json
seating_summary(const model::Model &model, const stages::ServiceState &state)
{
  const contact::InterfaceMeasures &m = state.history->seated;
  const stages::Reference           seated(state);
  const Json statistics      = model::strain_statistics(model, *seated.get());
  Json       result          = of_bodies(statistics);
  result["max_pressure_MPa"] = m.pressure.value;
  result["open_area_mm2"]    = m.open_area;
  result["stick_area_mm2"]   = m.stick_area;
  result["slip_area_mm2"]    = m.slip_area;
  result["mean_pressure_MPa"] =
    m.normal_force / std::max(m.stick_area + m.slip_area, 1e-300);
  result["normal_force_N"]      = m.normal_force;
  result["elastic_energy_N_mm"] = statistics["strain_energy_N_mm"];
  return result;
}

Json
test_summary(const model::Model       &model,
             const std::string        &test,
             const stages::TestResult &test_result)
{
  const bool   turns          = test == removal_stage;
  const double force_unit     = turns ? N_cm : 1.,
               motion_unit    = turns ? degrees : 1.;
  const std::string force     = turns ? "torque_N_cm" : "force_N",
                    motion    = turns ? "angle_deg" : "displacement_mm";
  Json result                 = of_bodies(test_result.statistics);
  result["peak_" + force]     = force_unit * test_result.peak.force;
  result[motion + "_at_peak"] = motion_unit * test_result.peak.motion;
  result["passed_peak"]       = test_result.passed_peak;
  result["is_flat"]           = test_result.is_flat;
  result["failure_mode"]      = name_of(test_result.failure_mode);
  result["newton_iterations"] = test_result.newton_iterations;
  result["stopped_because"]   = test_result.stopped_because;
  if (!test_result.curve.empty())
  {
    result["peak_" + force]     = force_unit * test_result.peak.force;
    result[motion + "_at_peak"] = motion_unit * test_result.peak.motion;
    result["reached_" + motion] = motion_unit * test_result.curve.back().motion;
    result["final_" + force]    = force_unit * test_result.curve.back().force;
  }
  if (!turns)
    result["stiffness_N_per_mm"] = test_result.initial_stiffness;
  if (test == pullout_stage)
    result["chapman_force_N"] = stages::chapman_force(model);
  return result;
}

output::Curve
insertion_curve(const std::vector<stages::InsertionPoint> &points,
                const std::vector<stages::DepthOutcome>   &failed)
{
  output::Curve curve{"insertion",
                      {"depth_mm",
                       "torque_N_cm",
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
  for (const stages::InsertionPoint &p : points)
    curve.rows.push_back({p.depth,
                          N_cm * p.loads.torque(),
                          N_cm * p.loads.friction[0],
                          N_cm * p.loads.friction[1],
                          N_cm * p.loads.friction[2],
                          N_cm * p.loads.flanks,
                          N_cm * p.loads.cutting,
                          p.loads.axial_force,
                          p.mean_pressure,
                          p.inelastic_mm3,
                          p.torsion.safety_factor});
  for (const stages::DepthOutcome &outcome : failed)
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

output::Curve
test_curve(const std::string &test, const stages::TestResult &result)
{
  const bool    turns = test == removal_stage;
  output::Curve curve{test,
                      {turns ? "angle_deg" : "displacement_mm",
                       turns ? "torque_N_cm" : "force_N",
                       "slip_share",
                       "open_share",
                       "yielding_share",
                       "max_pressure_MPa"},
                      {}};
  for (const stages::TestPoint &p : result.curve)
    curve.rows.push_back({p.motion * (turns ? degrees : 1.),
                          p.force * (turns ? N_cm : 1.),
                          p.slip_share,
                          p.open_share,
                          p.yielding_share,
                          p.max_pressure});
  return curve;
}

namespace
{
// Whether a stage of the summary came as far as this key.
bool
has(const Json &summary, const char *stage, const char *key)
{
  return summary.contains(stage) && summary[stage].contains(key);
}

double
number(const Json &part, const char *key)
{
  return part.at(key).get<double>();
}

void
log_insertion(const Json &insertion, Log &log)
{
  if (insertion.contains("failed_depths"))
    log.line(format("  insertion: %zu depths of the torque curve are missing",
                    insertion["failed_depths"].size()));
  if (!insertion.contains("max_torque_N_cm"))
    return;
  const double torque = number(insertion, "max_torque_N_cm");
  const Band  &limits = literature::torque_limits;
  log.line(format("  insertion, %s: torque up to %.2f N cm, at %.2f mm "
                  "(recommended %s; limits of makers %s: %s)",
                  insertion["technique"].get<std::string>().c_str(),
                  torque,
                  number(insertion, "depth_of_max_torque_mm"),
                  text_of(literature::recommended_torque).c_str(),
                  text_of(limits).c_str(),
                  torque > limits.high  ? "EXCEEDED"
                  : torque > limits.low ? "within the range"
                                        : "kept"));
  log.line(format("  torsional strength %.1f N cm, safety factor %.2f; push up "
                  "to %.1f N",
                  number(insertion, "torsional_strength_N_cm"),
                  number(insertion, "torsional_safety_factor"),
                  number(insertion, "max_axial_force_N")));
}
} // namespace

void
log_stability(const Json &summary, Log &log)
{
  if (summary.contains("insertion"))
    log_insertion(summary["insertion"], log);
  for (const auto &[key, name] :
       {std::pair{"seating", "seated"}, std::pair{"press_fit", "pressed"}})
    if (has(summary, key, "normal_force_N"))
      log.line(
        format("  %s: pressure %.0f MPa on average, normal forces %.0f N",
               name,
               number(summary[key], "mean_pressure_MPa"),
               number(summary[key], "normal_force_N")));
  if (has(summary, "pullout", "peak_force_N"))
  {
    const Json &test = summary["pullout"];
    log.line(format("  pull-out: %.1f N at %.3f mm (%s; Chapman's formula %.1f "
                    "N), stiffness %.0f N/mm",
                    number(test, "peak_force_N"),
                    number(test, "displacement_mm_at_peak"),
                    test["failure_mode"].get<std::string>().c_str(),
                    number(test, "chapman_force_N"),
                    number(test, "stiffness_N_per_mm")));
  }
  if (has(summary, "sideways", "final_force_N"))
  {
    const Json &test = summary["sideways"];
    log.line(format("  sideways: %.1f N at %.3f mm, stiffness %.0f N/mm",
                    number(test, "final_force_N"),
                    number(test, "reached_displacement_mm"),
                    number(test, "stiffness_N_per_mm")));
  }
  if (has(summary, "removal", "peak_torque_N_cm"))
    log.line(format("  removal torque %.2f N cm",
                    number(summary["removal"], "peak_torque_N_cm")));
  const Json::json_pointer micromotion("/service/contact/max_micromotion_um");
  if (summary.contains(micromotion))
    log.line(format("  micromotion in service up to %.2f µm (loosened screws: "
                    "above %s; bone stops growing on: %s)",
                    summary[micromotion].get<double>(),
                    text_of(literature::loosening_micromotion).c_str(),
                    text_of(literature::critical_micromotion).c_str()));
}
} // namespace miniscrew::report
