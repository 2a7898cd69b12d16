// SPDX-License-Identifier: LGPL-2.1-or-later
// Insertion, seating and tests as numbers, curves and lines.
#pragma once

#include "solver/base/log.h"
#include "solver/output/curve.h"
#include "solver/stages/driven_tests.h"
#include "solver/stages/insertion_curve.h"

#include <nlohmann/json.hpp>

#include <vector>

namespace miniscrew
{
/// summary.json's insertion: the technique and its parameters, the torque
/// curve of @p points (by depth, the last at the full one), its peak, the
/// screw's torsional strength, and what insertion did to bone and screw.
/// Collective.
nlohmann::json
insertion_summary(const stages::Model                       &model,
                  const stages::ServiceState                &state,
                  const std::vector<stages::InsertionPoint> &points);

/// summary.json's seating: what stays when the driver is let go. Collective.
nlohmann::json seating_summary(const stages::Model        &model,
                               const stages::ServiceState &state);

/// summary.json's pullout, sideways or removal. @p test says which.
/// @p displacement is that at its end. Collective.
nlohmann::json test_summary(const stages::Model          &model,
                            const stages::ServiceState   &state,
                            const linear::Vector<double> &displacement,
                            Test                          test,
                            const stages::TestResult     &result);

/// "pullout", "sideways", "removal" or "service".
std::string name_of(Test test);

/// For HDF5 and CSV.
output::Curve
insertion_curve(const std::vector<stages::InsertionPoint> &points);
output::Curve test_curve(Test test, const stages::TestResult &result);

/// The main numbers of insertion, seating and tests as lines, with thresholds
/// of the literature beside them.
void log_stability(const nlohmann::json &summary, Log &log);
} // namespace miniscrew
