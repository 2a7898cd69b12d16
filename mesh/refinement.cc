// SPDX-License-Identifier: LGPL-2.1-or-later
// Refinement of the reference mesh to sizes and by flags.
#include "mesh/reference_mesh.h"

#include <deal.II/base/mpi.h>

#include <algorithm>
#include <cmath>

namespace miniscrew::mesh
{
namespace
{
constexpr double pi = 3.14159265358979323846;

// A cell is refined while it is this much larger than the size aimed at;
// sizes then end up between 0.6 and 1.25 of the aim.
constexpr double tolerance = 1.25;

enum class Nearness
{
  far,
  above_bone, // at the screw's free surface
  interface
};

Nearness
nearness(const Triangulation::active_cell_iterator &cell,
         const ScrewBoneMap                        &map)
{
  const double tip = map.tip_layer(), surface = map.surface_layer(),
               close = 1e-9;
  double   nearest = 1e6, furthest = 0., lowest = 1e6, highest = 0.;
  for (const unsigned int v : cell->vertex_indices())
    {
      const dealii::Point<3> &p = cell->vertex(v);
      nearest                   = std::min(nearest, gauge(p));
      furthest                  = std::max(furthest, gauge(p));
      lowest                    = std::min(lowest, p[2]);
      highest                   = std::max(highest, p[2]);
    }
  // Neither the core of the screw nor the bone beyond the thread's ripple.
  const bool beside = furthest > 2. - close ?
                        nearest < 2. + close || map.feels_thread(nearest) :
                        map.feels_thread(furthest - close);
  const bool at_tip = nearest < 2. && lowest < tip + close &&
                      highest > tip - close;
  if (at_tip || (beside && highest > tip - close && lowest < surface + close))
    return Nearness::interface;
  return beside && lowest > surface - close ? Nearness::above_bone :
                                              Nearness::far;
}

// Largest edge of a cell at the screw (its share of the circumference, or of the
// coarse layer's height) per aim. Where the column is thin, at the tip, smaller
// cells are asked for, in half as strong a proportion as it is thinner.
double
relative_size(const Triangulation::active_cell_iterator &cell,
              const ScrewBoneMap                        &map,
              const double                               aim)
{
  const auto layer =
    std::min(static_cast<unsigned int>(cell->center()[2]), map.n_layers() - 1);
  const double z   = map.position({{0., 0., cell->center()[2]}})[2];
  const double arc = 2. * pi * map.column_radius(z) / 8.;
  const double thinness =
    std::min(1., map.column_radius(z) / map.largest_radius());
  return std::max(arc, map.layer_height(layer)) / (1 << cell->level()) /
         (aim * std::sqrt(thinness));
}

bool
too_large(const Triangulation::active_cell_iterator &cell,
          const ScrewBoneMap                        &map,
          const MeshSizes                           &sizes)
{
  const double far = map.widest_cell() / (1 << cell->level());
  if (far > tolerance * sizes.far_size)
    return true;
  const Nearness near = nearness(cell, map);
  if (near == Nearness::far)
    return false;
  const double aim = (near == Nearness::interface ? 1. : 2.) *
                     sizes.interface_size;
  return relative_size(cell, map, aim) > tolerance;
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
        if (cell->is_locally_owned() && too_large(cell, map, sizes))
          {
            cell->set_refine_flag();
            flagged = 1;
          }
      if (dealii::Utilities::MPI::max(flagged,
                                      triangulation.get_communicator()) == 0)
        return;
      triangulation.execute_coarsening_and_refinement();
    }
}
} // namespace miniscrew::mesh
