// SPDX-License-Identifier: LGPL-2.1-or-later
// The load of a case on the screw, and how the screw moves under it.
#pragma once

#include "solver/case/case.h"
#include "solver/equilibrium/equilibrium_problem.h"
#include "solver/fem/operator/body_state.h"
#include "solver/model/model.h"
#include "solver/model/surface_patch.h"

namespace miniscrew::stages
{
/// Force (N) and moment (N mm) about a point (mm).
struct OrthodonticLoad
{
  model::Wrench wrench{};
  fem::Vector3  point{};
  /// True if it is a traction on the screw's top face.
  bool on_top = true;

  /// N mm.
  fem::Vector3 moment_about_origin() const;
};

OrthodonticLoad load_of(const model::Model &model, const Case &input);

/// The traction on the screw that the load is put on by, and its point.
/// Collective.
model::FacePatch load_patch(const model::Model    &model,
                            const OrthodonticLoad &load);

/// How the screw has moved.
struct ScrewMotion
{
  /// Displacement (mm) and rotation (rad) of the point of load.
  model::Wrench head{};
  fem::Vector3  tip{}; ///< mm
};

/// @p displacement has ghosts and hanging nodes set. Collective.
ScrewMotion motion_of(const model::Model           &model,
                      const model::FacePatch       &load_patch,
                      const linear::Vector<double> &displacement);

/// The displacement since a reference, or all of it without one; ghosts and
/// hanging nodes set.
linear::Vector<double> moved_since(const model::Model           &model,
                                   const fem::BodyState         *reference,
                                   const linear::Vector<double> &displacement);

/// Sum of the forces (N) at the held faces and of their moments (N mm) about
/// the origin. @p law: the stresses of inelastic points. Collective.
model::Wrench sum_of_reactions(const model::Model                    &model,
                               const fem::ElasticityOperator<double> &system,
                               const linear::Vector<double> &displacement,
                               fem::PointLaw                *law = nullptr);

/// The same of a problem at this displacement.
model::Wrench sum_of_reactions(const model::Model                    &model,
                               const equilibrium::EquilibriumProblem &problem,
                               const linear::Vector<double> &displacement);
} // namespace miniscrew::stages
