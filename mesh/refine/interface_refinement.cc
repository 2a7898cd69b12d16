// SPDX-License-Identifier: LGPL-2.1-or-later
// Flags of cells that would keep nodes of the interface from matching.
#include "mesh/refine/interface_refinement.h"

#include <deal.II/base/mpi.h>

#include <set>

namespace miniscrew::mesh
{
namespace
{
using Cell = Triangulation::active_cell_iterator;

bool
is_interface_face(const Cell &cell, const unsigned int face)
{
  return cell->at_boundary(face) &&
         (cell->face(face)->boundary_id() == boundary::interface_screw ||
          cell->face(face)->boundary_id() == boundary::interface_bone);
}

// Lines of the interface faces of the cells that this rank sees. Screw and bone
// have lines of their own.
std::set<int>
interface_lines(const Triangulation &triangulation)
{
  std::set<int> lines;
  for (const auto &cell : triangulation.active_cell_iterators())
    if (!cell->is_artificial())
      for (const unsigned int f : cell->face_indices())
        if (is_interface_face(cell, f))
          for (const unsigned int l : cell->face(f)->line_indices())
            lines.insert(cell->face(f)->line_index(l));
  return lines;
}

// Whether the cell on the other side of the interface is finer.
bool
has_finer_partner(const Cell &cell)
{
  for (const unsigned int f : cell->face_indices())
    if (cell->has_periodic_neighbor(f) &&
        cell->periodic_neighbor(f)->has_children())
      return true;
  return false;
}

bool
has_line_in_interface_face(const Cell &cell, const int line)
{
  for (const unsigned int f : cell->face_indices())
    if (is_interface_face(cell, f))
      for (const unsigned int l : cell->face(f)->line_indices())
        if (static_cast<int>(cell->face(f)->line_index(l)) == line)
          return true;
  return false;
}

// Whether nodes of finer interface faces hang on an edge of the cell that is
// none of its own interface faces': then they do not hang on the other side.
bool
makes_nodes_hang_on_one_side(const Cell &cell, const std::set<int> &lines)
{
  for (const unsigned int l : cell->line_indices())
  {
    const auto line = cell->line(l);
    if (line->has_children() &&
        (lines.count(line->child_index(0)) > 0 ||
         lines.count(line->child_index(1)) > 0) &&
        !has_line_in_interface_face(cell, static_cast<int>(line->index())))
      return true;
  }
  return false;
}
} // namespace

bool
flag_for_matching(Triangulation &triangulation)
{
  const std::set<int> lines   = interface_lines(triangulation);
  int                 flagged = 0;
  for (const auto &cell : triangulation.active_cell_iterators())
    if (cell->is_locally_owned() &&
        (has_finer_partner(cell) || makes_nodes_hang_on_one_side(cell, lines)))
    {
      cell->set_refine_flag();
      flagged = 1;
    }
  return dealii::Utilities::MPI::max(flagged,
                                     triangulation.get_communicator()) > 0;
}

void
refine_for_matching(Triangulation &triangulation)
{
  while (flag_for_matching(triangulation))
    triangulation.execute_coarsening_and_refinement();
}
} // namespace miniscrew::mesh
