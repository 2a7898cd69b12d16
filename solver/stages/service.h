// SPDX-License-Identifier: LGPL-2.1-or-later
// The screw under an orthodontic load, bonded to linear elastic bone.
#pragma once

#include "solver/base/log.h"
#include "solver/linear/conjugate_gradients.h"
#include "solver/stages/face_patch.h"
#include "solver/stages/model.h"

#include <memory>
#include <string>

namespace miniscrew::stages
{
/// What the service stage leaves behind.
struct ServiceState
{
  linear::Vector<double> displacement; ///< mm; ghosts and hanging nodes set
  linear::Verdict        verdict;
  std::string            preconditioner; ///< one line
  double                 setup_seconds = 0., solve_seconds = 0.;
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

/// Solves for the displacement under the case's load. Throws ConvergenceError
/// if conjugate gradients do not reach their tolerance. Collective.
ServiceState run_service(Model &model, Log &log);

/// The components that the case's boundary conditions prescribe on a boundary.
unsigned char prescribed_components(const Boundary            &boundary,
                                    dealii::types::boundary_id id);
} // namespace miniscrew::stages
