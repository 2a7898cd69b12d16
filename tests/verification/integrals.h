// SPDX-License-Identifier: LGPL-2.1-or-later
// Loads, norms and means by quadrature over cells and their faces.
#pragma once

#include "tests/verification/discretisation.h"

#include <cmath>

namespace miniscrew::verification
{
/// Adds a cell node's share of a load to the unknowns that carry it.
inline void
scatter(const fem::NodeSpace   &space,
        const unsigned int      node,
        const Vector3          &value,
        linear::Vector<double> &forces)
{
  const auto &constraints = space.constraints();
  constraints.for_masters(node, [&](const unsigned int n, const double weight) {
    for (unsigned int c = 0; c < 3; ++c)
      if (!((constraints.prescribed[n] >> c) & 1))
        forces.local_element(3 * n + c) += weight * value[c];
  });
}

/// Calls action(cell, nodes, q, point, weight) at the points of @p rule of
/// every cell, where weight is the measure of the point.
template <typename Action>
void
for_cell_points(const fem::Geometry       &geometry,
                const fem::CubeQuadrature &rule,
                const Action              &action)
{
  const fem::ShapeTable shape(geometry.space().degree(), rule.points);
  for (std::size_t cell = 0; cell < geometry.space().cells().size(); ++cell)
  {
    const auto nodes = geometry.cell_nodes(cell);
    for (unsigned int q = 0; q < shape.n_points; ++q)
    {
      const Matrix3 J = fem::Geometry::jacobian(nodes, shape, q);
      action(cell,
             shape,
             q,
             fem::Geometry::point(nodes, shape, q),
             J,
             fem::determinant(J) * rule.weights[q]);
    }
  }
}

/// Calls action(cell, shape, q, point, area) on the faces that @p wanted(cell,
/// face) selects; area is the outward normal times the point's measure.
template <typename Wanted, typename Action>
void
for_face_points(const fem::Geometry &geometry,
                const unsigned int   n_points,
                const Wanted        &wanted,
                const Action        &action)
{
  const fem::NodeSpace &space = geometry.space();
  for (unsigned int face = 0; face < 6; ++face)
  {
    const fem::FaceQuadrature rule(n_points, face);
    const fem::ShapeTable     shape(space.degree(), rule.points);
    for (std::size_t cell = 0; cell < space.cells().size(); ++cell)
    {
      if (!wanted(space.cells()[cell], face))
        continue;
      const auto nodes = geometry.cell_nodes(cell);
      for (unsigned int q = 0; q < shape.n_points; ++q)
      {
        const Matrix3 J = fem::Geometry::jacobian(nodes, shape, q);
        const auto    a = rule.first_direction, b = rule.second_direction;
        Vector3       area;
        for (unsigned int d = 0; d < 3; ++d)
        {
          const unsigned int e = (d + 1) % 3, f = (d + 2) % 3;
          area[d] = (J[e][a] * J[f][b] - J[f][a] * J[e][b]) * rule.weights[q];
        }
        action(cell, shape, q, fem::Geometry::point(nodes, shape, q), area);
      }
    }
  }
}

/// Load vector of a body force per volume. Collective.
inline linear::Vector<double>
body_load(const fem::Geometry &geometry, const Field &force)
{
  const fem::NodeSpace &space  = geometry.space();
  auto                  forces = space.make_vector<double>();
  for_cell_points(geometry,
                  fem::CubeQuadrature(space.degree() + 2),
                  [&](std::size_t            cell,
                      const fem::ShapeTable &shape,
                      unsigned int           q,
                      const Vector3         &x,
                      const Matrix3 &,
                      double weight) {
                    const Vector3 f = force(x);
                    for (unsigned int i = 0; i < shape.n_nodes; ++i)
                    {
                      const double N =
                        weight * shape.values[q * shape.n_nodes + i];
                      scatter(space,
                              space.cell_nodes()[cell * shape.n_nodes + i],
                              {{N * f[0], N * f[1], N * f[2]}},
                              forces);
                    }
                  });
  forces.compress(dealii::VectorOperation::add);
  return forces;
}

/// Load vector of a traction on the boundary @p id. Collective.
inline linear::Vector<double>
surface_load(const fem::Geometry             &geometry,
             const dealii::types::boundary_id id,
             const Field                     &traction)
{
  const fem::NodeSpace &space  = geometry.space();
  auto                  forces = space.make_vector<double>();
  for_face_points(
    geometry,
    space.degree() + 2,
    [&](const fem::NodeSpace::CellIterator &cell, const unsigned int face) {
      return cell->at_boundary(face) && cell->face(face)->boundary_id() == id;
    },
    [&](std::size_t            cell,
        const fem::ShapeTable &shape,
        unsigned int           q,
        const Vector3         &x,
        const Vector3         &area) {
      const Vector3 t = traction(x);
      for (unsigned int i = 0; i < shape.n_nodes; ++i)
      {
        const double N = norm(area) * shape.values[q * shape.n_nodes + i];
        scatter(space,
                space.cell_nodes()[cell * shape.n_nodes + i],
                {{N * t[0], N * t[1], N * t[2]}},
                forces);
      }
    });
  forces.compress(dealii::VectorOperation::add);
  return forces;
}

/// Value and gradient H[c][e] = du_c/dx_e of @p u, whose ghosts and hanging
/// nodes are up to date, at a point of a cell.
inline Vector3
value_at(const linear::Vector<double> &u,
         const fem::NodeSpace         &space,
         const std::size_t             cell,
         const fem::ShapeTable        &shape,
         const unsigned int            q)
{
  Vector3 result{};
  for (unsigned int i = 0; i < shape.n_nodes; ++i)
    for (unsigned int c = 0; c < 3; ++c)
      result[c] +=
        shape.values[q * shape.n_nodes + i] *
        u.local_element(3 * space.cell_nodes()[cell * shape.n_nodes + i] + c);
  return result;
}

inline Matrix3
gradient_at(const linear::Vector<double> &u,
            const fem::NodeSpace         &space,
            const std::size_t             cell,
            const fem::ShapeTable        &shape,
            const unsigned int            q,
            const Matrix3                &J)
{
  Matrix3 reference{}, result{};
  for (unsigned int i = 0; i < shape.n_nodes; ++i)
    for (unsigned int c = 0; c < 3; ++c)
      for (unsigned int d = 0; d < 3; ++d)
        reference[c][d] +=
          shape.gradients[q * shape.n_nodes + i][d] *
          u.local_element(3 * space.cell_nodes()[cell * shape.n_nodes + i] + c);
  const Matrix3 G = fem::inverse(J);
  for (unsigned int c = 0; c < 3; ++c)
    for (unsigned int e = 0; e < 3; ++e)
      for (unsigned int d = 0; d < 3; ++d)
        result[c][e] += reference[c][d] * G[d][e];
  return result;
}

/// Stress (xx, yy, zz, yz, xz, xy) of a displacement gradient.
inline std::array<double, 6>
stress(const materials::VoigtMatrix &C, const Matrix3 &H)
{
  return materials::multiply(C,
                             {{H[0][0],
                               H[1][1],
                               H[2][2],
                               H[1][2] + H[2][1],
                               H[0][2] + H[2][0],
                               H[0][1] + H[1][0]}});
}

/// sigma : grad u, twice the energy density.
inline double
twice_energy(const std::array<double, 6> &s, const Matrix3 &H)
{
  return s[0] * H[0][0] + s[1] * H[1][1] + s[2] * H[2][2] +
         s[3] * (H[1][2] + H[2][1]) + s[4] * (H[0][2] + H[2][0]) +
         s[5] * (H[0][1] + H[1][0]);
}

/// Sum over all ranks. Collective.
inline double
total(const fem::NodeSpace &space, const double share)
{
  return dealii::Utilities::MPI::sum(share, space.communicator());
}
} // namespace miniscrew::verification
