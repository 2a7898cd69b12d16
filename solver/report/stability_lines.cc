// SPDX-License-Identifier: LGPL-2.1-or-later
// Lines on primary stability.
#include "solver/report/stability_lines.h"

#include "solver/report/literature.h"
#include "solver/report/quantities.h"

namespace miniscrew::report
{
namespace
{
double
value(const Record &record, const Quantity &quantity)
{
  return record.number(quantity).value_or(0.);
}

/// "15.7 (7.8 to 21.3)": a number of a record with its band, if it has one.
std::string
with_band(const Record   &record,
          const Quantity &quantity,
          const char     *digits = "%.2f")
{
  const std::string text = format(digits, value(record, quantity));
  const auto        low  = record.number_at(part::low, quantity),
             high        = record.number_at(part::high, quantity);
  return low && high ? text + " (" + format(digits, *low) + " to " +
                         format(digits, *high) + ")"
                     : text;
}

void
log_insertion(const Record &insertion, Log &log)
{
  const std::size_t n_failed = insertion.rows(part::failed_depths).size();
  if (n_failed > 0)
    log.line(format("  insertion: %zu depths of the torque curve are missing",
                    n_failed));
  if (!insertion.has(quantity::max_torque))
    return;
  const double torque = value(insertion, quantity::max_torque);
  const Band  &limits = literature::torque_limits;
  log.line(format("  insertion, %s: torque up to %s N cm, at %.2f mm "
                  "(recommended %s; limits of makers %s: %s)",
                  insertion.text(quantity::technique).c_str(),
                  with_band(insertion, quantity::max_torque).c_str(),
                  value(insertion, quantity::depth_of_max_torque),
                  text_of(literature::recommended_torque).c_str(),
                  text_of(limits).c_str(),
                  torque > limits.high  ? "EXCEEDED"
                  : torque > limits.low ? "within the range"
                                        : "kept"));
  log.line(format("  torsional strength %.1f N cm, safety factor %s; axial "
                  "insertion force up to %.1f N",
                  value(insertion, quantity::torsional_strength),
                  with_band(insertion, quantity::safety_factor).c_str(),
                  value(insertion, quantity::max_axial_force)));
  if (insertion.has(quantity::insertion_force))
    log.line("  total contact force " +
             with_band(insertion, quantity::insertion_force, "%.0f") + " N");
}

void
log_contact_before_load(const Record &summary, Log &log)
{
  for (const auto &[stage, name] : {std::pair{"seating", "seated"},
                                    std::pair{"press_fit", "pressed"},
                                    std::pair{"relaxation", "relaxed"}})
    if (const Record *record = summary.find(stage))
      if (record->has(quantity::normal_force))
        log.line(
          format("  %s: pressure %.0f MPa on average, total contact force "
                 "%.0f N",
                 name,
                 value(*record, quantity::mean_pressure),
                 value(*record, quantity::normal_force)));
}

void
log_tests(const Record &summary, Log &log)
{
  const Record *pullout = summary.find("pullout");
  if (pullout != nullptr && pullout->has(quantity::pullout_force))
    log.line(
      format("  pull-out: %s N at %.3f mm (%s; Chapman's formula %.1f "
             "N), stiffness %.0f N/mm",
             with_band(*pullout, quantity::pullout_force, "%.1f").c_str(),
             value(*pullout, quantity::displacement_at_peak),
             pullout->text(quantity::failure_mode).c_str(),
             value(*pullout, quantity::chapman_force),
             value(*pullout, quantity::test_stiffness)));
  const Record *lateral = summary.find("sideways");
  if (lateral != nullptr && lateral->has(quantity::lateral_force))
    log.line(format("  lateral load: %.1f N at %.3f mm, stiffness %.0f N/mm",
                    value(*lateral, quantity::lateral_force),
                    value(*lateral, quantity::reached_displacement),
                    value(*lateral, quantity::test_stiffness)));
  const Record *removal = summary.find("removal");
  if (removal != nullptr && removal->has(quantity::removal_torque))
    log.line(format("  removal torque %s N cm, %s of the insertion torque",
                    with_band(*removal, quantity::removal_torque).c_str(),
                    with_band(*removal, quantity::removal_ratio).c_str()));
}
} // namespace

void
log_stability(const Record &summary, Log &log)
{
  if (const Record *insertion = summary.find("insertion"))
    log_insertion(*insertion, log);
  log_contact_before_load(summary, log);
  log_tests(summary, log);
  const Record *contact = summary.find("service.contact");
  if (contact != nullptr && contact->has(quantity::max_micromotion))
    log.line(format("  micromotion in service up to %.2f µm (loosened screws: "
                    "above %s; bone stops growing on: %s)",
                    value(*contact, quantity::max_micromotion),
                    text_of(literature::loosening_micromotion).c_str(),
                    text_of(literature::critical_micromotion).c_str()));
}
} // namespace miniscrew::report
