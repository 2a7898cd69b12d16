// SPDX-License-Identifier: LGPL-2.1-or-later
// Headers of checkpoints as JSON, number by number.
#include "solver/simulation/checkpoint_header.h"

#include "solver/base/errors.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

namespace miniscrew::simulation
{
namespace
{
using Json = nlohmann::json;

// A member more or less must be named below, and makes another version of the
// format.
static_assert(sizeof(stages::InsertionPoint) == 200);
static_assert(sizeof(contact::InterfaceMeasures) == 224);
static_assert(sizeof(SeatedNumbers) == 456);

template <typename Point, typename Visit>
void
for_members(Visit &visit, Point &point, const stages::InsertionPoint &)
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

template <typename Numbers, typename Visit>
void
for_members(Visit &visit, Numbers &numbers, const SeatedNumbers &)
{
  visit("seated", numbers.seated);
  visit("final", numbers.final_measures);
  visit("newton_iterations", numbers.newton_iterations);
  visit("linear_iterations", numbers.linear_iterations);
}

/// Puts members into a JSON object.
class Writer
{
public:
  template <typename T>
  void
  operator()(const char *name, const T &value)
  {
    object_[name] = json_of(value);
  }

  template <typename T>
  static Json
  json_of(const T &value)
  {
    Writer writer;
    for_members(writer, value, value);
    return writer.object_;
  }

  // JSON has no words for these numbers.
  static Json
  json_of(const double value)
  {
    return std::isnan(value)   ? Json("nan")
           : std::isinf(value) ? Json(value > 0. ? "inf" : "-inf")
                               : Json(value);
  }

  static Json
  json_of(const unsigned int value)
  {
    return value;
  }

  static Json
  json_of(const std::uint64_t value)
  {
    return value;
  }

  template <std::size_t n>
  static Json
  json_of(const std::array<double, n> &values)
  {
    Json list = Json::array();
    for (const double value : values)
      list.push_back(json_of(value));
    return list;
  }

private:
  Json object_ = Json::object();
};

/// Takes members from a JSON object that has nothing else.
class Reader
{
public:
  explicit Reader(const Json &object)
    : object_(object)
  {
    if (!object.is_object())
      throw IoError("its header has a value where a table should be");
  }

  template <typename T>
  void
  operator()(const char *name, T &value)
  {
    if (!object_.contains(name))
      throw IoError(std::string("its header lacks ") + name);
    ++n_members_;
    if (!take(object_[name], value))
      throw IoError(std::string("its header has a wrong ") + name);
  }

  void
  check_no_more() const
  {
    if (object_.size() != n_members_)
      throw IoError("its header has names that are not known");
  }

private:
  template <typename T>
  static bool
  take(const Json &json, T &value)
  {
    Reader reader(json);
    for_members(reader, value, value);
    reader.check_no_more();
    return true;
  }

  static bool
  take(const Json &json, double &value)
  {
    using Limits = std::numeric_limits<double>;
    if (json.is_number())
      value = json.get<double>();
    else if (json == "nan")
      value = Limits::quiet_NaN();
    else if (json == "inf" || json == "-inf")
      value = json == "inf" ? Limits::infinity() : -Limits::infinity();
    else
      return false;
    return true;
  }

  static bool
  take(const Json &json, std::uint64_t &value)
  {
    if (!json.is_number_unsigned())
      return false;
    value = json.get<std::uint64_t>();
    return true;
  }

  static bool
  take(const Json &json, unsigned int &value)
  {
    std::uint64_t wide = 0;
    if (!take(json, wide) || wide > std::numeric_limits<unsigned int>::max())
      return false;
    value = static_cast<unsigned int>(wide);
    return true;
  }

  template <std::size_t n>
  static bool
  take(const Json &json, std::array<double, n> &values)
  {
    if (!json.is_array() || json.size() != n)
      return false;
    for (std::size_t i = 0; i < n; ++i)
      if (!take(json[i], values[i]))
        return false;
    return true;
  }

  const Json &object_;
  std::size_t n_members_ = 0;
};

template <typename T>
T
read(const Json &json)
{
  T      value;
  Reader reader(json);
  for_members(reader, value, value);
  reader.check_no_more();
  return value;
}
} // namespace


std::string
insertion_key(const EffectiveCase &effective)
{
  const auto before =
    effective.without({"title", "tests", "output", "expected"});
  std::string key;
  for (const EffectiveCase::Value &value : before.values())
    if (value.key == "load.duration_s" || value.key.compare(0, 5, "load.") != 0)
      key += value.line() + "\n";
  return key;
}


std::string
header_text(const CheckpointHeader &header)
{
  Json points = Json::array();
  for (const stages::InsertionPoint &point : header.points)
    points.push_back(Writer::json_of(point));
  const Json all = {
    {"insertion", header.insertion},
    {"points", points},
    {"seated", header.seated ? Writer::json_of(*header.seated) : Json()}};
  return all.dump(1);
}


CheckpointHeader
read_header(const std::string &text)
{
  const Json all = Json::parse(text, nullptr, false);
  if (!all.is_object() || all.size() != 3 || !all.contains("insertion") ||
      !all["insertion"].is_string() || !all.contains("points") ||
      !all["points"].is_array() || !all.contains("seated"))
    throw IoError("its header is not that of a run");
  CheckpointHeader header;
  header.insertion = all["insertion"].get<std::string>();
  for (const Json &point : all["points"])
    header.points.push_back(read<stages::InsertionPoint>(point));
  if (!all["seated"].is_null())
    header.seated = read<SeatedNumbers>(all["seated"]);
  return header;
}
} // namespace miniscrew::simulation
