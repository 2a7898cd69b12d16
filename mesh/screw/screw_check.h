// SPDX-License-Identifier: LGPL-2.1-or-later
// Refuses dimensions that do not make a screw.
#pragma once

#include "mesh/screw/screw_geometry.h"

namespace miniscrew::mesh
{
/// Throws DimensionError with one sentence (name, dimension, value read, what
/// is allowed) if the dimensions contradict each other.
void check_dimensions(const ScrewGeometry &geometry);
} // namespace miniscrew::mesh
