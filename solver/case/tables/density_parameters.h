// SPDX-License-Identifier: LGPL-2.1-or-later
// The keys of a material that is given by its density.
#pragma once

#include "solver/case/tables/parameter.h"

#include <string>
#include <vector>

namespace miniscrew
{
/// Keys of the density below @p prefix. The effective case has the constants
/// that they lead to instead of them.
std::vector<Parameter> density_parameters(const std::string &prefix);

/// Their names, and those of what a density determines.
const std::vector<std::string> &density_keys();
const std::vector<std::string> &keys_by_density();

/// Sets modulus and strengths if @p input has a density. Throws UserError.
void apply_density(materials::Material &material,
                   const DensityInput  &input,
                   const IsGiven       &is_given);
} // namespace miniscrew
