// SPDX-License-Identifier: LGPL-2.1-or-later
// What speaks against a result because of what came out.
#pragma once

#include "solver/base/log.h"
#include "solver/base/warnings.h"
#include "solver/case/case.h"
#include "solver/report/record.h"

namespace miniscrew::report
{
/// Screws that yield, motions and strains that small strain does not cover,
/// springs that carry, and stages that came to no end, by the numbers of
/// @p summary, of whose other keys none needs to be there. Keys: screw_yields,
/// large_strain, large_slip, large_motion, springs_carry, incomplete,
/// not_finite.
Warnings result_warnings(const Case &input, const Record &summary);

/// Those and the ones of the case, with cells at the interface of
/// @p interface_size (mm).
Warnings
all_warnings(const Case &input, double interface_size, const Record &summary);

/// Puts them into a summary, in place of what is there.
void set_warnings(Record &summary, const Warnings &warnings);

/// The warnings of a summary as lines; none if it has none.
void log_warnings(const Record &summary, Log &log);
} // namespace miniscrew::report
