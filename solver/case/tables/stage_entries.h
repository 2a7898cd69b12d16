// SPDX-License-Identifier: LGPL-2.1-or-later
// What the case file knows about the stages that tests.run may name.
#pragma once

#include "solver/case/case.h"
#include "solver/case/tables/case_checks.h"
#include "solver/case/tables/range.h"

#include <functional>
#include <string>
#include <vector>

namespace miniscrew
{
/// One key of a stage in the table [tests], e.g. "pullout_distance_mm".
struct StageKey
{
  std::string key;              ///< with its unit, without "tests."
  Range       range;            ///< what it may be
  double      value = 0.;       ///< unless the user gives another
  std::string doc;              ///< what it is, without the full stop
  bool        is_count = false; ///< a whole number, >= 0
};

/// A stage as case files name it. Parser, ranges, suggestions, template, schema
/// and effective case follow from its entry.
struct StageEntry
{
  std::string           name;     ///< e.g. "pullout"
  std::string           sentence; ///< what it does, without the full stop
  std::vector<StageKey> keys;     ///< in the order of the template
  /// True if it moves the screw against the bone, which needs contact between
  /// them, and if without friction nothing would resist.
  bool needs_contact = false, needs_friction = false;
  /// What a screw does in it if there is no friction, for messages.
  std::string without_friction = "a screw moves freely";
  /// What else contradicts it in a case that asks for it; may be empty.
  std::function<std::vector<Contradiction>(const Case &)> check = {};
};

/// All stages, in order of declaration. From the first call on the list stays
/// as it is: keys of the case file are made of it once.
[[nodiscard]] const std::vector<StageEntry> &stage_entries();

/// Adds a stage for the rest of the run; before the first case is read, and not
/// while other threads read the list. Throws std::logic_error if that is too
/// late, if the name or one of the keys is taken, or if a default is out of its
/// range.
void declare_stage(const StageEntry &entry);

/// Names of all stages.
[[nodiscard]] std::vector<std::string> stage_names();
} // namespace miniscrew
