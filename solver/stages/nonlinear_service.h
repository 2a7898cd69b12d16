// SPDX-License-Identifier: LGPL-2.1-or-later
// The service stage of screws in contact and of inelastic bodies.
#pragma once

#include "solver/stages/service.h"

namespace miniscrew::stages
{
/// Sets up the problem and brings screw and bone to where loads start from: by
/// insertion and seating, by the press fit, or not at all. Sets history,
/// displacement and what was seated. Throws ConvergenceError; then the state
/// has what converged. Collective.
void prepare_nonlinear(model::Model &model,
                       ServiceState &state,
                       Log          &log,
                       const Keeper &keeper);

/// Puts the case's load on what was prepared. @p state must have the load and
/// its point; displacement, history and verdict are set. Throws
/// ConvergenceError; then the state has what converged. Collective.
void load_nonlinear(model::Model           &model,
                    const model::FacePatch &load_patch,
                    ServiceState           &state,
                    Log                    &log);

/// Takes the load from one share of the case's to another, in steps. Returns
/// the work that it does, N mm. Collective.
double march_load(model::Model           &model,
                  const model::FacePatch &load_patch,
                  double                  from,
                  double                  to,
                  linear::Vector<double> &displacement,
                  ServiceState           &state,
                  Log                    &log);
} // namespace miniscrew::stages
