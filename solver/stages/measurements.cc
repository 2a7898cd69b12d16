// SPDX-License-Identifier: LGPL-2.1-or-later
// One row for each measurement.
#include "solver/stages/measurements.h"

#include "solver/report/quantities.h"
#include "solver/stages/orthodontic_load.h"

#include <vector>

namespace miniscrew::stages
{
namespace
{
// Mean displacement of the screw's top face, if the load is on it.
std::optional<double>
mean_top_displacement(const StageContext &context, const StageResult &result)
{
  const OrthodonticLoad load = load_of(context.model, context.input);
  if (!load.on_top)
    return {};
  return load_patch(context.model, load)
    .mean(moved_since(
      context.model, context.reference, result.end.displacement))[0];
}

std::vector<Measurement> &
library()
{
  static std::vector<Measurement> all = {
    {report::quantity::top_displacement, "service", mean_top_displacement}};
  return all;
}
} // namespace

void
add_measurement(const Measurement &measurement)
{
  report::add_quantity(measurement.quantity);
  library().push_back(measurement);
}

void
measure(const Stage        &stage,
        const StageContext &context,
        const StageResult  &result,
        report::Record     &summary)
{
  for (const Measurement &measurement : library())
    if (measurement.stage == stage.name())
      if (const auto value = measurement.value(context, result))
        summary.at(measurement.quantity.place)
          .set(measurement.quantity, *value);
}
} // namespace miniscrew::stages
