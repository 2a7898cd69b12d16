// SPDX-License-Identifier: LGPL-2.1-or-later
// Rigid motions of one of the bodies.
#pragma once

#include "solver/fem/space/geometry.h"
#include "solver/linear/operator.h"

#include <vector>

namespace miniscrew::fem
{
/// Three displacements and three small rotations, about the middle of the
/// free nodes of @p body and scaled by their distance from it, as increments:
/// zero at all other nodes and at prescribed and hanging entries. Collective.
std::vector<linear::Vector<double>>
body_motions(const NodeSpace           &space,
             const Geometry            &geometry,
             dealii::types::material_id body);
} // namespace miniscrew::fem
