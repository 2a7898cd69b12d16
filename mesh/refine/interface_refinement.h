// SPDX-License-Identifier: LGPL-2.1-or-later
// Refinement that nodes on both sides of the interface need to match.
#pragma once

#include "mesh/refine/reference_mesh.h"

namespace miniscrew::mesh
{
/// Sets refinement flags on owned cells of a mesh with paired faces until nodes
/// on the two sides of the interface can match: the cells on both sides of a
/// face have one level, and no cell that touches the interface with an edge
/// only is coarser than the cells that have faces there. Its nodes would hang
/// on one side alone, and have no partner. Returns whether any rank has set a
/// flag. Collective.
bool flag_for_matching(Triangulation &triangulation);

/// Refines until flag_for_matching() has nothing to flag. Collective.
void refine_for_matching(Triangulation &triangulation);
} // namespace miniscrew::mesh
