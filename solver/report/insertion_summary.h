// SPDX-License-Identifier: LGPL-2.1-or-later
// Insertion, seating and tests as numbers, curves and lines.
#pragma once

#include "solver/base/log.h"
#include "solver/output/curve.h"
#include "solver/stages/driven_tests.h"
#include "solver/stages/insertion_curve.h"

#include <nlohmann/json.hpp>

#include <vector>

namespace miniscrew::report
{
/// summary.json's insertion: the technique and its parameters, the torque
/// curve of @p points (by depth), its peak, the screw's torsional strength,
/// what insertion did to bone and screw, and the depths that @p failed. What
/// is of the full depth is left out if that is among them. Collective.
nlohmann::json
insertion_summary(const model::Model                        &model,
                  const stages::ServiceState                &state,
                  const std::vector<stages::InsertionPoint> &points,
                  const std::vector<stages::DepthOutcome>   &failed);

/// summary.json's seating or press_fit: what stays when the driver is let go,
/// or what the overlap of screw and bone does; where the load starts from.
/// Collective.
nlohmann::json seating_summary(const model::Model         &model,
                               const stages::ServiceState &state);

/// summary.json's pullout, sideways or removal. @p test says which.
nlohmann::json test_summary(const model::Model       &model,
                            const std::string        &test,
                            const stages::TestResult &result);

/// For HDF5 and CSV, by depth. Depths that @p failed have not-a-number in all
/// columns but the first.
output::Curve insertion_curve(const std::vector<stages::InsertionPoint> &points,
                              const std::vector<stages::DepthOutcome> &failed);
output::Curve test_curve(const std::string        &test,
                         const stages::TestResult &result);

/// The main numbers of insertion, seating and tests as lines, with thresholds
/// of the literature beside them.
void log_stability(const nlohmann::json &summary, Log &log);
} // namespace miniscrew::report
