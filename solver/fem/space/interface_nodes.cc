// SPDX-License-Identifier: LGPL-2.1-or-later
// Matching of nodes across the periodic faces of the interface.
#include "solver/fem/space/interface_nodes.h"

#include "solver/fem/space/node_space.h"
#include "solver/fem/space/reference_element.h"

#include <deal.II/dofs/dof_tools.h>

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

InterfaceCensus
interface_census(const NodeSpace &space)
{
  const dealii::IndexSet &owned = space.dof_handler().locally_owned_dofs();
  dealii::IndexSet        relevant;
  dealii::DoFTools::extract_locally_relevant_dofs(space.dof_handler(),
                                                  relevant);
  // What a node is: the owner of one need not have a face with it.
  enum : int
  {
    elsewhere,
    free_pair,
    hangs_on_both,
    hangs_on_one
  };
  linear::Vector<double> kinds(
    std::make_shared<const dealii::Utilities::MPI::Partitioner>(
      owned, relevant, space.communicator())),
    on_bone(kinds);
  const auto &hanging = space.hanging_nodes();
  match_interface_nodes(
    space.triangulation(),
    space.dof_handler(),
    [&](const auto screw, const auto bone) {
      const bool a = hanging.is_constrained(screw),
                 b = hanging.is_constrained(bone);
      kinds(screw) = a && b ? hangs_on_both : a != b ? hangs_on_one : free_pair;
      on_bone(bone) = 1.;
    });
  kinds.compress(dealii::VectorOperation::max);
  on_bone.compress(dealii::VectorOperation::max);
  std::array<std::uint64_t, 5> n{};
  for (unsigned int i = 0; i < kinds.locally_owned_size(); ++i)
  {
    ++n[static_cast<int>(kinds.local_element(i))];
    n[4] += on_bone.local_element(i) > 0. ? 1 : 0;
  }
  n[elsewhere] = 0;
  MPI_Allreduce(MPI_IN_PLACE,
                n.data(),
                static_cast<int>(n.size()),
                MPI_UINT64_T,
                MPI_SUM,
                space.communicator());
  return {n[free_pair] + n[hangs_on_both] + n[hangs_on_one],
          n[4],
          n[free_pair],
          n[hangs_on_both],
          n[hangs_on_one]};
}
} // namespace miniscrew::fem
