// SPDX-License-Identifier: LGPL-2.1-or-later
// Records of a model, and lines on a load.
#include "solver/report/summary.h"

#include "solver/report/literature.h"
#include "solver/report/quantities.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

namespace miniscrew::report
{
namespace
{
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

Record
screw_record(const mesh::ScrewGeometry &screw)
{
  Record record;
  record.set(quantity::screw_name, screw.name)
    .set(quantity::screw_diameter, screw.diameter)
    .set(quantity::core_diameter, screw.core_diameter)
    .set(quantity::core_taper, screw.core_taper)
    .set(quantity::screw_length, screw.length)
    .set(quantity::pitch, screw.pitch)
    .set(quantity::thread_depth, screw.thread_depth())
    .set(quantity::tip_shape, std::string(name_of(screw.tip)))
    .set(quantity::head_shape, std::string(name_of(screw.head)))
    .set(quantity::assumed, screw.assumed);
  return record;
}

Record
band_record(const Band &band)
{
  Record record;
  record.set(quantity::band_low, band.low)
    .set(quantity::band_high, band.high)
    .set(quantity::band_source, std::string(band.source));
  return record;
}
} // namespace

Record
literature_record()
{
  Record record;
  record.part("recommended_torque_N_cm") =
    band_record(literature::recommended_torque);
  record.part("torque_limits_N_cm") = band_record(literature::torque_limits);
  record.part("loosening_micromotion_um") =
    band_record(literature::loosening_micromotion);
  record.part("critical_micromotion_um") =
    band_record(literature::critical_micromotion);
  return record;
}

Record
model_record(const model::Model &model, const Case &input)
{
  const fem::Quality    &quality = model.quality();
  const mesh::Engagement engaged =
    mesh::engagement(model.site(), model.map().planes().planes);
  Record record;
  record.set(quantity::title, input.title)
    .set(quantity::case_name, input.name)
    .set(quantity::variant, input.variant);
  record.part(part::screw) = screw_record(input.screw);
  record.part(part::engagement)
    .set(quantity::engagement_kind, std::string(engaged.kind))
    .set(quantity::near_cortex_length, engaged.near_cortex)
    .set(quantity::cancellous_length, engaged.cancellous)
    .set(quantity::far_cortex_length, engaged.far_cortex);
  record.part(part::mesh)
    .set(quantity::n_cells, quality.n_cells)
    .set(quantity::n_dofs, model.space().n_dofs())
    .set(quantity::degree, model.space().degree())
    .set(quantity::min_scaled_jacobian, quality.min_scaled_jacobian)
    .set(quantity::max_aspect_ratio, quality.max_aspect_ratio)
    .set(quantity::interface_size, model.interface_size())
    .set(quantity::screw_volume, quality.volume[mesh::screw_id]);
  return record;
}

namespace
{
std::string
joined(const std::vector<std::string> &parts)
{
  std::string all;
  for (const std::string &part : parts)
    all += (all.empty() ? "" : ", ") + part;
  return all;
}

// A line for an inelastic body: its volumes, what has yielded first, and how
// far its values go. @p when is of the yielding.
void
log_inelastic(const Record      &body,
              const std::string &name,
              const char        *when,
              Log               &log)
{
  const Record *inelastic = body.find(part::inelastic);
  if (inelastic == nullptr)
    return;
  const std::string        unit = "_mm3";
  std::vector<std::string> volumes, values;
  if (const auto yielded = inelastic->number(quantity::yielded_bone_volume))
    volumes.push_back(format("yielded %.4g of %.4g mm3",
                             *yielded,
                             body.number(quantity::volume).value_or(0.)));
  // Whatever else laws tell.
  for (const auto &[key, value] : inelastic->values())
    if (key != quantity::yielded_bone_volume.key)
    {
      std::string words = key.substr(0, key.size() - unit.size());
      std::replace(words.begin(), words.end(), '_', ' ');
      volumes.push_back(
        format("%s %.4g mm3", words.c_str(), number_of(value).value_or(0.)));
    }
  for (const auto &[key, numbers] : inelastic->parts())
  {
    std::string words = key;
    std::replace(words.begin(), words.end(), '_', ' ');
    values.push_back(
      format("%s up to %.3g",
             words.c_str(),
             numbers.number(quantity::max_singular).value_or(0.)));
  }
  log.line("  " + name + ": " + when + " " + joined(volumes) +
           (volumes.empty() || values.empty() ? "" : "; ") + joined(values));
}

void
log_inelastic(const Record &state, const char *when, Log &log)
{
  if (const Record *bone = state.find(part::bone))
    for (const auto &[name, layer] : bone->parts())
      log_inelastic(layer, name, when, log);
  if (const Record *screw = state.find(part::screw))
    log_inelastic(*screw, "screw", when, log);
}

void
log_contact(const Record &contact, Log &log)
{
  const auto value = [&](const Quantity &quantity) {
    return contact.number(quantity).value_or(0.);
  };
  log.line(format("  interface: micromotion %.3f um at most, %.3f um on "
                  "average; open %.1f, stick %.1f, slip %.1f mm2",
                  value(quantity::max_micromotion),
                  value(quantity::mean_micromotion),
                  value(quantity::open_area),
                  value(quantity::stick_area),
                  value(quantity::slip_area)));
}

void
log_engagement(const Record &engagement, Log &log)
{
  log.line(format("  %s, engaged: near cortex %.2f, cancellous %.2f, far "
                  "cortex %.2f mm",
                  engagement.text(quantity::engagement_kind).c_str(),
                  engagement.number(quantity::near_cortex_length).value_or(0.),
                  engagement.number(quantity::cancellous_length).value_or(0.),
                  engagement.number(quantity::far_cortex_length).value_or(0.)));
}

void
log_unloaded(const Record &unloaded, Log &log)
{
  const std::vector<double> head = unloaded.vector(quantity::head_displacement);
  if (head.size() == 3)
    log.line(format("  after unloading the head stays displaced by (%.4f, "
                    "%.4f, %.4f) um",
                    1e3 * head[0],
                    1e3 * head[1],
                    1e3 * head[2]));
}
} // namespace

void
log_summary(const Record &summary, Log &log)
{
  if (const Record *engagement = summary.find(part::engagement))
    log_engagement(*engagement, log);
  const Record *service = summary.find("service");
  if (service == nullptr || service->find(part::bone) == nullptr)
    return;
  const auto value = [&](const Quantity &quantity) {
    return service->number(quantity).value_or(0.);
  };
  log.line(format("  head %.3f um, tip %.3f um, axis rotation %.5f degrees",
                  1e3 * value(quantity::head_displacement),
                  1e3 * value(quantity::tip_displacement),
                  value(quantity::axis_rotation)));
  if (const Record *contact = service->find(part::contact))
    log_contact(*contact, log);
  log_inelastic(*service, "under the load", log);
  if (const Record *total = service->find(part::total))
    log_inelastic(*total, "in all", log);
  if (const Record *unloaded = service->find(part::unloaded))
    log_unloaded(*unloaded, log);
  const Record *balance = service->find(part::balance_error);
  if (balance != nullptr)
    log.line(
      format("  balance errors: force %.1e, moment %.1e; the load stores "
             "%.6g N mm",
             balance->number(quantity::force_balance).value_or(0.),
             balance->number(quantity::moment_balance).value_or(0.),
             value(quantity::energy_change)));
}
} // namespace miniscrew::report
