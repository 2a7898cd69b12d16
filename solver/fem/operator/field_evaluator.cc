// SPDX-License-Identifier: LGPL-2.1-or-later
// Places of quadrature points, and the field there.
#include "solver/fem/operator/field_evaluator.h"

namespace miniscrew::fem
{
FieldEvaluator::FieldEvaluator(const Geometry      &geometry,
                               const MaterialField &field,
                               const unsigned int   n_points)
  : geometry_(&geometry),
    field_(&field),
    points_(geometry.space().degree(), CubeQuadrature(n_points).points),
    centre_(geometry.space().degree(), CubeQuadrature(1).points)
{}

unsigned int
FieldEvaluator::body(const std::size_t cell) const
{
  return geometry_->space().cells()[cell]->material_id();
}

MaterialLayout
FieldEvaluator::layout(const std::size_t cell) const
{
  return field_->layout(body(cell));
}

bool
FieldEvaluator::varies(const std::size_t cell) const
{
  return field_->varies_in_cells(body(cell));
}

void
FieldEvaluator::at_point(const std::size_t           cell,
                         const std::vector<Vector3> &nodes,
                         const unsigned int          q,
                         double                     *constants) const
{
  field_->evaluate({cell, body(cell), Geometry::point(nodes, points_, q)},
                   constants);
}

void
FieldEvaluator::at_centre(const std::size_t           cell,
                          const std::vector<Vector3> &nodes,
                          double                     *constants) const
{
  field_->evaluate({cell, body(cell), Geometry::point(nodes, centre_, 0)},
                   constants);
}
} // namespace miniscrew::fem
