// SPDX-License-Identifier: LGPL-2.1-or-later
// Bodies, quantiles and observables by quantity.
#include "solver/stages/strain_record.h"

#include "solver/report/quantities.h"

namespace miniscrew::stages
{
namespace
{
namespace part     = report::part;
namespace quantity = report::quantity;
using report::Quantity;
using report::Record;

void
set(Record &record, const model::Quantiles &numbers)
{
  record.set(quantity::p99, numbers.p99)
    .set(quantity::p99_9, numbers.p99_9)
    .set(quantity::max_singular, numbers.maximum);
}

// Laws name their observables.
Quantity
quantity_of(const materials::Observable &observable)
{
  return {"**.inelastic",
          observable.key(),
          observable.unit,
          observable.name,
          observable.sentence};
}

void
set_observables(Record &record, const model::BodyNumbers &numbers)
{
  for (const model::ObservableNumbers &number : numbers.observables)
    if (number.values)
      set(record.part(number.observable.key()), *number.values);
    else
      record.set(quantity_of(number.observable), number.volume);
}

void
set_bone(Record &record, const model::BodyNumbers &numbers)
{
  set(record.part(part::max_principal_strain), numbers.tension);
  set(record.part(part::min_principal_strain), numbers.compression);
  const Quantity *windows[model::n_windows] = {&quantity::window_disuse,
                                               &quantity::window_adapted,
                                               &quantity::window_mild_overload,
                                               &quantity::window_overload,
                                               &quantity::window_pathologic};
  for (unsigned int w = 0; w < model::n_windows; ++w)
    record.part(part::mechanostat).set(*windows[w], numbers.windows[w]);
}

void
set_screw(Record &record, const model::BodyNumbers &numbers)
{
  record.set(quantity::max_von_mises, numbers.von_mises.maximum);
  if (numbers.yield_ratio)
    record.set(quantity::yield_ratio, *numbers.yield_ratio);
}
} // namespace

Record
bodies_record(const model::StrainStatistics &statistics)
{
  Record result;
  result.part(part::bone);
  result.part(part::screw);
  for (unsigned int body = 0; body < mesh::n_bodies; ++body)
  {
    if (!statistics.bodies[body])
      continue;
    const model::BodyNumbers &numbers  = *statistics.bodies[body];
    const bool                is_screw = body == mesh::screw_id;
    Record                   &record   = is_screw
                                           ? result.part(part::screw)
                                           : result.part(part::bone).part(model::body_names[body]);
    record.set(quantity::volume, numbers.volume);
    set(record.part(part::von_mises_stress), numbers.von_mises);
    if (!numbers.observables.empty())
      set_observables(record.part(part::inelastic), numbers);
    if (is_screw)
      set_screw(record, numbers);
    else
      set_bone(record, numbers);
  }
  if (statistics.shell)
  {
    Record &shell = result.part(part::bone).part(part::shell);
    shell.set(quantity::volume, statistics.shell->volume);
    set(shell.part(part::max_principal_strain), statistics.shell->tension);
  }
  if (statistics.total)
    result.part(part::total) = bodies_record(*statistics.total);
  return result;
}

Record
strain_record(const model::StrainStatistics &statistics)
{
  Record result = bodies_record(statistics);
  result.set(quantity::energy_change, statistics.energy)
    .set(quantity::screw_rotation, statistics.screw_rotation);
  if (statistics.total)
    result.part(part::total)
      .set(quantity::strain_energy, statistics.total->energy)
      .set(quantity::screw_rotation, statistics.total->screw_rotation);
  else
    result.set(quantity::strain_energy, statistics.energy);
  return result;
}
} // namespace miniscrew::stages
