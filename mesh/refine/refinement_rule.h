// SPDX-License-Identifier: LGPL-2.1-or-later
// Which cells are refined: a question of their place alone.
#pragma once

#include "mesh/refine/reference_mesh.h"

#include <array>

namespace miniscrew::mesh
{
/// A cell in reference coordinates, with or without a triangulation around it.
struct ReferenceCell
{
  std::array<dealii::Point<3>, 8> vertices; ///< in deal.II's order
  unsigned int                    level = 0;

  dealii::Point<3> centre() const;
};

/// Whether a cell of this width (mm) is too large anywhere.
bool is_too_wide(double width, const MeshSizes &sizes);

/// Whether @p cell is larger than @p sizes ask for, or too far from its place
/// under @p map.
bool too_large(const ReferenceCell &cell,
               const ScrewBoneMap  &map,
               const MeshSizes     &sizes);
} // namespace miniscrew::mesh
