// SPDX-License-Identifier: LGPL-2.1-or-later
// Numbers that are measured at the end of a stage, whichever it is.
#pragma once

#include "solver/stages/stage.h"

#include <functional>
#include <optional>
#include <string>

namespace miniscrew::stages
{
/// A scalar result: what it means, and how it is measured.
struct Measurement
{
  report::Quantity quantity;
  std::string      stage; ///< at whose end
  /// The number, if this case has it. Collective.
  std::function<std::optional<double>(const StageContext &,
                                      const StageResult &)>
    value;
};

/// Adds one for the rest of the run, and its quantity.
void add_measurement(const Measurement &measurement);

/// Measures what is measured at the end of @p stage, into the @p summary.
/// Collective.
void measure(const Stage        &stage,
             const StageContext &context,
             const StageResult  &result,
             report::Record     &summary);
} // namespace miniscrew::stages
