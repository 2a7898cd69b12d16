// SPDX-License-Identifier: LGPL-2.1-or-later
// What speaks against a result because of the case that it is of.
#pragma once

#include "solver/base/warnings.h"
#include "solver/case/case.h"

namespace miniscrew::report
{
/// Cells that cannot see the thread, or are coarse beside the screw, or lock;
/// values that look like another unit; values that are assumed. Cells at the
/// interface are of @p interface_size, mm. Keys: thread_not_resolved,
/// coarse_mesh, locking, unlikely_units, assumed_values.
Warnings case_warnings(const Case &parameters, double interface_size);
} // namespace miniscrew::report
