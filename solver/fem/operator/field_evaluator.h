// SPDX-License-Identifier: LGPL-2.1-or-later
// A field of constants at the points of a quadrature.
#pragma once

#include "solver/fem/operator/material_field.h"
#include "solver/fem/space/geometry.h"

#include <vector>

namespace miniscrew::fem
{
/// Constants of a field in the cells of a geometry, at the points of the Gauss
/// rule with n_points per direction, x fastest. Cells are numbered as in
/// NodeSpace::cells(); @p nodes are Geometry::cell_nodes() of the cell.
class FieldEvaluator
{
public:
  /// Both references must outlive this object.
  FieldEvaluator(const Geometry      &geometry,
                 const MaterialField &field,
                 unsigned int         n_points);

  unsigned int   body(std::size_t cell) const;
  MaterialLayout layout(std::size_t cell) const;

  /// Whether the cell's constants differ between points.
  bool varies(std::size_t cell) const;

  void at_point(std::size_t                 cell,
                const std::vector<Vector3> &nodes,
                unsigned int                q,
                double                     *constants) const;

  void at_centre(std::size_t                 cell,
                 const std::vector<Vector3> &nodes,
                 double                     *constants) const;

private:
  const Geometry      *geometry_;
  const MaterialField *field_;
  ShapeTable           points_, centre_;
};
} // namespace miniscrew::fem
