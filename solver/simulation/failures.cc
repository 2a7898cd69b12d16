// SPDX-License-Identifier: LGPL-2.1-or-later
// What failed, with advice, and its marks in the summary.
#include "solver/simulation/failures.h"

#include "solver/base/guard.h"
#include "solver/stages/insertion_curve.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace miniscrew::simulation
{
namespace
{
using Json = nlohmann::json;

const std::map<std::string, std::string> &
advice()
{
  const std::string mesh =
    "a smaller discretisation.interface_size_mm or less friction may help";
  static const std::map<std::string, std::string> texts = {
    {"press fit", "a smaller interface.interference_mm or " + mesh},
    {"seating", mesh},
    {"service", "more load.steps, less force, or " + mesh},
    {"unloading", "more load.steps or " + mesh},
    {"removal", "more tests.removal_steps or " + mesh},
    {"pullout", "more tests.pullout_steps or " + mesh},
    {"sideways", "more tests.sideways_steps or " + mesh}};
  return texts;
}

/// Where summary.json has a stage.
Json::json_pointer
place_of(const std::string &stage)
{
  return Json::json_pointer(stage == "unloading" ? "/service/unloaded"
                                                 : "/" + stage);
}

void
collect_not_finite(const Json               &node,
                   const std::string        &key,
                   std::vector<std::string> &found)
{
  const std::string start = key.empty() ? "" : key + ".";
  if (node.is_object())
    for (const auto &[name, member] : node.items())
      collect_not_finite(member, start + name, found);
  else if (node.is_array())
    for (std::size_t i = 0; i < node.size(); ++i)
      collect_not_finite(node[i], start + std::to_string(i), found);
  else if (node.is_number_float() && !std::isfinite(node.get<double>()))
    found.push_back(key);
}
} // namespace

Failures::Failures(Log &log)
  : log_(&log)
{}

bool
Failures::attempt(const std::string &stage, const std::function<void()> &work)
{
  const Outcome outcome = run_guarded(log_->communicator(), work);
  if (outcome.code == ExitCode::success)
    return true;
  if (outcome.code == ExitCode::io_error)
    throw_outcome(outcome);
  add(stage, outcome.message);
  return false;
}

void
Failures::add(const std::string &stage, const std::string &reason)
{
  stages_.push_back({stage, with_advice(stage, reason)});
  log_->line("  FAILED " + stage + ": " + stages_.back().reason);
}

void
Failures::add(const stages::DepthOutcome &depth)
{
  depths_.push_back(depth);
  std::sort(depths_.begin(), depths_.end(), [](const auto &a, const auto &b) {
    return a.depth < b.depth;
  });
}

const std::vector<stages::DepthOutcome> &
Failures::depths() const
{
  return depths_;
}

bool
Failures::empty() const
{
  return stages_.empty() && depths_.empty();
}

void
Failures::mark(Json &summary) const
{
  if (!depths_.empty())
    mark_incomplete(summary, "insertion");
  for (const Failure &failure : stages_)
  {
    mark_incomplete(summary, failure.stage);
    summary[place_of(failure.stage)]["stopped_because"] = failure.reason;
  }
}

std::string
with_advice(const std::string &stage, const std::string &reason)
{
  if (stage == "insertion")
    return stages::with_advice(reason);
  const bool has_advice = reason.find("discretisation.") != std::string::npos ||
                          reason.find("solver.") != std::string::npos ||
                          advice().count(stage) == 0;
  return has_advice ? reason : reason + "; " + advice().at(stage);
}

void
mark_incomplete(Json &summary, const std::string &stage)
{
  Json &names = summary["incomplete"];
  if (std::find(names.begin(), names.end(), stage) == names.end())
    names.push_back(stage);
}

std::vector<std::string>
not_finite(const Json &summary)
{
  std::vector<std::string> found;
  collect_not_finite(summary, "", found);
  return found;
}

void
mark_not_finite(Json &summary)
{
  const std::vector<std::string> keys = not_finite(summary);
  if (keys.empty())
    return;
  summary["not_finite"] = keys;
  mark_incomplete(summary, "numbers");
}
} // namespace miniscrew::simulation
