// SPDX-License-Identifier: LGPL-2.1-or-later
// What a run has found so far, kept on the disk as it goes.
#pragma once

#include "solver/base/log.h"
#include "solver/case/effective_case.h"
#include "solver/output/checkpoint.h"
#include "solver/stages/stage.h"

#include <map>
#include <string>
#include <vector>

namespace miniscrew::simulation
{
/// The values of an effective case that decide about insertion and seating: all
/// but the title, tests, outputs, expected values, and the load except for its
/// duration, which viscous bone is inserted into within.
std::string insertion_key(const EffectiveCase &effective);

/// A later run of a case with the same insertion (see insertion_key()) goes on
/// from there, on any number of ranks, to the numbers of a run that was not
/// interrupted. All functions are collective.
class Checkpoint
{
public:
  /// Checkpoint at @p path; an earlier one of the same insertion is read if
  /// @p resumes. Throws IoError if that is damaged, or of another version.
  Checkpoint(const std::string &path,
             const Case        &input,
             bool               resumes,
             Log               &log);

  /// What is known of a stage that did not end, and where more of it is kept.
  stages::Progress progress(const stages::Stage &stage);

  /// Results of all @p stages, the last with the state that it ended at; empty
  /// unless all were kept. Throws IoError.
  std::vector<stages::StageResult>
  restored(const std::vector<const stages::Stage *> &stages,
           const model::Model                       &model,
           const equilibrium::EquilibriumProblem    &problem);

  /// Keeps the results of @p stages, and the state at the end of the last.
  void save(const std::vector<const stages::Stage *> &stages,
            const std::vector<stages::StageResult>   &results,
            const model::Model                       &model,
            const equilibrium::EquilibriumProblem    &problem);

  /// The run is complete: takes the file away.
  void finish();

private:
  /// Writes a checkpoint; one that cannot be written is no reason to end a run.
  void write(const std::vector<output::CellRecords> &records);

  std::string                           path_, insertion_;
  std::map<std::string, report::Record> progress_, results_; ///< by stage
  Log                                  *log_;
  bool is_foreign_ = false; ///< what is at path_
  bool has_warned_ = false;
};
} // namespace miniscrew::simulation
