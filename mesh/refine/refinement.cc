// SPDX-License-Identifier: LGPL-2.1-or-later
// Refinement of the reference mesh to sizes and by flags.
#include "mesh/refine/interface_refinement.h"
#include "mesh/refine/refinement_rule.h"

#include <deal.II/base/mpi.h>

namespace miniscrew::mesh
{
namespace
{
ReferenceCell
reference_cell(const Triangulation::active_cell_iterator &cell)
{
  ReferenceCell result;
  for (const unsigned int v : cell->vertex_indices())
    result.vertices[v] = cell->vertex(v);
  result.level = cell->level();
  return result;
}
} // namespace

void
refine_to_sizes(Triangulation      &triangulation,
                const ScrewBoneMap &map,
                const MeshSizes    &sizes)
{
  const unsigned int most_levels = 12;
  for (unsigned int cycle = 0; cycle < most_levels; ++cycle)
  {
    int flagged = 0;
    for (const auto &cell : triangulation.active_cell_iterators())
      if (cell->is_locally_owned() &&
          too_large(reference_cell(cell), map, sizes))
      {
        cell->set_refine_flag();
        flagged = 1;
      }
    const bool matching = flag_for_matching(triangulation);
    if (dealii::Utilities::MPI::max(flagged,
                                    triangulation.get_communicator()) == 0 &&
        !matching)
      return;
    triangulation.execute_coarsening_and_refinement();
  }
}
} // namespace miniscrew::mesh
