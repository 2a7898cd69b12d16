// SPDX-License-Identifier: LGPL-2.1-or-later
// Integrals of loads over cells and faces.
#include "solver/fem/operator/scalar_loads.h"

namespace miniscrew::fem
{
namespace
{
void
add_to_node(const NodeSpace        &space,
            const unsigned int      node,
            const double            load,
            linear::Vector<double> &loads)
{
  const NodeConstraints &constraints = space.constraints();
  constraints.for_masters(node, [&](const unsigned int n, const double weight) {
    if (!(constraints.prescribed[n] & 1))
      loads.local_element(n) += weight * load;
  });
}
} // namespace

void
add_source(const Geometry         &geometry,
           const SourceFunction   &source,
           linear::Vector<double> &loads)
{
  const NodeSpace     &space = geometry.space();
  const CubeQuadrature rule(space.degree() + 2);
  const ShapeTable     shape(space.degree(), rule.points);
  std::vector<double>  sums(shape.n_nodes);
  for (std::size_t cell = 0; cell < space.cells().size(); ++cell)
  {
    const auto         nodes = geometry.cell_nodes(cell);
    const unsigned int body  = space.cells()[cell]->material_id();
    sums.assign(shape.n_nodes, 0.);
    for (unsigned int q = 0; q < shape.n_points; ++q)
    {
      const double f = source({cell, body, Geometry::point(nodes, shape, q)}) *
                       determinant(Geometry::jacobian(nodes, shape, q)) *
                       rule.weights[q];
      for (unsigned int i = 0; i < shape.n_nodes; ++i)
        sums[i] += f * shape.values[q * shape.n_nodes + i];
    }
    for (unsigned int i = 0; i < shape.n_nodes; ++i)
      add_to_node(
        space, space.cell_nodes()[cell * shape.n_nodes + i], sums[i], loads);
  }
}

void
add_inflow(const Geometry                  &geometry,
           const dealii::types::boundary_id id,
           const FluxFunction              &inflow,
           linear::Vector<double>          &loads)
{
  const NodeSpace    &space = geometry.space();
  std::vector<double> sums;
  for (unsigned int face = 0; face < 6; ++face)
  {
    const FaceQuadrature rule(space.degree() + 2, face);
    const ShapeTable     shape(space.degree(), rule.points);
    const unsigned int   axis = face / 2;
    const double         sign = face % 2 == 1 ? 1. : -1.;
    for (std::size_t cell = 0; cell < space.cells().size(); ++cell)
    {
      if (!space.cells()[cell]->at_boundary(face) ||
          space.cells()[cell]->face(face)->boundary_id() != id)
        continue;
      const auto nodes = geometry.cell_nodes(cell);
      sums.assign(shape.n_nodes, 0.);
      for (unsigned int q = 0; q < shape.n_points; ++q)
      {
        // Nanson: the outward area is a row of the inverse times |J|.
        const Matrix3 J      = Geometry::jacobian(nodes, shape, q);
        const Vector3 row    = inverse(J)[axis];
        const double  length = norm(row);
        const Vector3 normal{{sign * row[0] / length,
                              sign * row[1] / length,
                              sign * row[2] / length}};
        const double  f = inflow(Geometry::point(nodes, shape, q), normal) *
                         determinant(J) * length * rule.weights[q];
        for (unsigned int i = 0; i < shape.n_nodes; ++i)
          sums[i] += f * shape.values[q * shape.n_nodes + i];
      }
      for (const unsigned int i : nodes_on_face(space.degree(), face))
        add_to_node(
          space, space.cell_nodes()[cell * shape.n_nodes + i], sums[i], loads);
    }
  }
}

void
set_boundary_values(
  const Geometry                                             &geometry,
  const std::map<dealii::types::boundary_id, ScalarFunction> &values,
  linear::Vector<double>                                     &target)
{
  // The owner of a node need not have a face with it: ranks that have one tell
  // it. Larger marks are of lower ids.
  constexpr int          limit = 1 << 20;
  const NodeSpace       &space = geometry.space();
  const unsigned int     n     = space.n_nodes_per_cell();
  linear::Vector<double> marks = space.make_vector<double>(1);
  for (std::size_t c = 0; c < space.cells().size(); ++c)
    for (const unsigned int f : space.cells()[c]->face_indices())
    {
      if (!space.cells()[c]->at_boundary(f))
        continue;
      const auto id = space.cells()[c]->face(f)->boundary_id();
      if (values.count(id) == 0)
        continue;
      for (const unsigned int i : nodes_on_face(space.degree(), f))
      {
        double &mark = marks.local_element(space.cell_nodes()[c * n + i]);
        mark         = std::max(mark, static_cast<double>(limit - int(id)));
      }
    }
  marks.compress(dealii::VectorOperation::max);
  for (unsigned int node = 0; node < space.n_owned_nodes(); ++node)
    if (marks.local_element(node) > 0. && !space.constraints().is_hanging(node))
      target.local_element(node) =
        values.at(limit - static_cast<int>(marks.local_element(node)))(
          geometry.node(node));
}
} // namespace miniscrew::fem
