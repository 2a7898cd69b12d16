// SPDX-License-Identifier: LGPL-2.1-or-later
// Fields on a mesh as plain arrays: what the writers of files read.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace miniscrew::output
{
/// Values of one field, @p n_components per point or cell, contiguous.
struct Field
{
  std::string         name; ///< with the unit, e.g. "displacement_mm"
  unsigned int        n_components = 1;
  std::vector<double> values;
};

/// The kind of cell of a mesh piece.
enum class CellKind
{
  lagrange_hexahedron,   ///< VTK_LAGRANGE_HEXAHEDRON, (degree+1)^3 points
  lagrange_quadrilateral ///< VTK_LAGRANGE_QUADRILATERAL, (degree+1)^2 points
};

/// One rank's piece of a mesh with fields. May be empty (a rank without
/// cells); field names and components must be the same on all ranks.
struct FieldData
{
  CellKind                           kind   = CellKind::lagrange_hexahedron;
  unsigned int                       degree = 2;
  std::vector<std::array<double, 3>> points;
  /// Local point indices, in the point order of VTK >= 9.1 (file version
  /// 2.2 and later), n_points_per_cell() for each cell.
  std::vector<std::int64_t> connectivity;
  std::vector<Field>        point_fields, cell_fields;

  unsigned int
  n_points_per_cell() const
  {
    const unsigned int n = degree + 1;
    return kind == CellKind::lagrange_hexahedron ? n * n * n : n * n;
  }

  std::size_t
  n_cells() const
  {
    return connectivity.size() / n_points_per_cell();
  }
};
} // namespace miniscrew::output
