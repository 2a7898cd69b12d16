// SPDX-License-Identifier: LGPL-2.1-or-later
// Members of points and measures one by one, for checkpoints.
#include "solver/base/errors.h"
#include "solver/report/needed.h"
#include "solver/stages/insertion_record.h"

#include <cstdint>
#include <string>
#include <type_traits>
#include <vector>

namespace miniscrew::stages
{
namespace
{
using report::Record;

// A member more or less must be named below, and makes another version of the
// format of checkpoints.
static_assert(sizeof(InsertionPoint) == 272);
static_assert(sizeof(contact::InterfaceMeasures) == 224);

template <typename Loads, typename Visit>
void
for_bound(Visit &visit, const std::string &bound, Loads &loads)
{
  visit((bound + "_torque_N_mm").c_str(), loads.torque);
  visit((bound + "_contact_force_N").c_str(), loads.contact_force);
  visit((bound + "_mean_pressure_MPa").c_str(), loads.mean_pressure);
  visit((bound + "_safety_factor").c_str(), loads.safety_factor);
}

template <typename Point, typename Visit>
void
for_members(Visit &visit, Point &point, const InsertionPoint &)
{
  visit("depth_mm", point.depth);
  visit("friction_N_mm", point.loads.friction);
  visit("flanks_N_mm", point.loads.flanks);
  visit("cutting_N_mm", point.loads.cutting);
  visit("axial_force_N", point.loads.axial_force);
  visit("normal_force_N", point.loads.normal_force);
  visit("torsional_strength_N_mm", point.torsion.strength);
  visit("first_yield_N_mm", point.torsion.first_yield);
  visit("safety_factor", point.torsion.safety_factor);
  visit("section_mm", point.torsion.section);
  for_bound(visit, "low", point.low);
  for_bound(visit, "high", point.high);
  visit("is_led", point.is_led);
  visit("max_pressure_MPa", point.max_pressure);
  visit("mean_pressure_MPa", point.mean_pressure);
  visit("contact_area_mm2", point.contact_area);
  visit("max_interference_mm", point.max_interference);
  visit("balance_error", point.balance_error);
  visit("yielding_share", point.yielding_share);
  visit("inelastic_mm3", point.inelastic_mm3);
  visit("newton_iterations", point.newton_iterations);
  visit("linear_iterations", point.linear_iterations);
  visit("steps", point.steps);
  visit("n_dofs", point.n_dofs);
  visit("seconds", point.seconds);
}

template <typename Measures, typename Visit>
void
for_members(Visit &visit, Measures &m, const contact::InterfaceMeasures &)
{
  visit("open_area_mm2", m.open_area);
  visit("stick_area_mm2", m.stick_area);
  visit("slip_area_mm2", m.slip_area);
  visit("penetration_mm", m.penetration.value);
  visit("penetration_place_mm", m.penetration.place);
  visit("pressure_MPa", m.pressure.value);
  visit("pressure_place_mm", m.pressure.place);
  visit("stick_violation_mm", m.stick_violation.value);
  visit("stick_violation_place_mm", m.stick_violation.place);
  visit("micromotion_um", m.micromotion.value);
  visit("micromotion_place_mm", m.micromotion.place);
  visit("mean_micromotion_um", m.mean_micromotion);
  visit("force_N", m.force);
  visit("normal_force_N", m.normal_force);
  visit("regularising_force_N", m.regularising_force);
  visit("contact_force_N", m.contact_force);
  visit("dissipation_N_mm", m.dissipation);
  visit("n_changes", m.n_changes);
}

/// Puts members into a record.
class Writer
{
public:
  explicit Writer(Record &record)
    : record_(record)
  {}

  template <typename T>
  void
  operator()(const char *name, const T &value)
  {
    if constexpr (std::is_integral_v<T>)
      record_.set_value(name, static_cast<std::uint64_t>(value));
    else if constexpr (std::is_floating_point_v<T>)
      record_.set_value(name, value);
    else
      record_.set_value(name, std::vector<double>(value.begin(), value.end()));
  }

private:
  Record &record_;
};

/// Takes members from a record that has nothing else.
class Reader
{
public:
  explicit Reader(const Record &record)
    : record_(record)
  {}

  template <typename T>
  void
  operator()(const char *name, T &value)
  {
    value = report::needed<T>(record_, name);
    ++n_members_;
  }

  void
  check_no_more() const
  {
    if (record_.values().size() != n_members_ || !record_.parts().empty() ||
        !record_.lists().empty())
      throw IoError("its header has names that are not known");
  }

private:
  const Record &record_;
  std::size_t   n_members_ = 0;
};

template <typename T>
Record
written(const T &value)
{
  Record record;
  Writer writer(record);
  for_members(writer, value, value);
  return record;
}

template <typename T>
T
taken(const Record &record)
{
  T      value;
  Reader reader(record);
  for_members(reader, value, value);
  reader.check_no_more();
  return value;
}
} // namespace

Record
record_of(const InsertionPoint &point)
{
  return written(point);
}

InsertionPoint
insertion_point_from(const Record &record)
{
  return taken<InsertionPoint>(record);
}

Record
record_of(const contact::InterfaceMeasures &measures)
{
  return written(measures);
}

contact::InterfaceMeasures
measures_from(const Record &record)
{
  return taken<contact::InterfaceMeasures>(record);
}
} // namespace miniscrew::stages
