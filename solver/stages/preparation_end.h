// SPDX-License-Identifier: LGPL-2.1-or-later
// The state that loads start from.
#pragma once

#include "solver/report/quantity.h"
#include "solver/stages/stage.h"

namespace miniscrew::stages
{
/// Makes this displacement, which the problem is at, the end of a preparation:
/// loads count from it, and contact and bodies are measured, the pressure as
/// @p mean_pressure. Collective.
void end_preparation(const StageContext     &context,
                     linear::Vector<double> &displacement,
                     const report::Quantity &mean_pressure,
                     StageResult            &result);
} // namespace miniscrew::stages
