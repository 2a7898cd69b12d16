// SPDX-License-Identifier: LGPL-2.1-or-later
// Stages and depths of a run that failed while the rest is kept.
#pragma once

#include "solver/base/log.h"
#include "solver/stages/depth_groups.h"

#include <nlohmann/json.hpp>

#include <functional>
#include <string>
#include <vector>

namespace miniscrew::simulation
{
/// What a run lacks. Stages are named as in summary.json's incomplete.
class Failures
{
public:
  explicit Failures(Log &log);

  /// Does @p work of a stage and tells whether it came to its end; if not, the
  /// log says why. What the operating system refuses ends the run all the same.
  /// Collective.
  bool attempt(const std::string &stage, const std::function<void()> &work);

  /// Remembers and logs what a stage failed with.
  void add(const std::string &stage, const std::string &reason);

  /// Remembers a depth of insertion; insertion is then incomplete.
  void add(const stages::DepthOutcome &depth);

  const std::vector<stages::DepthOutcome> &depths() const;
  bool                                     empty() const;

  /// Puts the stages into summary.json's incomplete, and into each stage why.
  void mark(nlohmann::json &summary) const;

private:
  struct Failure
  {
    std::string stage, reason;
  };

  Log                              *log_;
  std::vector<Failure>              stages_;
  std::vector<stages::DepthOutcome> depths_;
};

/// The sentence @p reason with what may help @p stage, if it does not say so.
std::string with_advice(const std::string &stage, const std::string &reason);

/// Adds @p stage to summary.json's incomplete, once.
void mark_incomplete(nlohmann::json &summary, const std::string &stage);

/// Dotted keys of numbers in @p summary that are not finite.
std::vector<std::string> not_finite(const nlohmann::json &summary);

/// Names numbers that are not finite, which JSON cannot hold, under not_finite,
/// and marks the result as incomplete if there are any.
void mark_not_finite(nlohmann::json &summary);
} // namespace miniscrew::simulation
