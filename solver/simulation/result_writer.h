// SPDX-License-Identifier: LGPL-2.1-or-later
// Gathers what stages leave, and writes it as it comes.
#pragma once

#include "solver/base/log.h"
#include "solver/base/run_record.h"
#include "solver/base/stopwatch.h"
#include "solver/case/case.h"
#include "solver/contact/contact_interface.h"
#include "solver/fem/operator/body_state.h"
#include "solver/model/model.h"
#include "solver/output/field_data.h"
#include "solver/output/result_folder.h"
#include "solver/report/record.h"
#include "solver/report/result_files.h"
#include "solver/simulation/run_options.h"
#include "solver/stages/stage.h"

#include <string>
#include <vector>

namespace miniscrew::simulation
{
/// The result of a run. It appears at its place as a whole: until then it is in
/// a hidden folder beside, the small and valuable files first. All functions
/// are collective.
class ResultWriter
{
public:
  /// Begins the folder, the log in it, and case.toml. @p input and @p log must
  /// outlive the writer. Throws UserError or IoError.
  ResultWriter(const Case &input, const RunOptions &options, Log &log);

  /// What the model is goes into the log and the summary.
  void begin(const model::Model &model);

  /// Name of a file beside the folder.
  std::string beside(const std::string &suffix) const;

  /// Puts the numbers and curves of a stage into the result. One that did not
  /// come to its end is named as incomplete.
  void add(const stages::Stage &stage, const stages::StageResult &result);

  /// Numbers that are of no stage.
  report::Record &summary();

  /// What the whole run took to solve.
  void set_effort(const stages::Effort &effort,
                  double                setup_seconds,
                  double                solve_seconds,
                  const std::string    &preconditioner);

  /// Writes what numbers and curves there are. Throws IoError.
  void write_numbers();

  /// Fields of a state, and what is new in it since another; @p name is that
  /// of the series for ParaView, if the case asks for it.
  void write_fields(const model::Model   &model,
                    const std::string    &name,
                    const fem::BodyState &now,
                    const fem::BodyState *before);

  /// The same of the state that the run is about, for all formats, with its
  /// interface if it has one.
  void write_main_fields(const model::Model              &model,
                         const fem::BodyState            &now,
                         const fem::BodyState            *before,
                         const contact::ContactInterface *interface);

  /// Fields of the last state that converged, in a folder that may be of a
  /// failed run.
  void write_last_converged(const model::Model   &model,
                            const fem::BodyState &now,
                            const fem::BodyState *before,
                            bool                  run_fails);

  /// True if something was found that is worth keeping though a stage failed.
  bool has_curve() const;

  /// Warnings, results.h5, the last lines of the log; then the result appears.
  report::Record finish(const model::Model &model);

  /// True unless a stage, a number or a file is missing.
  bool is_complete() const;

private:
  void mark_incomplete(const std::string &what);
  void mark_numbers();

  const Case                *input_;
  Log                       *log_;
  Stopwatch                  stopwatch_;
  RunRecord                  run_;
  output::ResultFolder       folder_;
  report::ResultFiles        files_;
  report::Record             summary_;
  std::vector<output::Curve> curves_;
  bool                       has_fields_ = false, has_interface_ = false;
  output::FieldData          fields_, interface_;
};
} // namespace miniscrew::simulation
