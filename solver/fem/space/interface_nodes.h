// SPDX-License-Identifier: LGPL-2.1-or-later
// Nodes of screw and bone that lie on each other on a paired interface mesh.
#pragma once

#include "mesh/refine/reference_mesh.h"

#include <deal.II/dofs/dof_handler.h>

#include <cstdint>
#include <functional>

namespace miniscrew::fem
{
/// Calls action(screw node, bone node), with global numbers, for each pair of
/// coincident nodes on those interface faces whose two cells are known to this
/// rank (owned or ghosts); nodes of several faces come several times. Cells at
/// the interface have equal levels on both sides, so nodes match one to one,
/// by their reference positions. Not collective.
void match_interface_nodes(
  const mesh::Triangulation                                  &triangulation,
  const dealii::DoFHandler<3>                                &dof_handler,
  const std::function<void(dealii::types::global_dof_index,
                           dealii::types::global_dof_index)> &action);

class NodeSpace;

/// Nodes of the interface of a space whose bodies are separate, all ranks
/// together.
struct InterfaceCensus
{
  std::uint64_t n_screw = 0, n_bone = 0; ///< nodes of each side
  std::uint64_t n_pairs = 0;             ///< pairs of free nodes
  /// Coincident nodes that hang on both sides, with the same weights: their
  /// jump is that of the pairs they hang on.
  std::uint64_t n_hanging   = 0;
  std::uint64_t n_one_sided = 0; ///< that hang on one side alone: no partner
};

/// Counts the nodes of the interface. Collective.
InterfaceCensus interface_census(const NodeSpace &space);
} // namespace miniscrew::fem
