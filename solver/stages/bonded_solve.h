// SPDX-License-Identifier: LGPL-2.1-or-later
// Screw and bone as one elastic body.
#pragma once

#include "solver/stages/orthodontic_load.h"
#include "solver/stages/stage.h"

namespace miniscrew::stages
{
/// Solves for the displacement under the load, into the end of @p result, and
/// returns the forces and moments of the held faces. Throws ConvergenceError.
/// Collective.
model::Wrench solve_bonded(StageContext          &context,
                           const OrthodonticLoad &load,
                           StageResult           &result);
} // namespace miniscrew::stages
