// SPDX-License-Identifier: LGPL-2.1-or-later
// Insertion techniques by name. A new technique is a row.
#pragma once

#include "solver/case/case.h"

#include <functional>
#include <string>
#include <vector>

namespace miniscrew
{
/// How the bone is prepared, as case files name it.
struct TechniqueEntry
{
  std::string name;     ///< e.g. "self-tapping"
  std::string sentence; ///< the preparation, without the full stop
  /// True if only a tip that cuts gets into bone so prepared.
  bool needs_cutting_tip = false;
  /// Depth of the pilot hole along the axis from the origin (mm) unless the
  /// user gives it, once screw and site are whole; empty if there is no hole.
  std::function<double(const Case &)> pilot_depth = {};
  /// What makers call it who say that a system is meant for it
  /// (mesh/screw/catalogue.toml); its name if empty.
  std::string name_of_makers = {};

  [[nodiscard]] bool
  has_pilot() const
  {
    return static_cast<bool>(pilot_depth);
  }
};

/// All techniques that insert a screw, in the order in which users see them.
/// From the first call on the list stays as it is: keys of the case file are
/// made of it once.
[[nodiscard]] const std::vector<TechniqueEntry> &technique_library();

/// Adds a technique for the rest of the run; before the first case is read, and
/// not while other threads read the library. Throws std::logic_error if that is
/// too late, or if the name is taken.
void add_technique(const TechniqueEntry &entry);

/// What insertion.technique may be: "none", then the names of the library.
[[nodiscard]] std::vector<std::string> technique_names();

/// Its entry, or null if @p name is "none". Throws std::logic_error if there is
/// no such technique; case files are checked before.
[[nodiscard]] const TechniqueEntry *find_technique(const std::string &name);
} // namespace miniscrew
