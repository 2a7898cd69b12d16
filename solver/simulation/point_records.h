// SPDX-License-Identifier: LGPL-2.1-or-later
// What inelastic points remember, as records of checkpoints.
#pragma once

#include "solver/fem/operator/material_points.h"
#include "solver/output/checkpoint.h"

#include <string>
#include <vector>

namespace miniscrew::simulation
{
/// Owned cells in the order of p4est, which does not depend on the ranks.
std::vector<std::size_t> cells_in_order(const fem::NodeSpace &space);

/// Records called @p name + "_BODY_LAW" for each inelastic body, a row for each
/// of its cells: the states of its points, as many numbers each as the law has.
/// @p states are as those of MaterialPoints::states().
std::vector<output::CellRecords>
point_records(const std::string         &name,
              const fem::MaterialPoints &points,
              const std::vector<double> &states);

/// The states in such records. IoError on all ranks if there are none of the
/// bodies' laws, or if they have other sizes. Collective.
std::vector<double> point_states(const std::string         &name,
                                 const fem::MaterialPoints &points,
                                 const output::Checkpoint  &file);
} // namespace miniscrew::simulation
