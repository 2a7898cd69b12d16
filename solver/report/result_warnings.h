// SPDX-License-Identifier: LGPL-2.1-or-later
// What speaks against a result because of what came out.
#pragma once

#include "solver/base/log.h"
#include "solver/base/warnings.h"
#include "solver/case/case.h"

#include <nlohmann/json.hpp>

namespace miniscrew::report
{
/// Screws that yield, motions and strains that small strain does not cover,
/// springs that carry, and stages that came to no end, by the numbers of
/// @p summary, of whose other keys none needs to be there. Keys: screw_yields,
/// large_strain, large_slip, large_motion, springs_carry, incomplete,
/// not_finite.
Warnings result_warnings(const Case &parameters, const nlohmann::json &summary);

/// summary.json's warnings: those of the case, with cells at the interface of
/// @p interface_size (mm), of its result, and @p of_stages.
nlohmann::json all_warnings(const Case           &parameters,
                            double                interface_size,
                            const nlohmann::json &summary,
                            const Warnings       &of_stages);

/// The warnings of a summary as lines; none if it has none.
void log_warnings(const nlohmann::json &summary, Log &log);
} // namespace miniscrew::report
