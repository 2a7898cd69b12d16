// SPDX-License-Identifier: LGPL-2.1-or-later
// Materials by name, read from materials.toml.
#pragma once

#include "materials/material.h"

#include <vector>

namespace miniscrew::materials
{
/// All materials of the library, in the order of the data file.
[[nodiscard]] const std::vector<Material> &library();

/// The material called @p name (case-insensitive). Throws UserError with the
/// list of names and a suggestion if there is none.
[[nodiscard]] const Material &find_material(const std::string &name);
} // namespace miniscrew::materials
