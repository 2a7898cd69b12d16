// SPDX-License-Identifier: LGPL-2.1-or-later
// The state that loads start from.
#include "solver/stages/preparation_end.h"

#include "solver/model/bone_statistics.h"
#include "solver/report/quantities.h"
#include "solver/stages/strain_record.h"

#include <algorithm>

namespace miniscrew::stages
{
namespace quantity = report::quantity;

void
end_preparation(const StageContext     &context,
                linear::Vector<double> &displacement,
                const report::Quantity &mean_pressure,
                StageResult            &result)
{
  equilibrium::EquilibriumProblem &problem = *context.problem;
  begin_loads(context, displacement);
  result.end                                   = problem.state(displacement);
  result.measures                              = problem.interface().measures();
  const contact::InterfaceMeasures &m          = result.measures;
  const model::StrainStatistics     statistics = model::strain_statistics(
    context.model, {&result.end.displacement, problem.points()});
  result.numbers = bodies_record(statistics);
  result.numbers.set(quantity::max_pressure, m.pressure.value)
    .set(quantity::open_area, m.open_area)
    .set(quantity::stick_area, m.stick_area)
    .set(quantity::slip_area, m.slip_area)
    .set(mean_pressure,
         m.normal_force / std::max(m.stick_area + m.slip_area, 1e-300))
    .set(quantity::normal_force, m.normal_force)
    .set(quantity::elastic_energy, statistics.energy);
}
} // namespace miniscrew::stages
