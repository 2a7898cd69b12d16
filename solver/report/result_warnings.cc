// SPDX-License-Identifier: LGPL-2.1-or-later
// Yield, limits of small strain, springs and stages without an end.
#include "solver/report/result_warnings.h"

#include "solver/report/case_warnings.h"
#include "solver/report/summary.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace miniscrew::report
{
namespace
{
using Json = nlohmann::json;

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
  static const std::vector<std::string> names = {
    "insertion", "seating", "service", "removal", "pullout", "sideways"};
  return names;
}

/// Where a stage has what is in the bodies in all: beside what the load has
/// brought, if both are told.
std::string
total_of(const Json &summary, const std::string &stage)
{
  const std::string total = "/" + stage + "/total";
  return summary.contains(Json::json_pointer(total)) ? total : "/" + stage;
}

void
warn_of_screw(const Case &c, const Json &summary, Warnings &found)
{
  const double yield = c.screw_material.yield_stress;
  for (const std::string &stage : stages_of_summary())
  {
    const std::string screw = total_of(summary, stage) + "/screw";
    const auto        most  = number_at(summary, screw + "/max_von_mises_MPa");
    const auto        usual =
      number_at(summary, screw + "/von_mises_stress_MPa/p99_9");
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
  const auto safety = number_at(summary, "/insertion/torsional_safety_factor");
  if (safety && *safety > 0. && *safety < 1.)
    found.add("screw_yields",
              format("insertion: the torque is beyond what the screw's shaft "
                     "carries (safety factor %.2f), so it would be twisted off",
                     *safety));
}

void
warn_of_strain(const Json &summary, Warnings &found)
{
  for (const std::string &stage : stages_of_summary())
  {
    const Json::json_pointer bone(total_of(summary, stage) + "/bone");
    if (!summary.contains(bone))
      continue;
    for (const auto &layer : summary[bone].items())
    {
      double strain = 0.;
      for (const char *which : {"max", "min"})
        strain = std::max(strain,
                          std::abs(number_at(layer.value(),
                                             std::string("/") + which +
                                               "_principal_strain/p99_9")
                                     .value_or(0.)));
      if (layer.key() != "shell" && strain > largest_strain)
        found.add("large_strain",
                  format("%s: strains of %s reach %.2g (99.9 %% of the "
                         "volume), beyond the small strain of the model "
                         "(about %g)",
                         stage.c_str(),
                         layer.key().c_str(),
                         strain,
                         largest_strain));
    }
  }
}

void
warn_of_slip(const Case &c, const Json &summary, Warnings &found)
{
  const double size = number_at(summary, "/mesh/interface_size_mm")
                        .value_or(c.discretisation.interface_size);
  const double distance = size / c.discretisation.degree;
  const auto   slip = number_at(summary, "/service/contact/max_micromotion_um");
  if (slip && 1e-3 * *slip > largest_slip * distance)
    found.add("large_slip",
              format("service: screw and bone slip by up to %.3g mm, more than "
                     "%g of the distance of nodes of %.3g mm; contact is "
                     "between points that face each other from the start",
                     1e-3 * *slip,
                     largest_slip,
                     distance));
  const auto   angle = number_at(summary, "/removal/reached_angle_deg");
  const double arc =
    0.5 * c.screw.diameter * angle.value_or(0.) * 3.14159265358979323846 / 180.;
  if (arc > distance)
    found.add("large_slip",
              format("removal: the thread turns by %.3g mm, more than the "
                     "distance of nodes of %.3g mm; contact is between points "
                     "that face each other from the start",
                     arc,
                     distance));
}

void
warn_of_motion(const Case &c, const Json &summary, Warnings &found)
{
  const auto head = number_at(summary, "/service/head_displacement_mm");
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
      number_at(summary, "/" + test + "/reached_displacement_mm");
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
warn_of_springs(const Json &summary, Warnings &found)
{
  const auto share = number_at(summary, "/service/contact/regularising_share");
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
reason_of(const Json &summary, const std::string &stage)
{
  const Json::json_pointer place(
    (stage == "unloading" ? "/service/unloaded" : "/" + stage) +
    "/stopped_because");
  return summary.contains(place) && summary[place].is_string()
           ? ": " + summary[place].get<std::string>()
           : "";
}

void
warn_of_incomplete_stages(const Json &summary, Warnings &found)
{
  if (!summary.contains("incomplete"))
    return;
  const Json::json_pointer depths("/insertion/failed_depths");
  for (const Json &name : summary["incomplete"])
  {
    const std::string stage = name.get<std::string>();
    if (stage == "insertion" && summary.contains(depths))
      for (const Json &failed : summary[depths])
        found.add("incomplete",
                  format("insertion to %.2f mm failed: ",
                         failed["depth_mm"].get<double>()) +
                    failed["reason"].get<std::string>());
    else if (stage == "numbers" && summary.contains("not_finite"))
      for (const Json &key : summary["not_finite"])
        found.add("not_finite",
                  key.get<std::string>() +
                    " is not a finite number, and stands as null in "
                    "summary.json");
    else
      found.add("incomplete",
                stage + " came to no end" + reason_of(summary, stage));
  }
}
} // namespace

Warnings
result_warnings(const Case &parameters, const Json &summary)
{
  Warnings found;
  warn_of_incomplete_stages(summary, found);
  warn_of_screw(parameters, summary, found);
  warn_of_strain(summary, found);
  warn_of_motion(parameters, summary, found);
  warn_of_slip(parameters, summary, found);
  warn_of_springs(summary, found);
  return found;
}

Json
all_warnings(const Case     &parameters,
             const double    interface_size,
             const Json     &summary,
             const Warnings &of_stages)
{
  Warnings all = result_warnings(parameters, summary);
  all.add(of_stages);
  all.add(case_warnings(parameters, interface_size));
  return to_json(all);
}

void
log_warnings(const Json &summary, Log &log)
{
  if (!summary.contains("warnings") || summary["warnings"].empty())
    return;
  log.line("  warnings:");
  for (const Json &warning : summary["warnings"])
    log.line("    " + warning["sentence"].get<std::string>());
}
} // namespace miniscrew::report
