// SPDX-License-Identifier: LGPL-2.1-or-later
// The order of points in VTK's Lagrange cells.
#pragma once

#include <vector>

namespace miniscrew::output
{
/// For each point of a hexahedron in lexicographic order, i + n j + n n k with
/// n = degree + 1, its place in a VTK_LAGRANGE_HEXAHEDRON of VTK >= 9.1.
std::vector<unsigned int> lagrange_hexahedron_order(unsigned int degree);

/// The same for a quadrilateral, i + n j, and VTK_LAGRANGE_QUADRILATERAL.
std::vector<unsigned int> lagrange_quadrilateral_order(unsigned int degree);
} // namespace miniscrew::output
