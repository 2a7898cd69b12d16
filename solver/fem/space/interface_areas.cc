// SPDX-License-Identifier: LGPL-2.1-or-later
// Integration of shape functions over the interface.
#include "solver/fem/space/interface_areas.h"

#include "solver/fem/space/reference_element.h"

#include <cmath>

namespace miniscrew::fem
{
std::vector<InterfaceFace>
interface_faces(const NodeSpace &space)
{
  std::vector<InterfaceFace> faces;
  for (std::size_t c = 0; c < space.cells().size(); ++c)
    if (space.cells()[c]->material_id() == mesh::screw_id)
      for (const unsigned int f : space.cells()[c]->face_indices())
        if (space.cells()[c]->at_boundary(f) &&
            space.cells()[c]->face(f)->boundary_id() ==
              mesh::boundary::interface_screw)
          faces.push_back({c, f});
  return faces;
}

namespace
{
// Sums over the interface, by pairs: @p contribution gives what a face adds to
// the three components of its nodes, given a point, the vector factor G[axis]
// |J| w and the shape function's value there.
template <typename Contribution>
std::vector<Vector3>
sum_over_pairs(const NodeSpace    &space,
               const Geometry     &geometry,
               const Contribution &contribution)
{
  linear::Vector<double> all = space.make_vector<double>();
  for (const InterfaceFace &place : interface_faces(space))
  {
    const FaceQuadrature rule(geometry.space().degree() + 2, place.face);
    const ShapeTable     shape(space.degree(), rule.points),
      geometry_shape(geometry.space().degree(), rule.points);
    const auto           nodes = geometry.cell_nodes(place.cell);
    const unsigned int   axis  = place.face / 2;
    const double         sign  = place.face % 2 == 1 ? 1. : -1.;
    std::vector<Vector3> sums(shape.n_nodes, Vector3{});
    for (unsigned int q = 0; q < shape.n_points; ++q)
    {
      const Matrix3 J      = Geometry::jacobian(nodes, geometry_shape, q);
      const Matrix3 G      = inverse(J);
      const double  factor = sign * determinant(J) * rule.weights[q];
      const Vector3 area{
        {factor * G[axis][0], factor * G[axis][1], factor * G[axis][2]}};
      Vector3 x{};
      for (unsigned int i = 0; i < geometry_shape.n_nodes; ++i)
        for (unsigned int d = 0; d < 3; ++d)
          x[d] +=
            geometry_shape.values[q * geometry_shape.n_nodes + i] * nodes[i][d];
      for (unsigned int i = 0; i < shape.n_nodes; ++i)
        contribution(
          place, x, area, shape.values[q * shape.n_nodes + i], sums[i]);
    }
    for (unsigned int i = 0; i < shape.n_nodes; ++i)
    {
      const unsigned int node =
        space.cell_nodes()[place.cell * shape.n_nodes + i];
      space.constraints().for_masters(
        node, [&](const unsigned int master, const double weight) {
          for (unsigned int d = 0; d < 3; ++d)
            all.local_element(3 * master + d) += weight * sums[i][d];
        });
    }
  }
  all.compress(dealii::VectorOperation::add);
  std::vector<Vector3> result;
  for (const NodePair &pair : space.pairs())
    result.push_back({{all.local_element(3 * pair.screw),
                       all.local_element(3 * pair.screw + 1),
                       all.local_element(3 * pair.screw + 2)}});
  return result;
}
} // namespace

std::vector<Vector3>
pair_areas(const NodeSpace &space, const Geometry &geometry)
{
  return sum_over_pairs(space,
                        geometry,
                        [](const InterfaceFace &,
                           const Vector3 &,
                           const Vector3 &area,
                           const double   value,
                           Vector3       &sum) {
                          for (unsigned int d = 0; d < 3; ++d)
                            sum[d] += value * area[d];
                        });
}

std::vector<PairSurface>
pair_surfaces(const NodeSpace    &space,
              const Geometry     &geometry,
              const ExactSurface &exact,
              const Motion       &motion)
{
  const auto sum_pieces = [&](const auto &contribution) {
    return sum_over_pairs(
      space,
      geometry,
      [&](const InterfaceFace &,
          const Vector3 &x,
          const Vector3 &area,
          const double   value,
          Vector3       &sum) { contribution(exact(x, area), value, sum); });
  };
  const std::vector<Vector3> vectors =
    sum_pieces([](const SurfacePiece &piece, const double value, Vector3 &sum) {
      for (unsigned int d = 0; d < 3; ++d)
        sum[d] += value * piece.area[d];
    });
  const std::vector<Vector3> scalars = sum_pieces(
    [&](const SurfacePiece &piece, const double value, Vector3 &sum) {
      sum[0] += value * norm(piece.area);
      sum[1] += value * dot(motion(piece.place), piece.area);
    });
  std::vector<PairSurface> surfaces;
  for (std::size_t k = 0; k < vectors.size(); ++k)
    surfaces.push_back({vectors[k], scalars[k][0], scalars[k][1]});
  return surfaces;
}

std::vector<std::array<double, mesh::n_layers>>
pair_layers(const NodeSpace &space, const Geometry &geometry)
{
  std::vector<std::array<double, mesh::n_layers>> shares =
    sum_over_pairs(space,
                   geometry,
                   [&](const InterfaceFace &place,
                       const Vector3 &,
                       const Vector3 &area,
                       const double   value,
                       Vector3       &sum) {
                     const auto &cell = space.cells()[place.cell];
                     const auto  layer =
                       cell->periodic_neighbor(place.face)->material_id();
                     sum[layer] += std::abs(value) * norm(area);
                   });
  for (auto &share : shares)
  {
    const double all = share[0] + share[1] + share[2];
    for (double &s : share)
      s /= all;
  }
  return shares;
}
} // namespace miniscrew::fem
