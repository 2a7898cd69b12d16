// SPDX-License-Identifier: LGPL-2.1-or-later
// Runs the stages of a case, each from where it starts.
#pragma once

#include "solver/base/guard.h"
#include "solver/simulation/checkpoint.h"
#include "solver/simulation/result_writer.h"
#include "solver/stages/reference.h"
#include "solver/stages/stage.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace miniscrew::simulation
{
/// A stage that fails costs itself and what starts from its end, unless
/// nothing else is left: then the run ends with what it failed with. What the
/// operating system refuses ends the run in any case. All functions are
/// collective.
class StageRunner
{
public:
  /// All must outlive the runner.
  StageRunner(const Case   &input,
              model::Model &model,
              ResultWriter &results,
              Log          &log);

  /// Brings screw and bone to where loads start from: makes the problem, and
  /// runs the case's preparations or takes them from the checkpoint.
  void prepare(Checkpoint &checkpoint);

  /// Runs another stage, if there is what it starts from.
  void run(const stages::Stage &stage);

private:
  void make_problem();
  bool restore(Checkpoint                               &checkpoint,
               const std::vector<const stages::Stage *> &preparations);
  void set_start(equilibrium::ProblemState &&state, bool is_prepared);
  stages::StageContext context();
  void                 advance(const stages::Stage  &stage,
                               stages::StageContext &context,
                               stages::StageResult  &result);
  void                 run_adaptively(const stages::Stage  &stage,
                                      stages::StageContext &context,
                                      stages::StageResult  &result);
  void take(const stages::Stage &stage, const stages::StageResult &result);
  void tell_effort();
  void fail(const stages::Stage       &stage,
            const stages::StageResult &result,
            ExitCode                   code);
  bool others_follow(const stages::Stage &stage) const;
  fem::BodyState state(const stages::StageResult &result) const;

  const Case                                      *input_;
  model::Model                                    *model_;
  ResultWriter                                    *results_;
  Log                                             *log_;
  std::unique_ptr<equilibrium::EquilibriumProblem> problem_;
  /// Where loads start from, once it is reached; empty of a linear problem.
  std::optional<equilibrium::ProblemState> start_;
  std::unique_ptr<stages::Reference>       reference_;
  bool                                     is_ready_ = false;
  /// Of the last stage that was no preparation, and whether it was complete.
  equilibrium::ProblemState  last_end_;
  bool                       last_is_complete_ = false;
  stages::Effort             effort_;
  contact::InterfaceMeasures measures_;
  std::string                preconditioner_;
  double                     setup_seconds_ = 0., solve_seconds_ = 0.;
};
} // namespace miniscrew::simulation
