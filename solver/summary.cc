// SPDX-License-Identifier: LGPL-2.1-or-later
// Assembly of summary.json.
#include "solver/summary.h"

#include "solver/stages/bone_statistics.h"
#include "solver/stages/holding.h"

#include <algorithm>
#include <cmath>

namespace miniscrew
{
namespace
{
using Json = nlohmann::json;

const char *
name_of(const mesh::TipShape tip)
{
  return tip == mesh::TipShape::cutting ? "cutting"
         : tip == mesh::TipShape::blunt ? "blunt"
                                        : "flat";
}

const char *
name_of(const mesh::HeadShape head)
{
  switch (head)
  {
    case mesh::HeadShape::round:
      return "round";
    case mesh::HeadShape::hexagonal:
      return "hexagonal";
    case mesh::HeadShape::octagonal:
      return "octagonal";
    default:
      return "none";
  }
}

Json
screw_summary(const mesh::ScrewGeometry &screw)
{
  return {{"name", screw.name},
          {"diameter_mm", screw.diameter},
          {"core_diameter_mm", screw.core_diameter},
          {"core_taper", screw.core_taper},
          {"length_mm", screw.length},
          {"pitch_mm", screw.pitch},
          {"thread_depth_mm", screw.thread_depth()},
          {"tip", name_of(screw.tip)},
          {"head", name_of(screw.head)},
          {"assumed", screw.assumed}};
}

// What the balance of forces and moments about the origin lacks, relative to
// the load.
Json
balance_errors(const stages::ServiceState &state)
{
  double force = 0., moment = 0., force_error = 0., moment_error = 0.,
         lever = 0.;
  for (unsigned int d = 0; d < 3; ++d)
  {
    force += state.load[d] * state.load[d];
    moment += std::pow(state.load_moment_about_origin[d], 2);
    lever += std::pow(state.load_point[d], 2);
    force_error += std::pow(state.reaction[d] + state.load[d], 2);
    moment_error +=
      std::pow(state.reaction[3 + d] + state.load_moment_about_origin[d], 2);
  }
  // A force through the origin has no moment there: its lever is a length.
  const double moment_scale =
    std::max(moment, force * std::max(lever, 1.)) + 1e-300;
  const double force_scale = std::max(force, moment) + 1e-300;
  return {{"force", std::sqrt(force_error / force_scale)},
          {"moment", std::sqrt(moment_error / moment_scale)}};
}

// Lateral force by the lateral displacement along it.
Json
lateral_stiffness(const stages::ServiceState &state)
{
  const double force = std::hypot(state.load[0], state.load[1]);
  const double along = (state.load[0] * state.load_motion[0] +
                        state.load[1] * state.load_motion[1]) /
                       std::max(force, 1e-300);
  return force > 0. && along > 0. ? Json(force / along) : Json();
}
} // namespace

int
n_ranks(const MPI_Comm communicator)
{
  int n = 0;
  MPI_Comm_size(communicator, &n);
  return n;
}

Json
mesh_summary(const stages::Model &model)
{
  const Case            &parameters = model.parameters();
  const fem::Quality    &quality    = model.quality();
  const mesh::Engagement engaged    = mesh::engagement(parameters.site);
  Json                   summary;
  summary["title"]      = parameters.title;
  summary["case"]       = parameters.name;
  summary["variant"]    = parameters.variant;
  summary["screw"]      = screw_summary(parameters.screw);
  summary["engagement"] = {{"kind", engaged.kind},
                           {"near_cortex_mm", engaged.near_cortex},
                           {"cancellous_mm", engaged.cancellous},
                           {"far_cortex_mm", engaged.far_cortex}};
  summary["mesh"]       = {{"n_cells", quality.n_cells},
                           {"n_dofs", model.space().n_dofs()},
                           {"degree", model.space().degree()},
                           {"min_scaled_jacobian", quality.min_scaled_jacobian},
                           {"max_aspect_ratio", quality.max_aspect_ratio},
                           {"interface_size_mm", model.interface_size()},
                           {"screw_volume_mm3", quality.volume[mesh::screw_id]}};
  return summary;
}

namespace
{
Json
contact_summary(const stages::ServiceState &state, const double energy)
{
  const stages::LoadHistory        &contact = *state.history;
  const contact::InterfaceMeasures &m       = contact.final_measures;
  double                            error = 0., load = 0.;
  for (unsigned int d = 0; d < 3; ++d)
  {
    error += std::pow(m.force[d] - contact.seated.force[d] + state.load[d], 2);
    load += std::pow(state.load[d], 2);
  }
  Json steps = Json::array();
  for (const contact::StepReport &step : contact.steps)
    steps.push_back({{"load_share", step.share},
                     {"newton_iterations", step.newton_iterations},
                     {"cg_iterations", step.cg_iterations},
                     {"augmentations", step.augmentations},
                     {"open_area_mm2", step.measures.open_area},
                     {"stick_area_mm2", step.measures.stick_area},
                     {"slip_area_mm2", step.measures.slip_area},
                     {"max_penetration_mm", step.measures.penetration.value},
                     {"max_micromotion_um", step.measures.micromotion.value}});
  return {{"open_area_mm2", m.open_area},
          {"stick_area_mm2", m.stick_area},
          {"slip_area_mm2", m.slip_area},
          {"max_pressure_MPa", m.pressure.value},
          {"max_penetration_mm", m.penetration.value},
          {"max_micromotion_um", m.micromotion.value},
          {"max_micromotion_place_mm", m.micromotion.place},
          {"mean_micromotion_um", m.mean_micromotion},
          {"seated_max_pressure_MPa", contact.seated.pressure.value},
          {"force_balance_error", load > 0. ? std::sqrt(error / load) : 0.},
          {"external_work_N_mm", contact.external_work},
          {"frictional_work_N_mm", contact.frictional_work},
          {"elastic_energy_change_N_mm", energy - contact.seated_energy},
          {"newton_iterations", contact.newton_iterations},
          {"steps", steps}};
}

// What inelastic bodies took up. Work is summed with the mean load of each
// step, so the last digits of what is dissipated depend on the steps.
Json
inelastic_summary(const stages::Model        &model,
                  const stages::ServiceState &state,
                  const double                energy)
{
  const stages::LoadHistory &history = *state.history;
  Json                       steps   = Json::array();
  for (const contact::StepReport &step : history.steps)
    steps.push_back({{"load_share", step.share},
                     {"newton_iterations", step.newton_iterations},
                     {"linear_iterations", step.cg_iterations},
                     {"yielding_share", step.yielding_share}});
  Json viscous = Json::array();
  for (unsigned int b = 0; b < mesh::n_bodies; ++b)
    if (model.bodies()[b].is_inelastic() &&
        model.bodies()[b].plasticity.viscosity > 0.)
      viscous.push_back(model.bodies()[b].name);
  return {{"dissipated_N_mm",
           history.external_work - (energy - history.seated_energy) -
             history.frictional_work},
          {"bytes_per_dof", history.inelastic_bytes / model.space().n_dofs()},
          {"viscous_materials", viscous},
          {"newton_iterations", history.newton_iterations},
          {"steps", steps}};
}
} // namespace

Json
make_summary(const stages::Model &model, const stages::ServiceState &state)
{
  const auto vector = [](const auto &v, const unsigned int first) {
    return Json{v[first], v[first + 1], v[first + 2]};
  };
  Json summary      = mesh_summary(model);
  summary["solver"] = {
    {"cg_iterations", state.verdict.iterations},
    {"residual",
     state.verdict.initial_residual > 0.
       ? state.verdict.residual / state.verdict.initial_residual
       : 0.},
    {"setup_seconds", state.setup_seconds},
    {"solve_seconds", state.solve_seconds}};
  if (!model.parameters().asks_for(Test::service))
    return summary;
  Json &service = summary["service"] =
    stages::strain_statistics(model, state.displacement, state.points());
  service["force_N"]              = vector(state.load, 0);
  service["moment_N_mm"]          = vector(state.load, 3);
  service["load_point_mm"]        = state.load_point;
  service["head_displacement_mm"] = vector(state.load_motion, 0);
  service["head_rotation_rad"]    = vector(state.load_motion, 3);
  service["tip_displacement_mm"]  = state.tip_displacement;
  service["reaction_force_N"]     = vector(state.reaction, 0);
  service["reaction_moment_N_mm"] = vector(state.reaction, 3);
  service["balance_error"]        = balance_errors(state);
  const Json stiffness            = lateral_stiffness(state);
  if (!stiffness.is_null())
    service["lateral_stiffness_N_per_mm"] = stiffness;
  double work = 0.;
  for (unsigned int k = 0; k < 6; ++k)
    work += 0.5 * state.load[k] * state.load_motion[k];
  service["external_work_N_mm"] = work;
  const double energy           = service["strain_energy_N_mm"].get<double>();
  if (state.history)
    service["external_work_N_mm"] = state.history->external_work;
  if (state.interface() != nullptr)
  {
    service["contact"] = contact_summary(state, energy);
    service["contact"]["regularising_share"] =
      stages::spring_share(
        model, *state.interface(), state.load, state.load_point)
        .value;
  }
  if (state.points() != nullptr)
    service["inelastic"] = inelastic_summary(model, state, energy);
  if (state.load_on_top)
    summary["benchmark"]["mean_top_displacement_x_mm"] =
      state.mean_top_displacement[0];
  return summary;
}

Json
unloaded_summary(const stages::Model         &model,
                 const stages::ServiceState  &state,
                 const stages::UnloadedState &unloaded)
{
  const auto &m = unloaded.load_motion;
  const Json  statistics =
    stages::strain_statistics(model, unloaded.displacement, state.points());
  Json result = {{"head_displacement_mm", {m[0], m[1], m[2]}},
                 {"tip_displacement_mm", unloaded.tip_displacement},
                 {"returned_work_N_mm", unloaded.returned_work}};
  for (const char *key :
       {"axis_rotation_deg", "strain_energy_N_mm", "bone", "screw"})
    result[key] = statistics[key];
  return result;
}

namespace
{
// A line for each inelastic body.
void
log_inelastic(const Json &body, const std::string &name, Log &log)
{
  if (!body.contains("inelastic"))
    return;
  const Json &inelastic = body["inelastic"];
  log.line(format(
    "  %s: yielded %.4g of %.4g mm3, damaged %.4g mm3; cumulated plastic "
    "strain up to %.3g, damage up to %.3g",
    name.c_str(),
    inelastic["yielded_mm3"].get<double>(),
    body["volume_mm3"].get<double>(),
    inelastic["damaged_mm3"].get<double>(),
    inelastic["cumulated_plastic_strain"]["max_singular"].get<double>(),
    inelastic["damage"]["max_singular"].get<double>()));
}
} // namespace

void
log_summary(const Json &summary, Log &log)
{
  log.line(format("  %s, engaged: near cortex %.2f, cancellous %.2f, far "
                  "cortex %.2f mm",
                  summary["engagement"]["kind"].get<std::string>().c_str(),
                  summary["engagement"]["near_cortex_mm"].get<double>(),
                  summary["engagement"]["cancellous_mm"].get<double>(),
                  summary["engagement"]["far_cortex_mm"].get<double>()));
  if (!summary.contains("service"))
    return;
  const Json &service = summary["service"];
  const auto  length  = [&](const char *key) {
    double square = 0.;
    for (const Json &entry : service[key])
      square += std::pow(entry.get<double>(), 2);
    return 1e3 * std::sqrt(square);
  };
  log.line(format("  head %.3f um, tip %.3f um, axis rotation %.5f degrees",
                  length("head_displacement_mm"),
                  length("tip_displacement_mm"),
                  service["axis_rotation_deg"].get<double>()));
  if (service.contains("contact"))
  {
    const Json &contact = service["contact"];
    log.line(format("  interface: micromotion %.3f um at most, %.3f um on "
                    "average; open %.1f, stick %.1f, slip %.1f mm2",
                    contact["max_micromotion_um"].get<double>(),
                    contact["mean_micromotion_um"].get<double>(),
                    contact["open_area_mm2"].get<double>(),
                    contact["stick_area_mm2"].get<double>(),
                    contact["slip_area_mm2"].get<double>()));
  }
  for (const auto &layer : service["bone"].items())
    log_inelastic(layer.value(), layer.key(), log);
  log_inelastic(service["screw"], "screw", log);
  if (service.contains("unloaded"))
  {
    const Json &head = service["unloaded"]["head_displacement_mm"];
    log.line(format("  after unloading the head stays displaced by (%.4f, "
                    "%.4f, %.4f) um",
                    1e3 * head[0].get<double>(),
                    1e3 * head[1].get<double>(),
                    1e3 * head[2].get<double>()));
  }
  log.line(format("  balance errors: force %.1e, moment %.1e; energy %.6g N mm",
                  service["balance_error"]["force"].get<double>(),
                  service["balance_error"]["moment"].get<double>(),
                  service["strain_energy_N_mm"].get<double>()));
}
} // namespace miniscrew
