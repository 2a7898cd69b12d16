// SPDX-License-Identifier: LGPL-2.1-or-later
// The service stage with screw and bone in contact.
#pragma once

#include "solver/stages/service.h"

namespace miniscrew::stages
{
/// Presses screw and bone together if the case has an interference, then puts
/// the load on. Fills displacement, seated, contact and the figures of the
/// solver of @p state. Throws ConvergenceError. Collective.
void solve_in_contact(Model                              &model,
                      const FacePatch                    &load_patch,
                      const fem::Prescriber              &prescribe,
                      const fem::ElasticitySolverOptions &options,
                      ServiceState                       &state,
                      Log                                &log);
} // namespace miniscrew::stages
