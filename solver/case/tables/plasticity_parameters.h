// SPDX-License-Identifier: LGPL-2.1-or-later
// The keys of the strength of a material, and of what it does beyond.
#pragma once

#include "solver/case/tables/parameter.h"

#include <string>
#include <vector>

namespace miniscrew
{
/// Keys of strength and plasticity below @p prefix.
std::vector<Parameter>
plasticity_parameters(const std::string                 &prefix,
                      const Access<materials::Material> &material);

/// The law of all layers of bone, in one key.
Parameter bone_law_parameter();

/// Completes and checks strength and plasticity after all keys were read;
/// @p base is the material that they change, or null. Throws UserError.
void finish_plasticity(materials::Material       &material,
                       const materials::Material *base,
                       const IsGiven             &is_given);
} // namespace miniscrew
