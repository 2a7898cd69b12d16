// SPDX-License-Identifier: LGPL-2.1-or-later
// Checkpoints of a run: torque points, and the state after seating.
#pragma once

#include "solver/base/log.h"
#include "solver/stages/service.h"

#include <string>
#include <vector>

namespace miniscrew
{
/// What a run has found so far, kept on the disk as it goes. A later run of a
/// case with the same insertion (other tests, loads and outputs do not matter)
/// goes on from there, on any number of ranks. All functions are collective.
class Restart
{
public:
  /// Checkpoint at @p path; an earlier one of the same insertion is read if
  /// @p resumes.
  Restart(const std::string &path,
          const Case        &parameters,
          bool               resumes,
          Log               &log);

  /// Torque points so far, by depth.
  const std::vector<stages::InsertionPoint> &points() const;

  /// Keeps another point.
  void add(const stages::InsertionPoint &point);

  /// Restores and saves what insertion and seating left.
  stages::Keeper keeper();

  /// The run is complete: takes the file away.
  void finish();

private:
  bool restore(const stages::Model &model, stages::ServiceState &state);
  void save(const stages::Model &model, const stages::ServiceState &state);
  void write_points() const;

  std::string                         path_, key_;
  Log                                *log_;
  bool                                has_state_ = false;
  std::vector<stages::InsertionPoint> points_;
};
} // namespace miniscrew
