// SPDX-License-Identifier: LGPL-2.1-or-later
// Estimates of size, memory and time, and what is refused by them.
#include "solver/model/mesh_cost.h"

#include "mesh/refine/cell_count.h"

#include "solver/base/errors.h"
#include "solver/base/log.h"
#include "solver/base/machine_memory.h"
#include "solver/case/tables/stage_keys.h"

#include <deal.II/base/mpi.h>

#include <algorithm>
#include <cmath>

namespace miniscrew::model
{
namespace
{
// Nodes per cell, by degree: k^3 of a lattice, and what its surfaces and the
// nodes that hang add; measured on the cases that come with the program.
constexpr double nodes_per_cell[] = {1.3, 9.2, 29.5};

// Share by which the nodes of contact are more: the interface has them twice.
constexpr double paired_interface = 1.08;

// kB per unknown and MB of the program itself: of bonded runs as in the
// benchmark of the README, with a reserve; contact and histories of inelastic
// points are allowed for on top.
constexpr double mesh_only = 0.5, bonded = 1.9, contact = 2.6, inelastic = 2.2,
                 MB_per_rank = 170.;

// Microseconds of one core per unknown: of a linear solution with all that
// comes before and after (19 to 23 in the benchmark of the README, with a
// reserve), and of a Newton iteration, which takes about as long.
constexpr double linear_solution = 30., newton_iteration = 25.;

// Guesses of the Newton iterations of a step of load, of the insertion to a
// depth, and of a step of a test.
constexpr double per_load_step = 8., per_depth = 40., per_test_step = 6.;

// Numbers of unknowns and of values of all cells that are counted in 32 bits:
// rows of a PETSc matrix, and nodes of the cells of a rank.
constexpr double most_dofs = 2147483647., most_cell_values = 4294967295.;

bool
has_inelastic_body(const Case &c)
{
  return c.screw_material.is_inelastic() || c.near_cortex.is_inelastic() ||
         c.cancellous.is_inelastic() || c.far_cortex.is_inelastic();
}

double
newton_iterations(const Case &c)
{
  double n = 0.;
  if (c.is_inserted())
    n += per_depth * (c.insertion.depths + c.insertion.extra_depths);
  if (c.asks_for(service_stage))
    n += per_load_step * c.load.steps * (c.load.unload ? 2. : 1.);
  for (const StageEntry &stage : stage_entries())
    if (c.asks_for(stage.name))
      for (const StageKey &key : stage.keys)
        n += key.is_count ? per_test_step * c.count(key) : 0.;
  return n;
}

// The sizes of cells that are in force, as a remedy.
std::string
coarser(const Case &c)
{
  return format("use a larger discretisation.interface_size_mm (now %.3g) or "
                "far_size_mm (now %.3g)%s",
                c.discretisation.interface_size,
                c.discretisation.far_size,
                c.discretisation.degree > 1 ? ", a lower discretisation.degree"
                                            : "");
}
} // namespace

mesh::MapOptions
map_options(const Case &parameters)
{
  mesh::MapOptions options;
  options.far_size = parameters.discretisation.far_size;
  return options;
}

MeshSize
estimate_size(const mesh::ScrewBoneMap &map,
              const Case               &parameters,
              const double              interface_size,
              const unsigned int        n_samples)
{
  const Discretisation &wanted = parameters.discretisation;
  MeshSize              size;
  size.n_cells = mesh::estimate_cells(
    map,
    {interface_size, std::max(wanted.far_size, interface_size)},
    n_samples);
  size.n_dofs = 3. * nodes_per_cell[wanted.degree - 1] * size.n_cells *
                (parameters.interface.is_contact() ? paired_interface : 1.);
  return size;
}

double
estimate_memory(const Case     &parameters,
                const MeshSize &size,
                const Purpose   purpose,
                const int       n_ranks)
{
  double kilobytes = mesh_only;
  if (purpose == Purpose::run)
    kilobytes = (parameters.interface.is_contact() ? contact : bonded) +
                (has_inelastic_body(parameters) ? inelastic : 0.);
  return 1e-3 * kilobytes * size.n_dofs + MB_per_rank * n_ranks;
}

double
estimate_seconds(const Case     &parameters,
                 const MeshSize &size,
                 const int       n_ranks)
{
  const bool is_nonlinear =
    parameters.interface.is_contact() || has_inelastic_body(parameters);
  const double start = 1.;
  const double microseconds =
    linear_solution * (1 + parameters.discretisation.adaptive_cycles) +
    (is_nonlinear ? newton_iteration * newton_iterations(parameters) : 0.);
  return start + 1e-6 * microseconds * size.n_dofs / n_ranks;
}

void
refuse_too_large(const Case     &parameters,
                 const MeshSize &size,
                 const Purpose   purpose,
                 const MPI_Comm  communicator)
{
  const int n_ranks    = dealii::Utilities::MPI::n_mpi_processes(communicator);
  const unsigned int k = parameters.discretisation.degree + 1;
  const std::string  start = format("the mesh would have about %.2g cells and "
                                    "%.2g degrees of freedom",
                                   size.n_cells,
                                   size.n_dofs);
  if (size.n_dofs > most_dofs ||
      size.n_cells * k * k * k / n_ranks > most_cell_values)
    throw UserError(start +
                    format(", more than indices of 32 bits can count (%.3g, on "
                           "this number of ranks); ",
                           std::min(most_dofs,
                                    most_cell_values * n_ranks / (k * k * k) *
                                      size.n_dofs / size.n_cells)) +
                    coarser(parameters));
  const double needed     = estimate_memory(parameters, size, purpose, n_ranks);
  const MemoryLimit limit = memory_limit(communicator);
  if (needed > limit.megabytes)
    throw UserError(
      start +
      format(", which take about %.3g MB of memory, but %.3g MB are %s; ",
             needed,
             limit.megabytes,
             limit.source.c_str()) +
      coarser(parameters) +
      ", or more nodes (MINISCREW_MEMORY_MB sets another limit)");
}

void
refuse_too_large(const Case    &parameters,
                 const Purpose  purpose,
                 const MPI_Comm communicator)
{
  const mesh::ScrewSurface surface(parameters.screw);
  const mesh::ScrewBoneMap map(
    surface, parameters.site, map_options(parameters));
  refuse_too_large(
    parameters,
    estimate_size(map, parameters, parameters.discretisation.interface_size),
    purpose,
    communicator);
}
} // namespace miniscrew::model
