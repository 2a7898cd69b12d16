// SPDX-License-Identifier: LGPL-2.1-or-later
// Node positions from the map.
#include "solver/fem/space/geometry.h"

namespace miniscrew::fem
{
double
determinant(const Matrix3 &m)
{
  return m[0][0] * (m[1][1] * m[2][2] - m[1][2] * m[2][1]) -
         m[0][1] * (m[1][0] * m[2][2] - m[1][2] * m[2][0]) +
         m[0][2] * (m[1][0] * m[2][1] - m[1][1] * m[2][0]);
}

Matrix3
inverse(const Matrix3 &m)
{
  const double d = 1. / determinant(m);
  Matrix3      result;
  for (unsigned int i = 0; i < 3; ++i)
    for (unsigned int j = 0; j < 3; ++j)
    {
      const unsigned int a = (j + 1) % 3, b = (j + 2) % 3, e = (i + 1) % 3,
                         f = (i + 2) % 3;
      result[i][j]         = d * (m[a][e] * m[b][f] - m[a][f] * m[b][e]);
    }
  return result;
}

Geometry::Geometry(const NodeSpace &space, const mesh::ScrewBoneMap &map)
  : space_(&space),
    positions_(space.make_vector<double>())
{
  const Basis1D      basis(space.degree(), 1);
  const unsigned int n = space.degree() + 1, n_nodes = space.n_nodes_per_cell();
  std::vector<bool>  is_set(space.n_local_nodes(), false);
  for (std::size_t c = 0; c < space.cells().size(); ++c)
    for (unsigned int i = 0; i < n_nodes; ++i)
    {
      const unsigned int node = space.cell_nodes()[c * n_nodes + i];
      if (is_set[node])
        continue;
      is_set[node] = true;
      const dealii::Point<3> reference =
        reference_point(space.cells()[c],
                        {{basis.nodes[i % n],
                          basis.nodes[i / n % n],
                          basis.nodes[i / (n * n)]}});
      const Vector3 x =
        map.position({{reference[0], reference[1], reference[2]}});
      for (unsigned int d = 0; d < 3; ++d)
        positions_.local_element(3 * node + d) = x[d];
    }
  positions_.update_ghost_values();
  space.distribute(positions_);
}

const NodeSpace &
Geometry::space() const
{
  return *space_;
}

Vector3
Geometry::node(const unsigned int local_node) const
{
  return {{positions_.local_element(3 * local_node),
           positions_.local_element(3 * local_node + 1),
           positions_.local_element(3 * local_node + 2)}};
}

std::vector<Vector3>
Geometry::cell_nodes(const std::size_t cell) const
{
  const unsigned int   n = space_->n_nodes_per_cell();
  std::vector<Vector3> nodes(n);
  for (unsigned int i = 0; i < n; ++i)
    nodes[i] = node(space_->cell_nodes()[cell * n + i]);
  return nodes;
}

Matrix3
Geometry::jacobian(const std::vector<Vector3> &nodes,
                   const ShapeTable           &table,
                   const unsigned int          q)
{
  Matrix3 J{};
  for (unsigned int i = 0; i < table.n_nodes; ++i)
  {
    const auto &gradient = table.gradients[q * table.n_nodes + i];
    for (unsigned int a = 0; a < 3; ++a)
      for (unsigned int b = 0; b < 3; ++b)
        J[a][b] += nodes[i][a] * gradient[b];
  }
  return J;
}

Vector3
Geometry::point(const std::vector<Vector3> &nodes,
                const ShapeTable           &table,
                const unsigned int          q)
{
  Vector3 x{};
  for (unsigned int i = 0; i < table.n_nodes; ++i)
    for (unsigned int d = 0; d < 3; ++d)
      x[d] += table.values[q * table.n_nodes + i] * nodes[i][d];
  return x;
}
} // namespace miniscrew::fem
