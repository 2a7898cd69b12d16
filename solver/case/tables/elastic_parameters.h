// SPDX-License-Identifier: LGPL-2.1-or-later
// The keys of the elastic constants of a material.
#pragma once

#include "solver/case/tables/parameter.h"

#include <string>
#include <vector>

namespace miniscrew
{
/// Keys of the elastic constants below @p prefix.
std::vector<Parameter>
elastic_parameters(const std::string                 &prefix,
                   const Access<materials::Material> &material);

/// Whether the file gives any of them.
bool change_elasticity(const IsGiven &is_given);

/// Checks the elastic constants after all keys were read; @p base is the
/// material that they change, or null. Throws UserError.
void finish_elasticity(materials::Material       &material,
                       const materials::Material *base,
                       const IsGiven             &is_given);
} // namespace miniscrew
