// SPDX-License-Identifier: LGPL-2.1-or-later
// From pairs of nodes to the points of faces.
#include "solver/report/interface_fields.h"

#include "solver/fem/space/interface_areas.h"
#include "solver/fem/space/reference_element.h"
#include "solver/output/lagrange_order.h"

#include <cmath>
#include <map>

namespace miniscrew::report
{
namespace
{
// A nodal vector whose values at the screw's nodes of pairs are given; those at
// hanging nodes follow.
template <typename Value>
linear::Vector<double>
on_nodes(const fem::NodeSpace &space, const Value &value)
{
  linear::Vector<double> result = space.make_vector<double>();
  for (std::size_t k = 0; k < space.pairs().size(); ++k)
  {
    const fem::Vector3 v = value(k);
    for (unsigned int c = 0; c < 3; ++c)
      result.local_element(3 * space.pairs()[k].screw + c) = v[c];
  }
  result.update_ghost_values();
  space.distribute(result);
  return result;
}

// Local nodes of a face.
std::vector<unsigned int>
nodes_of(const fem::NodeSpace &space, const fem::InterfaceFace &place)
{
  std::vector<unsigned int> nodes =
    fem::nodes_on_face(space.degree(), place.face);
  for (unsigned int &node : nodes)
    node = space.cell_nodes()[place.cell * space.n_nodes_per_cell() + node];
  return nodes;
}
} // namespace

output::FieldData
make_interface_fields(const fem::Geometry             &geometry,
                      const contact::ContactInterface &interface)
{
  const fem::NodeSpace &space     = geometry.space();
  const auto           &responses = interface.responses();
  const auto            scalars   = on_nodes(space, [&](const std::size_t k) {
    return fem::Vector3{{responses[k].pressure,
                         1e3 * responses[k].gap,
                         static_cast<double>(responses[k].status)}};
  });
  const auto            tractions =
    on_nodes(space, [&](const std::size_t k) { return responses[k].traction; });
  const auto motions = on_nodes(space, [&](const std::size_t k) {
    fem::Vector3 moved = interface.micromotion(k);
    for (double &m : moved)
      m *= 1e3;
    return moved;
  });

  output::FieldData data;
  data.kind         = output::CellKind::lagrange_quadrilateral;
  data.degree       = space.degree();
  data.point_fields = {{"pressure_MPa", 1, {}},
                       {"gap_um", 1, {}},
                       {"status", 1, {}},
                       {"traction_MPa", 3, {}},
                       {"micromotion_um", 3, {}}};
  const auto order  = output::lagrange_quadrilateral_order(space.degree());
  std::map<unsigned int, std::int64_t> points;
  for (const fem::InterfaceFace &place : fem::interface_faces(space))
  {
    const auto        nodes = nodes_of(space, place);
    const std::size_t first = data.connectivity.size();
    data.connectivity.resize(first + nodes.size());
    for (std::size_t i = 0; i < nodes.size(); ++i)
    {
      const auto [entry, is_new] =
        points.emplace(nodes[i], static_cast<std::int64_t>(points.size()));
      data.connectivity[first + order[i]] = entry->second;
      if (!is_new)
        continue;
      data.points.push_back(geometry.node(nodes[i]));
      for (unsigned int c = 0; c < 3; ++c)
      {
        const unsigned int entry_of_node = 3 * nodes[i] + c;
        const double       scalar        = scalars.local_element(entry_of_node);
        // Between points of different status the nearest counts.
        data.point_fields[c].values.push_back(c == 2 ? std::round(scalar)
                                                     : scalar);
        data.point_fields[3].values.push_back(
          tractions.local_element(entry_of_node));
        data.point_fields[4].values.push_back(
          motions.local_element(entry_of_node));
      }
    }
  }
  return data;
}
} // namespace miniscrew::report
