// SPDX-License-Identifier: LGPL-2.1-or-later
// Yield, limits of small strain, springs and stages without an end.
#include "solver/report/result_warnings.h"

#include "solver/base/units.h"
#include "solver/report/case_warnings.h"
#include "solver/report/quantities.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace miniscrew::report
{
namespace
{
// Strain of 99.9 % of a layer beyond which its square counts.
constexpr double largest_strain = 0.05;

// Slip per distance of nodes: pairs of nodes stay pairs.
constexpr double largest_slip = 0.25;

// Motion of the head per diameter of the screw.
constexpr double largest_motion = 0.05;

// A screw that is pulled or pushed further than this share of the thread's
// depth is out of what small strain can say (README, "What the model can and
// cannot say").
constexpr double largest_share_of_thread = 0.5;

// Share of the forces that springs may carry without a word; from ten times as
// much there is no result.
constexpr double largest_spring_share = 1e-3;

const std::vector<std::string> &
stages_of_summary()
{
  static const std::vector<std::string> names = {"insertion",
                                                 "seating",
                                                 "relaxation",
                                                 "service",
                                                 "removal",
                                                 "pullout",
                                                 "sideways"};
  return names;
}

/// What is in the bodies in all after a stage: beside what the load has
/// brought, if both are told. nullptr if there is nothing.
const Record *
total_of(const Record &summary, const std::string &stage)
{
  const Record *total = summary.find(stage + "." + part::total);
  return total != nullptr ? total : summary.find(stage);
}

void
warn_of_screw(const Case &c, const Record &summary, Warnings &found)
{
  const double yield = c.screw_material.yield_stress;
  for (const std::string &stage : stages_of_summary())
  {
    const Record *total = total_of(summary, stage);
    if (total == nullptr)
      continue;
    const std::string screw = part::screw;
    const auto        most  = total->number_at(screw, quantity::max_von_mises);
    const auto        usual =
      total->number_at(screw + "." + part::von_mises_stress, quantity::p99_9);
    if (yield > 0. && most && *most >= yield)
      found.add("screw_yields",
                format("%s: the screw yields; von Mises stress up to %.4g MPa "
                       "(0.1 %% of its volume above %.4g), yield stress %.4g%s",
                       stage.c_str(),
                       *most,
                       usual.value_or(0.),
                       yield,
                       c.screw_material.is_inelastic()
                         ? ""
                         : ", but the screw is modelled as elastic"));
  }
  const auto safety = summary.number_at("insertion", quantity::safety_factor);
  if (safety && *safety > 0. && *safety < 1.)
    found.add("screw_yields",
              format("insertion: the torque is beyond what the screw's shaft "
                     "carries (safety factor %.2f), so it would be twisted off",
                     *safety));
}

/// Depths at which the thread did not carry the screw, though bone touches it.
void
warn_of_led_screw(const Case &c, const Record &summary, Warnings &found)
{
  const Record *insertion = summary.find("insertion");
  if (insertion == nullptr || c.screw.thread_depth() <= 0.)
    return;
  std::string depths;
  for (const Record &row : insertion->rows(part::curve))
    if (row.is_true(quantity::is_led) &&
        row.number(quantity::normal_force).value_or(1.) > 0.)
      depths += (depths.empty() ? "" : ", ") +
                format("%.2f", row.number(quantity::depth).value_or(0.));
  if (!depths.empty())
    found.add("driver_leads",
              "insertion: at " + depths +
                " mm the thread does not carry the screw along its axis, so "
                "the driver leads it; it would strip the bone, or not enter");
}

void
warn_of_strain(const Record &summary, Warnings &found)
{
  for (const std::string &stage : stages_of_summary())
  {
    const Record *total = total_of(summary, stage);
    const Record *bone  = total == nullptr ? nullptr : total->find(part::bone);
    if (bone == nullptr)
      continue;
    for (const auto &[name, layer] : bone->parts())
    {
      double strain = 0.;
      for (const char *which :
           {part::max_principal_strain, part::min_principal_strain})
        strain = std::max(
          strain,
          std::abs(layer.number_at(which, quantity::p99_9).value_or(0.)));
      if (name != part::shell && strain > largest_strain)
        found.add("large_strain",
                  format("%s: strains of %s reach %.2g (99.9 %% of the "
                         "volume), beyond the small strain of the model "
                         "(about %g)",
                         stage.c_str(),
                         name.c_str(),
                         strain,
                         largest_strain));
    }
  }
}

void
warn_of_slip(const Case &c, const Record &summary, Warnings &found)
{
  const double size = summary.number_at(part::mesh, quantity::interface_size)
                        .value_or(c.discretisation.interface_size);
  const double distance = size / c.discretisation.degree;
  const auto   slip =
    summary.number_at("service.contact", quantity::max_micromotion);
  if (slip && 1e-3 * *slip > largest_slip * distance)
    found.add("large_slip",
              format("service: screw and bone slip by up to %.3g mm, more than "
                     "%g of the distance of nodes of %.3g mm; contact is "
                     "between points that face each other from the start",
                     1e-3 * *slip,
                     largest_slip,
                     distance));
  const auto   angle = summary.number_at("removal", quantity::reached_angle);
  const double arc   = 0.5 * c.screw.diameter * angle.value_or(0.) * pi / 180.;
  if (arc > distance)
    found.add("large_slip",
              format("removal: the thread turns by %.3g mm, more than the "
                     "distance of nodes of %.3g mm; contact is between points "
                     "that face each other from the start",
                     arc,
                     distance));
}

void
warn_of_motion(const Case &c, const Record &summary, Warnings &found)
{
  const auto head = summary.number_at("service", quantity::head_displacement);
  if (head && *head > largest_motion * c.screw.diameter)
    found.add("large_motion",
              format("service: the head moves by %.3g mm, more than %g of the "
                     "screw's diameter, which is beyond the small strain of "
                     "the model",
                     *head,
                     largest_motion));
  const double thread = c.screw.thread_depth();
  const double most   = thread > 0. ? largest_share_of_thread * thread
                                    : largest_motion * c.screw.diameter;
  for (const std::string test : {"pullout", "sideways"})
  {
    const auto reached =
      summary.number_at(test, quantity::reached_displacement);
    if (reached && *reached > (1. + 1e-6) * most)
      found.add("large_motion",
                format("%s: the screw moves by %.3g mm, beyond about %.2g mm "
                       "small strain says little",
                       test.c_str(),
                       *reached,
                       most));
  }
}

void
warn_of_springs(const Record &summary, Warnings &found)
{
  const auto share =
    summary.number_at("service.contact", quantity::regularising_share);
  if (share && *share > largest_spring_share)
    found.add("springs_carry",
              format("service: the springs that hold a frictionless screw "
                     "carry a share of %.2g of the forces, more than %g; where "
                     "it is large they hold the screw, not the bone",
                     *share,
                     largest_spring_share));
}

/// Why a stage came to no end, as a part of a sentence.
std::string
reason_of(const Record &summary, const std::string &stage)
{
  const Record *record =
    summary.find(stage == "unloading" ? "service.unloaded" : stage);
  const std::string reason =
    record == nullptr ? "" : record->text(quantity::stopped_because);
  return reason.empty() ? "" : ": " + reason;
}

void
warn_of_incomplete_stages(const Record &summary, Warnings &found)
{
  for (const std::string &stage : summary.texts(quantity::incomplete))
  {
    const Record *insertion = summary.find("insertion");
    if (stage == "insertion" && insertion != nullptr &&
        !insertion->rows(part::failed_depths).empty())
      for (const Record &failed : insertion->rows(part::failed_depths))
        found.add("incomplete",
                  format("insertion to %.2f mm failed: ",
                         failed.number(quantity::depth).value_or(0.)) +
                    failed.text(quantity::reason));
    else if (stage == "numbers" && summary.has(quantity::not_finite_keys))
      for (const std::string &key : summary.texts(quantity::not_finite_keys))
        found.add("not_finite",
                  key + " is not a finite number, and stands as null in "
                        "summary.json");
    else
      found.add("incomplete",
                stage + " came to no end" + reason_of(summary, stage));
  }
}
} // namespace

Warnings
result_warnings(const Case &parameters, const Record &summary)
{
  Warnings found;
  warn_of_incomplete_stages(summary, found);
  warn_of_screw(parameters, summary, found);
  warn_of_led_screw(parameters, summary, found);
  warn_of_strain(summary, found);
  warn_of_motion(parameters, summary, found);
  warn_of_slip(parameters, summary, found);
  warn_of_springs(summary, found);
  return found;
}

Warnings
all_warnings(const Case   &parameters,
             const double  interface_size,
             const Record &summary)
{
  Warnings all = result_warnings(parameters, summary);
  all.add(case_warnings(parameters, interface_size));
  return all;
}

void
set_warnings(Record &summary, const Warnings &warnings)
{
  summary.erase(part::warnings);
  summary.begin_rows(part::warnings);
  for (const Warning &warning : warnings.all())
    summary.add_row(part::warnings)
      .set(quantity::warning_key, warning.key)
      .set(quantity::warning_sentence, warning.sentence);
}

void
log_warnings(const Record &summary, Log &log)
{
  const std::vector<Record> &warnings = summary.rows(part::warnings);
  if (!warnings.empty())
    log.line("  warnings:");
  for (const Record &warning : warnings)
    log.line("    " + warning.text(quantity::warning_sentence));
}
} // namespace miniscrew::report
