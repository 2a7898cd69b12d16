// SPDX-License-Identifier: LGPL-2.1-or-later
// Assembly of summary.json.
#include "solver/report/summary.h"

#include "solver/case/tables/stage_keys.h"
#include "solver/model/bone_statistics.h"
#include "solver/stages/holding.h"
#include "solver/stages/reference.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace miniscrew::report
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
  // Without a load, what lacks is measured by the forces of contact.
  if (force == 0. && moment == 0. && state.interface() != nullptr)
    force = std::pow(state.history->final_measures.contact_force, 2);
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
  const double along = (state.load[0] * state.motion.head[0] +
                        state.load[1] * state.motion.head[1]) /
                       std::max(force, 1e-300);
  return force > 0. && along > 0. ? Json(force / along) : Json();
}

// Distance from the screw's tip to the point of load, mm.
double
axis_length(const model::Model &model, const stages::ServiceState &state)
{
  return state.load_point[2] + model.parameters().site.insertion_depth;
}

// Motions of the ends of the axis, and the rotation of the line between them.
Json
motion_summary(const stages::ScrewMotion &motion, const double axis_length)
{
  const model::Wrench &head = motion.head;
  const double         rotation =
    std::hypot(head[0] - motion.tip[0], head[1] - motion.tip[1]) / axis_length;
  return {{"head_displacement_mm", {head[0], head[1], head[2]}},
          {"head_rotation_rad", {head[3], head[4], head[5]}},
          {"tip_displacement_mm", motion.tip},
          {"axis_rotation_deg", rotation * 180. / 3.14159265358979323846}};
}

// Statistics of a state under or after the load: what is due to it, and totals
// where something came before.
Json
state_summary(const model::Model           &model,
              const stages::ServiceState   &state,
              const linear::Vector<double> &displacement,
              const stages::ScrewMotion    &motion,
              const stages::ScrewMotion    &total_motion)
{
  const stages::Reference seated(state);
  const double            length = axis_length(model, state);
  Json                    result = model::strain_statistics(
    model, {&displacement, state.points()}, seated.get());
  result.update(motion_summary(motion, length));
  if (result.contains("total"))
    result["total"].update(motion_summary(total_motion, length));
  return result;
}
} // namespace

std::optional<double>
number_at(const Json &summary, const std::string &path)
{
  const Json::json_pointer pointer(path);
  if (!summary.contains(pointer))
    return {};
  const Json &node = summary[pointer];
  if (node.is_number())
    return node.get<double>();
  const bool is_vector =
    node.is_array() && !node.empty() &&
    std::all_of(node.begin(), node.end(), [](const Json &entry) {
      return entry.is_number();
    });
  if (!is_vector)
    return {};
  double square = 0.;
  for (const Json &entry : node)
    square += entry.get<double>() * entry.get<double>();
  return std::sqrt(square);
}

int
n_ranks(const MPI_Comm communicator)
{
  int n = 0;
  MPI_Comm_size(communicator, &n);
  return n;
}

Json
mesh_summary(const model::Model &model)
{
  const Case            &parameters = model.parameters();
  const fem::Quality    &quality    = model.quality();
  const mesh::Engagement engaged =
    mesh::engagement(parameters.site, model.map().planes().planes);
  Json summary;
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
contact_summary(const stages::ServiceState &state, const double energy_change)
{
  const stages::LoadHistory        &contact = *state.history;
  const contact::InterfaceMeasures &m       = contact.final_measures;
  double                            error = 0., load = 0.;
  for (unsigned int d = 0; d < 3; ++d)
  {
    error += std::pow(m.force[d] - contact.seated.force[d] + state.load[d], 2);
    load += std::pow(state.load[d], 2);
  }
  if (load == 0.)
    load = std::pow(m.contact_force, 2);
  Json steps = Json::array();
  for (const equilibrium::StepReport &step : contact.steps)
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
          {"elastic_energy_change_N_mm", energy_change},
          {"newton_iterations", contact.newton_iterations},
          {"steps", steps}};
}

// What inelastic bodies took up. Work is summed with the mean load of each
// step, so the last digits of what is dissipated depend on the steps.
Json
inelastic_summary(const model::Model         &model,
                  const stages::ServiceState &state,
                  const double                energy_change)
{
  const stages::LoadHistory &history = *state.history;
  Json                       steps   = Json::array();
  for (const equilibrium::StepReport &step : history.steps)
    steps.push_back({{"load_share", step.share},
                     {"newton_iterations", step.newton_iterations},
                     {"linear_iterations", step.cg_iterations},
                     {"yielding_share", step.yielding_share}});
  return {{"dissipated_N_mm",
           history.external_work - energy_change - history.frictional_work},
          {"bytes_per_dof", history.inelastic_bytes / model.space().n_dofs()},
          {"viscous_materials", stages::rate_dependent_materials(model, state)},
          {"newton_iterations", history.newton_iterations},
          {"steps", steps}};
}
} // namespace

Json
make_summary(const model::Model &model, const stages::ServiceState &state)
{
  const auto vector = [](const auto &v, const unsigned int first) {
    return Json{v[first], v[first + 1], v[first + 2]};
  };
  Json summary      = mesh_summary(model);
  summary["solver"] = {{"cg_iterations", state.verdict.iterations},
                       {"setup_seconds", state.setup_seconds},
                       {"solve_seconds", state.solve_seconds}};
  // A state that was read from a checkpoint may need no solution.
  if (state.verdict.initial_residual > 0.)
    summary["solver"]["residual"] =
      state.verdict.residual / state.verdict.initial_residual;
  else if (!state.history)
    summary["solver"]["residual"] = 0.;
  if (!model.parameters().asks_for(service_stage))
    return summary;
  if (!state.has_service)
  {
    summary["service"]["reached_load_share"] = state.reached_share;
    return summary;
  }
  Json &service = summary["service"] = state_summary(
    model, state, state.displacement, state.motion, state.total_motion);
  service["force_N"]              = vector(state.load, 0);
  service["moment_N_mm"]          = vector(state.load, 3);
  service["load_point_mm"]        = state.load_point;
  service["axis_length_mm"]       = axis_length(model, state);
  service["reaction_force_N"]     = vector(state.reaction, 0);
  service["reaction_moment_N_mm"] = vector(state.reaction, 3);
  service["balance_error"]        = balance_errors(state);
  const Json stiffness            = lateral_stiffness(state);
  if (!stiffness.is_null())
    service["lateral_stiffness_N_per_mm"] = stiffness;
  double work = 0.;
  for (unsigned int k = 0; k < 6; ++k)
    work += 0.5 * state.load[k] * state.motion.head[k];
  service["external_work_N_mm"] = work;
  const double energy_change =
    service["strain_energy_change_N_mm"].get<double>();
  if (state.history)
    service["external_work_N_mm"] = state.history->external_work;
  if (state.interface() != nullptr)
  {
    service["contact"] = contact_summary(state, energy_change);
    service["contact"]["regularising_share"] =
      stages::spring_share(
        model, *state.interface(), state.load, state.load_point)
        .value;
  }
  if (state.points() != nullptr)
    service["inelastic"] = inelastic_summary(model, state, energy_change);
  if (state.load_on_top)
    summary["benchmark"]["mean_top_displacement_x_mm"] =
      state.mean_top_displacement[0];
  return summary;
}

Json
unloaded_summary(const model::Model          &model,
                 const stages::ServiceState  &state,
                 const stages::UnloadedState &unloaded)
{
  Json result                  = state_summary(model,
                              state,
                              unloaded.displacement,
                              unloaded.motion,
                              unloaded.total_motion);
  result["returned_work_N_mm"] = unloaded.returned_work;
  return result;
}

namespace
{
// A line for an inelastic body: its volumes, what has yielded first, and how
// far its values go. @p when is of the yielding.
void
log_inelastic(const Json        &body,
              const std::string &name,
              const char        *when,
              Log               &log)
{
  if (!body.contains("inelastic"))
    return;
  const Json              &inelastic = body["inelastic"];
  const std::string        yielded = "yielded_mm3", unit = "_mm3";
  std::vector<std::string> volumes, values;
  if (inelastic.contains(yielded))
    volumes.push_back(format("yielded %.4g of %.4g mm3",
                             inelastic[yielded].get<double>(),
                             body["volume_mm3"].get<double>()));
  for (const auto &number : inelastic.items())
  {
    std::string words = number.key();
    if (words == yielded)
      continue;
    const bool is_volume = number.value().is_number();
    if (is_volume)
      words.resize(words.size() - unit.size());
    std::replace(words.begin(), words.end(), '_', ' ');
    if (is_volume)
      volumes.push_back(
        format("%s %.4g mm3", words.c_str(), number.value().get<double>()));
    else
      values.push_back(format("%s up to %.3g",
                              words.c_str(),
                              number.value()["max_singular"].get<double>()));
  }
  const auto joined = [](const std::vector<std::string> &parts) {
    std::string all;
    for (const std::string &part : parts)
      all += (all.empty() ? "" : ", ") + part;
    return all;
  };
  log.line("  " + name + ": " + when + " " + joined(volumes) +
           (volumes.empty() || values.empty() ? "" : "; ") + joined(values));
}

void
log_inelastic(const Json &state, const char *when, Log &log)
{
  for (const auto &layer : state["bone"].items())
    log_inelastic(layer.value(), layer.key(), when, log);
  log_inelastic(state["screw"], "screw", when, log);
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
  if (!summary.contains("service") || !summary["service"].contains("bone"))
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
  log_inelastic(service, "under the load", log);
  if (service.contains("total"))
    log_inelastic(service["total"], "in all", log);
  if (service.contains("unloaded") &&
      service["unloaded"].contains("head_displacement_mm"))
  {
    const Json &head = service["unloaded"]["head_displacement_mm"];
    log.line(format("  after unloading the head stays displaced by (%.4f, "
                    "%.4f, %.4f) um",
                    1e3 * head[0].get<double>(),
                    1e3 * head[1].get<double>(),
                    1e3 * head[2].get<double>()));
  }
  log.line(format("  balance errors: force %.1e, moment %.1e; the load stores "
                  "%.6g N mm",
                  service["balance_error"]["force"].get<double>(),
                  service["balance_error"]["moment"].get<double>(),
                  service["strain_energy_change_N_mm"].get<double>()));
}
} // namespace miniscrew::report
