// SPDX-License-Identifier: LGPL-2.1-or-later
// Torque over depth.
#pragma once

#include "solver/stages/depth_groups.h"
#include "solver/stages/insertion_march.h"

#include <vector>

namespace miniscrew::stages
{
/// Depths that a torque curve begins with, evenly spaced, without the full
/// depth.
std::vector<double> first_depths(const Case &parameters);

/// The case with the screw at a depth on the way in.
Case at_depth(const Case &parameters, double depth);

/// At most @p n further depths, in the middle of intervals next to where the
/// torque of @p points (by depth) bends most.
std::vector<double>
depths_where_it_bends(const std::vector<InsertionPoint> &points,
                      unsigned int                       n);

/// Inserts the screw to each of the depths, every time from the untouched bone
/// and on a mesh of its own. With many ranks, groups of them work on different
/// depths at a time; @p n_dofs of the full depth tells how many ranks a depth
/// can use. A depth that fails in whatever way, such as without convergence or
/// with a mesh that folds there, costs itself only. @p tell hears of each
/// depth, when it is in the log. Collective; the same on all ranks.
void insertion_points(const Case                &parameters,
                      const std::vector<double> &depths,
                      std::uint64_t              n_dofs,
                      Log                       &log,
                      const std::function<void(const DepthOutcome &)> &tell);

/// One line on a point.
std::string line_of(const InsertionPoint &point);

/// What may help where insertion to a depth failed with this sentence: the
/// sentence with advice, if it has none.
std::string with_advice(const std::string &failure);
} // namespace miniscrew::stages
