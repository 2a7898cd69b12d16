// SPDX-License-Identifier: LGPL-2.1-or-later
// Torque curves as records and curves.
#pragma once

#include "solver/output/curve.h"
#include "solver/report/record.h"
#include "solver/stages/insertion_curve.h"

#include <vector>

namespace miniscrew::stages
{
/// summary.json's insertion but for the bodies: the technique and its
/// parameters, the torque curve of @p points (by depth), its peak, the screw's
/// torsional strength, and the depths that @p failed. What is of the full
/// depth is left out if that is among them.
report::Record insertion_record(const model::Model                &model,
                                const Case                        &input,
                                const std::vector<InsertionPoint> &points,
                                const std::vector<DepthOutcome>   &failed);

/// By depth. Depths that @p failed have not-a-number in all columns but the
/// first.
output::Curve insertion_curve(const std::vector<InsertionPoint> &points,
                              const std::vector<DepthOutcome>   &failed);

/// All members of a point, in its units, for checkpoints; and back. IoError if
/// one is missing.
report::Record record_of(const InsertionPoint &point);
InsertionPoint insertion_point_from(const report::Record &record);

/// The same of what was measured at an interface.
report::Record record_of(const contact::InterfaceMeasures &measures);
contact::InterfaceMeasures measures_from(const report::Record &record);
} // namespace miniscrew::stages
