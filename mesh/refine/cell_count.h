// SPDX-License-Identifier: LGPL-2.1-or-later
// How many cells a mesh would have, without making it.
#pragma once

#include "mesh/refine/reference_mesh.h"

namespace miniscrew::mesh
{
/// Estimate of the cells that refine_to_sizes() would make: the coarse cells
/// are refined one by one, a sample of them from @p n_samples per level on, and
/// what the balance of levels adds is taken from experience. Within a third of
/// the true number; takes milliseconds and no memory, whatever the sizes. Not
/// collective.
double estimate_cells(const ScrewBoneMap &map,
                      const MeshSizes    &sizes,
                      unsigned int        n_samples = 1500);
} // namespace miniscrew::mesh
