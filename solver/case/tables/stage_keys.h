// SPDX-License-Identifier: LGPL-2.1-or-later
// Names and keys of the stages that come with the program.
#pragma once

#include "solver/case/tables/stage_entries.h"

namespace miniscrew
{
/// @name Stages
/// @{
constexpr const char *service_stage  = "service";
constexpr const char *pullout_stage  = "pullout";
constexpr const char *sideways_stage = "sideways";
constexpr const char *removal_stage  = "removal";
/// @}

/// @name Keys, for Case::value() and Case::count()
/// Distances are in mm, compliances in um/N, the angle is in degrees.
/// @{
extern const StageKey pullout_distance, pullout_steps, pullout_rig;
extern const StageKey sideways_distance, sideways_steps, sideways_rig;
extern const StageKey removal_angle, removal_steps;
/// @}
} // namespace miniscrew
