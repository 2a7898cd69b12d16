// SPDX-License-Identifier: LGPL-2.1-or-later
// A stage: one thing that is done to screw and bone.
#pragma once

#include "solver/base/log.h"
#include "solver/case/case.h"
#include "solver/case/tables/stage_entries.h"
#include "solver/equilibrium/equilibrium_problem.h"
#include "solver/fem/operator/body_state.h"
#include "solver/model/model.h"
#include "solver/output/curve.h"
#include "solver/report/record.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace miniscrew::stages
{
/// Advice for where contact does not settle, as the end of a sentence.
constexpr const char *smaller_cells_or_less_friction =
  "a smaller discretisation.interface_size_mm or less friction may help";

/// How a stage ended.
enum class Status
{
  complete,
  stopped_early, ///< its curve is valid up to where it ended
  failed         ///< nothing can start from its end
};

/// What a stage cost, at one mesh.
struct Effort
{
  unsigned int newton_iterations = 0, linear_iterations = 0;
  /// Residual at the end: of a linear problem by the first one, else of the
  /// last Newton iteration by the forces. Negative if nothing was solved.
  double residual = -1.;

  Effort &operator+=(const Effort &other);

  /// Takes up a step of the march.
  void add(const equilibrium::StepReport &step);
};

/// What a stage leaves behind. The same on all ranks but for the end.
struct StageResult
{
  Status      status = Status::complete;
  std::string reason; ///< one sentence, unless it is complete
  /// Displacement at the end, ghosts and hanging nodes set; of the last
  /// preparation also the rest of the state, where loads start from.
  equilibrium::ProblemState  end;
  report::Record             numbers;
  std::vector<output::Curve> curves;
  Effort                     effort;
  /// Of the interface at the end, as it was judged when the last step ended.
  contact::InterfaceMeasures measures;
  std::string                preconditioner; ///< one line; empty if none is new
  double                     setup_seconds = 0., solve_seconds = 0.;

  bool is_complete() const;
};

/// What an interrupted run had found of a stage, and where more is kept.
struct Progress
{
  report::Record                              found;
  std::function<void(const report::Record &)> keep =
    [](const report::Record &) {};
};

/// What a stage works on and starts from.
struct StageContext
{
  const Case   &input;
  model::Model &model;
  /// nullptr if screw and bone are bonded and elastic.
  equilibrium::EquilibriumProblem *problem;
  Log                             &log;

  /// What the stage starts from; nullptr: what the problem is at, or, of a
  /// linear problem, nothing.
  const equilibrium::ProblemState *start = nullptr;
  /// What motions and strains under the load are told against, after insertion
  /// or press fit; nullptr if nothing came before the load.
  const fem::BodyState *reference = nullptr;
  /// Of the stages that led there.
  Effort                     effort_before   = {};
  contact::InterfaceMeasures measures_before = {};
  Progress                   progress        = {};
  /// What was found of the insertion, if there was one.
  const report::Record *insertion = nullptr;
};

/// One thing that is done to screw and bone. Stages hold nothing but what the
/// program is made of: run() may be called for any number of cases.
class Stage
{
public:
  virtual ~Stage() = default;

  /// "pullout": its name in tests.run, in log and messages, of its record in
  /// summary.json, of its curve and of its fields.
  virtual std::string name() const = 0;

  /// What case files know of it: its sentence and its keys in [tests]. Nothing
  /// if the case knows it already, or asks for it in another way.
  virtual std::optional<StageEntry>
  entry() const
  {
    return {};
  }

  /// Where summary.json has its record, with dots.
  virtual std::string place() const;

  /// True if a case has this stage.
  virtual bool is_asked_for(const Case &input) const = 0;

  /// True of what brings screw and bone to where loads start from: it runs
  /// first, in the order of the library, each stage from the last one's end,
  /// and is kept for runs that go on later. Others start from there, and may
  /// fail without costing one another.
  virtual bool
  is_preparation() const
  {
    return false;
  }

  /// True of the stage that the run is about: its fields are "fields", its
  /// effort is the solver's.
  virtual bool
  is_main() const
  {
    return false;
  }

  /// True if it goes on from the end of the stage before instead of from where
  /// loads start.
  virtual bool
  follows() const
  {
    return false;
  }

  /// Name of the series of fields of its end for ParaView; empty: none.
  virtual std::string
  fields_name() const
  {
    return "";
  }

  /// Names of its curves.
  virtual std::vector<std::string>
  curve_names() const
  {
    return {};
  }

  /// What may help if it fails, as the end of a sentence; empty if nothing
  /// but the sentence itself.
  virtual std::string
  advice() const
  {
    return "";
  }

  /// Does it, and fills @p result as far as it comes: what does not converge is
  /// a status. Throws what else may go wrong, with what was found in @p result.
  /// Collective.
  void run(StageContext &context, StageResult &result) const;

  /// The sentence @p reason with advice(), unless it has some.
  std::string with_advice(const std::string &reason) const;

private:
  /// Throws ConvergenceError if it does not come to its end.
  virtual void advance(StageContext &context, StageResult &result) const = 0;
};

/// A line for the log on a step.
std::string line_of(const std::string                     &stage,
                    double                                 share,
                    const equilibrium::StepReport         &step,
                    const equilibrium::EquilibriumProblem &problem);

/// Does @p work, which changes @p displacement, and makes that the displacement
/// at the end of @p result; if the work does not converge, that where it last
/// did.
void keep_end(const StageContext          &context,
              linear::Vector<double>      &displacement,
              StageResult                 &result,
              const std::function<void()> &work);

/// Everything counts from this displacement on, which the problem is at; see
/// EquilibriumProblem::set_reference(). Sets steps and tolerance of the load,
/// and the displacement's ghosts and hanging nodes.
void begin_loads(const StageContext     &context,
                 linear::Vector<double> &displacement);
} // namespace miniscrew::stages
