// SPDX-License-Identifier: LGPL-2.1-or-later
// Which constants the quadric law admits.
#pragma once

#include "materials/material.h"
#include "materials/quadric/plasticity.h"

namespace miniscrew::materials
{
/// The constants of the quadric for a material of its family: both strengths
/// given, and the interaction that its law has. Throws UserError, in a sentence
/// that names the constant, if one is not admissible.
Plasticity admissible_plasticity(const Material &material);
} // namespace miniscrew::materials
