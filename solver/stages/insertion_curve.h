// SPDX-License-Identifier: LGPL-2.1-or-later
// Torque over depth.
#pragma once

#include "solver/stages/insertion.h"

#include <vector>

namespace miniscrew::stages
{
/// Depths that a torque curve begins with, evenly spaced, without the full
/// depth.
std::vector<double> first_depths(const Case &parameters);

/// At most @p n further depths, in the middle of intervals next to where the
/// torque of @p points (by depth) bends most.
std::vector<double>
depths_where_it_bends(const std::vector<InsertionPoint> &points,
                      unsigned int                       n);

/// Inserts the screw to each of the depths, every time from the untouched bone
/// and on a mesh of its own. With many ranks, groups of them work on different
/// depths at a time; @p n_dofs of the full depth tells how many ranks a depth
/// can use. @p keep is told of points as they are found. Throws
/// ConvergenceError. Collective; the same on all ranks.
std::vector<InsertionPoint>
insertion_points(const Case                                        &parameters,
                 const std::vector<double>                         &depths,
                 std::uint64_t                                      n_dofs,
                 Log                                               &log,
                 const std::function<void(const InsertionPoint &)> &keep = {});

/// One line on a point.
std::string line_of(const InsertionPoint &point);
} // namespace miniscrew::stages
