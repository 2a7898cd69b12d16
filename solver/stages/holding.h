// SPDX-License-Identifier: LGPL-2.1-or-later
// Whether contact holds the screw, or what stands in for friction does.
#pragma once

#include "solver/contact/contact_interface.h"
#include "solver/model/model.h"
#include "solver/model/surface_patch.h"

#include <string>

namespace miniscrew::stages
{
/// Share of a load that springs may carry; more is no equilibrium of contact.
constexpr double largest_spring_share = 0.01;

/// What the springs of a screw without friction carry of a load.
struct SpringShare
{
  double      value = 0.; ///< the greatest of the motions below
  std::string motion;     ///< that they hold, in words
};

/// The springs' force and moment since the reference state, as shares of a load
/// (N and N mm) at a point (mm). A moment is compared with that of the load, or
/// of its force at a lever of the screw's radius (about the axis) or of the
/// depth. Collective.
SpringShare spring_share(const model::Model              &model,
                         const contact::ContactInterface &interface,
                         const model::Wrench             &load,
                         const fem::Vector3              &point);

/// Throws ConvergenceError, beginning with @p stage, if the screw touches the
/// bone nowhere or if springs carry more than largest_spring_share of a load
/// that is not zero. Collective.
void refuse_unheld_screw(const model::Model              &model,
                         const contact::ContactInterface &interface,
                         const model::Wrench             &load,
                         const fem::Vector3              &point,
                         const std::string               &stage);
} // namespace miniscrew::stages
