// SPDX-License-Identifier: LGPL-2.1-or-later
// Laws of density by name, read from density_laws.toml.
#pragma once

#include "materials/density/density.h"

#include <vector>

namespace miniscrew::materials
{
/// All laws, in the order of the data file.
[[nodiscard]] const std::vector<ModulusLaw>  &modulus_laws();
[[nodiscard]] const std::vector<StrengthLaw> &strength_laws();

/// The law called @p name. Throws UserError with the list of names and a
/// suggestion if there is none.
[[nodiscard]] const ModulusLaw  &find_modulus_law(const std::string &name);
[[nodiscard]] const StrengthLaw &find_strength_law(const std::string &name);
} // namespace miniscrew::materials
