// SPDX-License-Identifier: LGPL-2.1-or-later
// Integration of shape functions over the interface.
#include "solver/fem/interface_areas.h"

#include "solver/fem/reference_element.h"

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

std::vector<Vector3>
pair_areas(const NodeSpace &space, const Geometry &geometry)
{
  linear::Vector<double> areas = space.make_vector<double>();
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
      for (unsigned int i = 0; i < shape.n_nodes; ++i)
        for (unsigned int d = 0; d < 3; ++d)
          sums[i][d] +=
            shape.values[q * shape.n_nodes + i] * factor * G[axis][d];
    }
    for (unsigned int i = 0; i < shape.n_nodes; ++i)
    {
      const unsigned int node =
        space.cell_nodes()[place.cell * shape.n_nodes + i];
      space.constraints().for_masters(
        node, [&](const unsigned int master, const double weight) {
          for (unsigned int d = 0; d < 3; ++d)
            areas.local_element(3 * master + d) += weight * sums[i][d];
        });
    }
  }
  areas.compress(dealii::VectorOperation::add);
  std::vector<Vector3> result;
  for (const NodePair &pair : space.pairs())
    result.push_back({{areas.local_element(3 * pair.screw),
                       areas.local_element(3 * pair.screw + 1),
                       areas.local_element(3 * pair.screw + 2)}});
  return result;
}
} // namespace miniscrew::fem
