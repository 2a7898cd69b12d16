// SPDX-License-Identifier: LGPL-2.1-or-later
// Checkpoints of a run: torque points, and the state after seating.
#pragma once

#include "solver/base/log.h"
#include "solver/output/checkpoint.h"
#include "solver/simulation/checkpoint_header.h"
#include "solver/stages/service.h"

#include <string>
#include <vector>

namespace miniscrew::simulation
{
/// What a run has found so far, kept on the disk as it goes. A later run of a
/// case with the same insertion (see insertion_key()) goes on from there, on
/// any number of ranks, to the numbers of a run that was not interrupted. All
/// functions are collective.
class Restart
{
public:
  /// Checkpoint at @p path; an earlier one of the same insertion is read if
  /// @p resumes. Throws IoError if that is damaged, or of another version.
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
  bool restore(const model::Model &model, stages::ServiceState &state);
  void save(const model::Model &model, const stages::ServiceState &state);

  /// Writes a checkpoint; one that cannot be written is no reason to end a run.
  void write(const std::vector<output::CellRecords> &records);

  std::string      path_;
  CheckpointHeader header_;
  Log             *log_;
  bool             is_foreign_ = false; ///< what is at path_
  bool             has_warned_ = false;
};
} // namespace miniscrew::simulation
