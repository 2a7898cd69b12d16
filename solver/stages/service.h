// SPDX-License-Identifier: LGPL-2.1-or-later
// The screw under an orthodontic load in linear elastic bone.
#pragma once

#include "solver/base/log.h"
#include "solver/contact/contact_problem.h"
#include "solver/linear/conjugate_gradients.h"
#include "solver/stages/face_patch.h"
#include "solver/stages/model.h"

#include <memory>
#include <string>

namespace miniscrew::stages
{
/// What the interface did under the load.
struct ContactHistory
{
  std::unique_ptr<contact::ContactProblem> problem;
  std::vector<contact::StepReport>         steps; ///< of the load
  contact::InterfaceMeasures seated; ///< after the press fit, before the load
  contact::InterfaceMeasures final_measures;
  unsigned int               newton_iterations = 0;
  double                     frictional_work   = 0.; ///< under the load, N mm
  double                     external_work     = 0.; ///< of the load, N mm
  /// Elastic energy after the press fit, N mm.
  double seated_energy = 0.;
};

/// What the service stage leaves behind.
struct ServiceState
{
  linear::Vector<double> displacement; ///< mm; ghosts and hanging nodes set
  /// That of the press fit, before the load; empty if there is none.
  linear::Vector<double>          seated;
  std::unique_ptr<ContactHistory> contact; ///< if the interface is in contact
  linear::Verdict                 verdict;
  std::string                     preconditioner; ///< one line
  double                          setup_seconds = 0., solve_seconds = 0.;
  /// Motion of the point of load (displacement mm, rotation rad), the applied
  /// force (N) and moment (N mm) about it, and the point (mm).
  Wrench       load_motion{}, load{};
  fem::Vector3 load_point{};
  fem::Vector3 tip_displacement{};
  /// Mean displacement of the screw's top face if the load is on it.
  bool         load_on_top = false;
  fem::Vector3 mean_top_displacement{};
  /// Sum of the forces (N) at the held faces and of their moments (N mm)
  /// about the origin.
  Wrench reaction{};
  /// Moment of the load about the origin, N mm.
  fem::Vector3 load_moment_about_origin{};
};

/// Solves for the displacement under the case's load. Motions of head and tip
/// are those since the press fit. Throws ConvergenceError if a solver does not
/// reach its tolerance; then @p state has the displacement of the last step
/// that did, if any. Collective.
void run_service(Model &model, ServiceState &state, Log &log);

/// The components that the case's boundary conditions prescribe on a boundary.
unsigned char prescribed_components(const Boundary            &boundary,
                                    dealii::types::boundary_id id);
} // namespace miniscrew::stages
