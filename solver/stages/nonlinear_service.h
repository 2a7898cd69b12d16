// SPDX-License-Identifier: LGPL-2.1-or-later
// The service stage of screws in contact and of inelastic bodies.
#pragma once

#include "solver/stages/service.h"

namespace miniscrew::stages
{
/// Solves for the state under the case's load: first the press fit, if there
/// is an interference, then the load in steps. @p state must have the load and
/// its point; displacement, reaction, history and verdict are set. Throws
/// ConvergenceError; then the state has what converged. Collective.
void solve_nonlinear(Model                              &model,
                     const FacePatch                    &load_patch,
                     const fem::Prescriber              &prescribe,
                     const fem::ElasticitySolverOptions &options,
                     ServiceState                       &state,
                     Log                                &log);

/// Takes the load from one share of the case's to another, in steps. Returns
/// the work that it does, N mm. Collective.
double march_load(Model                  &model,
                  const FacePatch        &load_patch,
                  double                  from,
                  double                  to,
                  linear::Vector<double> &displacement,
                  ServiceState           &state,
                  Log                    &log);
} // namespace miniscrew::stages
