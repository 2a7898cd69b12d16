// SPDX-License-Identifier: LGPL-2.1-or-later
// Matching of nodes across the periodic faces of the interface.
#include "solver/fem/interface_nodes.h"

#include "solver/fem/node_space.h"
#include "solver/fem/reference_element.h"

#include <array>
#include <cmath>
#include <map>

namespace miniscrew::fem
{
namespace
{
using Key = std::array<long, 3>;

// Reference position and global number of the nodes of one face.
std::map<Key, dealii::types::global_dof_index>
face_nodes(const dealii::DoFHandler<3>              &dof_handler,
           const mesh::Triangulation::cell_iterator &cell,
           const unsigned int                        face)
{
  const unsigned int degree = dof_handler.get_fe().degree, n = degree + 1;
  const Basis1D      basis(degree, 1);
  const auto         order = lexicographic_to_hierarchic(degree);
  const dealii::DoFHandler<3>::active_cell_iterator dof_cell(
    &dof_handler.get_triangulation(),
    cell->level(),
    cell->index(),
    &dof_handler);
  std::vector<dealii::types::global_dof_index> indices(n * n * n);
  dof_cell->get_dof_indices(indices);
  std::map<Key, dealii::types::global_dof_index> result;
  for (const unsigned int i : nodes_on_face(degree, face))
  {
    const unsigned int     index[3] = {i % n, i / n % n, i / (n * n)};
    const dealii::Point<3> x        = reference_point(
      cell,
      {{basis.nodes[index[0]], basis.nodes[index[1]], basis.nodes[index[2]]}});
    const double resolution = 1e6; // per unit of the coarse mesh
    result[Key{{std::lround(x[0] * resolution),
                std::lround(x[1] * resolution),
                std::lround(x[2] * resolution)}}] = indices[order[i]];
  }
  return result;
}
} // namespace

void
match_interface_nodes(
  const mesh::Triangulation                                  &triangulation,
  const dealii::DoFHandler<3>                                &dof_handler,
  const std::function<void(dealii::types::global_dof_index,
                           dealii::types::global_dof_index)> &action)
{
  for (const auto &cell : triangulation.active_cell_iterators())
  {
    if (cell->is_artificial() || cell->material_id() != mesh::screw_id)
      continue;
    for (const unsigned int f : cell->face_indices())
    {
      if (!cell->has_periodic_neighbor(f))
        continue;
      const auto twin = cell->periodic_neighbor(f);
      if (twin->is_artificial())
        continue;
      AssertThrow(twin->is_active() && twin->level() == cell->level(),
                  dealii::ExcMessage("levels differ across the interface"));
      const auto bone =
        face_nodes(dof_handler, twin, cell->periodic_neighbor_face_no(f));
      for (const auto &[key, screw_node] : face_nodes(dof_handler, cell, f))
        action(screw_node, bone.at(key));
    }
  }
}
} // namespace miniscrew::fem
