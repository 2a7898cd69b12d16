// SPDX-License-Identifier: LGPL-2.1-or-later
// The main numbers of insertion, seating and tests as lines.
#pragma once

#include "solver/base/log.h"
#include "solver/report/record.h"

namespace miniscrew::report
{
/// With thresholds of the literature beside them.
void log_stability(const Record &summary, Log &log);
} // namespace miniscrew::report
