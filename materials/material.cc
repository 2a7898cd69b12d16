// SPDX-License-Identifier: LGPL-2.1-or-later
// Stiffness of a material.
#include "materials/material.h"

namespace miniscrew::materials
{
bool
Material::varies_in_space() const
{
  return !is_isotropic && orthotropic.field.kind != FieldKind::uniform;
}


VoigtMatrix
Material::stiffness() const
{
  return is_isotropic ? materials::stiffness(isotropic)
                      : materials::stiffness(orthotropic);
}


VoigtMatrix
Material::stiffness(const std::array<double, 3> &point) const
{
  return varies_in_space() ? materials::stiffness(orthotropic, point)
                           : stiffness();
}
} // namespace miniscrew::materials
