// SPDX-License-Identifier: LGPL-2.1-or-later
// The screw under an orthodontic load.
#pragma once

#include "solver/base/log.h"
#include "solver/base/warnings.h"
#include "solver/equilibrium/equilibrium_problem.h"
#include "solver/linear/conjugate_gradients.h"
#include "solver/model/model.h"
#include "solver/model/surface_patch.h"
#include "solver/stages/insertion.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace miniscrew::stages
{
/// What interface and inelastic bodies did under the load.
struct LoadHistory
{
  std::unique_ptr<equilibrium::EquilibriumProblem> problem;
  /// What insertion took, and its displacement while the driver held on.
  std::optional<InsertionPoint> insertion;
  linear::Vector<double>        inserted;
  /// What inelastic points remembered then.
  std::vector<double> inserted_points;
  /// Where the load and each test start from.
  equilibrium::ProblemState            prepared;
  std::vector<equilibrium::StepReport> steps; ///< of the load
  /// After insertion or press fit, before the load, and under the full load;
  /// zero if there is no interface.
  contact::InterfaceMeasures seated, final_measures;
  unsigned int               newton_iterations = 0;
  double                     frictional_work   = 0.; ///< under the load, N mm
  double                     external_work     = 0.; ///< of the load, N mm
  /// What the held faces exert after insertion or press fit.
  model::Wrench seated_reaction{};
  /// Bytes that histories and tangents of inelastic points take, all ranks.
  double inelastic_bytes = 0.;
};

/// How the screw has moved.
struct ScrewMotion
{
  /// Displacement (mm) and rotation (rad) of the point of load.
  model::Wrench head{};
  fem::Vector3  tip{}; ///< mm
};

/// What the service stage leaves behind.
struct ServiceState
{
  linear::Vector<double> displacement; ///< mm; ghosts and hanging nodes set
  /// That of insertion or press fit, before the load; empty if there is none.
  linear::Vector<double>       seated;
  std::unique_ptr<LoadHistory> history; ///< if the problem is nonlinear
  linear::Verdict              verdict;
  std::string                  preconditioner; ///< one line
  double                       setup_seconds = 0., solve_seconds = 0.;
  /// Under the load since it was seated, and since the beginning.
  ScrewMotion motion, total_motion;
  /// The applied force (N) and moment (N mm) about the point of load, and that
  /// point (mm).
  model::Wrench load{};
  fem::Vector3  load_point{};
  /// Mean displacement of the screw's top face if the load is on it.
  bool         load_on_top = false;
  fem::Vector3 mean_top_displacement{};
  /// Sum of the forces (N) at the held faces and of their moments (N mm)
  /// about the origin, since insertion or press fit.
  model::Wrench reaction{};
  /// Moment of the load about the origin, N mm.
  fem::Vector3 load_moment_about_origin{};
  /// The stage that is under way, or was last: "set-up", "insertion",
  /// "seating", "press fit" or "service".
  std::string stage = "service";
  /// Share of the load that equilibrium was found for, and whether all that
  /// service asks for is there.
  double reached_share = 0.;
  bool   has_service   = false;
  /// What stages have to say against their results.
  Warnings warnings;

  /// The interface, or nullptr if it is bonded.
  const contact::ContactInterface *interface() const;

  /// The points of inelastic bodies, or nullptr if all are elastic.
  const fem::MaterialPoints *points() const;
};

/// Where a run may come back to: after insertion and seating, or press fit.
struct Keeper
{
  /// Puts an earlier preparation into the state's new problem and the state
  /// (displacement, and of the history all that save() was told but energies);
  /// false if there is none. Collective.
  std::function<bool(const model::Model &, ServiceState &)> restore;
  /// Told of a new preparation. Collective.
  std::function<void(const model::Model &, const ServiceState &)> save;
};

/// Brings screw and bone to where the load starts from, and solves for the
/// displacement under the load if the case asks for the service test. Motions
/// of head and tip are those since insertion or press fit. Throws
/// ConvergenceError if a solver does not reach its tolerance; then @p state has
/// the displacement of the last step that did, if any. Collective.
void run_service(model::Model &model,
                 ServiceState &state,
                 Log          &log,
                 const Keeper &keeper = {});

/// What remains when the load is off again.
struct UnloadedState
{
  linear::Vector<double> displacement; ///< mm; ghosts and hanging nodes set
  ScrewMotion            motion, total_motion; ///< as of ServiceState
  double                 returned_work = 0.;   ///< that the load got back, N mm
};

/// Sum of the forces (N) at the held faces of a nonlinear problem and of their
/// moments (N mm) about the origin. Collective.
model::Wrench sum_of_reactions(const model::Model           &model,
                               const ServiceState           &state,
                               const linear::Vector<double> &displacement);

/// Names of the materials whose law makes the answer depend on the load's
/// duration.
std::vector<std::string> rate_dependent_materials(const model::Model &model,
                                                  const ServiceState &state);

/// Takes the load off a nonlinear problem, in as many steps as it was put on.
/// @p state's problem is then unloaded; its results stay those under load.
/// Throws ConvergenceError. Collective.
UnloadedState
unload_service(model::Model &model, ServiceState &state, Log &log);

/// The traction on the screw that loads are put on by, and its point.
model::FacePatch make_load_patch(const model::Model &model,
                                 const fem::Vector3 &point);

} // namespace miniscrew::stages
