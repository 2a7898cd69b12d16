// SPDX-License-Identifier: LGPL-2.1-or-later
// Results side by side.
#include "solver/report/comparison.h"

#include "solver/base/errors.h"
#include "solver/base/log.h"
#include "solver/report/result_check.h"
#include "solver/report/summary.h"
#include "solver/report/warning_table.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <functional>
#include <optional>
#include <sstream>

namespace miniscrew::report
{
namespace
{
namespace fs = std::filesystem;
using Json   = nlohmann::json;

/// A row of the table that a run ends with.
struct Row
{
  std::string name;
  std::string path;  ///< in summary.json, with slashes
  double      scale; ///< from the summary's unit to that of the name
};

/// Rows of what the load does to bone and screw, and the same with what was
/// there before it, which results have that were inserted or pressed.
void
add_body_rows(std::vector<Row> &rows)
{
  const std::vector<std::pair<std::string, std::string>> layers = {
    {"near cortex", "bone/near_cortex"},
    {"cancellous", "bone/cancellous"},
    {"far cortex", "bone/far_cortex"}};
  for (const auto &[in_all, part] :
       {std::pair{"", "/service/"}, std::pair{" in all", "/service/total/"}})
  {
    for (const auto &[name, key] : layers)
      for (const auto &[word, which] :
           {std::pair{"maximum", "max"}, std::pair{"minimum", "min"}})
        rows.push_back(
          {name + ", " + word + " principal strain 99.9 %" + in_all + ", µε",
           part + key + "/" + which + "_principal_strain/p99_9",
           1e6});
    for (const auto &[name, key] : layers)
      for (const std::string what : {"yielded", "damaged"})
        rows.push_back({name + ", " + what + in_all + ", mm3",
                        part + key + "/inelastic/" + what + "_mm3",
                        1.});
    rows.push_back({std::string("screw, yielded") + in_all + ", mm3",
                    part + std::string("screw/inelastic/yielded_mm3"),
                    1.});
    rows.push_back({std::string("screw, greatest stress") + in_all + ", MPa",
                    part + std::string("screw/max_von_mises_MPa"),
                    1.});
  }
}

const std::vector<Row> &
main_rows()
{
  static const std::vector<Row> rows = [] {
    std::vector<Row> all = {
      {"degrees of freedom", "/mesh/n_dofs", 1.},
      {"CG iterations", "/solver/cg_iterations", 1.},
      {"time, s", "/solver/seconds", 1.},
      {"memory, MB", "/solver/memory_MB", 1.},
      {"head displacement, µm", "/service/head_displacement_mm", 1e3},
      {"tip displacement, µm", "/service/tip_displacement_mm", 1e3},
      {"axis rotation, degrees", "/service/axis_rotation_deg", 1.},
      {"lateral stiffness, N/mm", "/service/lateral_stiffness_N_per_mm", 1.},
      {"change of strain energy, N mm",
       "/service/strain_energy_change_N_mm",
       1.},
      {"strain energy in all, N mm", "/service/total/strain_energy_N_mm", 1.},
      {"maximum insertion torque, N cm", "/insertion/max_torque_N_cm", 1.},
      {"torsional safety factor", "/insertion/torsional_safety_factor", 1.},
      {"push of insertion, N", "/insertion/max_axial_force_N", 1.},
      {"pressure after seating, MPa", "/seating/mean_pressure_MPa", 1.},
      {"pressure of the press fit, MPa", "/press_fit/mean_pressure_MPa", 1.},
      {"removal torque, N cm", "/removal/peak_torque_N_cm", 1.},
      {"pull-out force, N", "/pullout/peak_force_N", 1.},
      {"Chapman's pull-out force, N", "/pullout/chapman_force_N", 1.},
      {"force sideways, N", "/sideways/final_force_N", 1.},
      {"stiffness sideways, N/mm", "/sideways/stiffness_N_per_mm", 1.},
      {"greatest micromotion, µm", "/service/contact/max_micromotion_um", 1.},
      {"mean micromotion, µm", "/service/contact/mean_micromotion_um", 1.},
      {"open interface, mm2", "/service/contact/open_area_mm2", 1.},
      {"slipping interface, mm2", "/service/contact/slip_area_mm2", 1.},
      {"greatest pressure, MPa", "/service/contact/max_pressure_MPa", 1.},
      {"mean top displacement x, µm",
       "/benchmark/mean_top_displacement_x_mm",
       1e3}};
    add_body_rows(all);
    all.push_back({"head after unloading, µm",
                   "/service/unloaded/head_displacement_mm",
                   1e3});
    return all;
  }();
  return rows;
}

/// Whole numbers with all digits, others with five.
std::string
number_text(const double value)
{
  const bool is_whole = value == std::round(value) && std::abs(value) < 1e12;
  return is_whole ? format("%.0f", value) : format("%.5g", value);
}

std::vector<std::string>
names_of(const std::vector<NamedResult> &results)
{
  std::vector<std::string> names;
  for (const NamedResult &result : results)
    names.push_back(result.name);
  return names;
}

/// Whether the results differ in nothing but the discretisation.
bool
is_convergence_study(const std::vector<NamedResult> &results)
{
  const auto physics = [](const NamedResult &result) {
    return result.effective.without({"title", "discretisation", "expected"});
  };
  return results.size() > 1 &&
         std::all_of(
           results.begin(), results.end(), [&](const NamedResult &result) {
             return !result.effective.values().empty() &&
                    result.summary.contains("mesh") &&
                    physics(result)
                      .difference(physics(results.front()))
                      .empty();
           });
}

/// Adds how far a displacement is from that of the finest mesh.
void
add_convergence(Table &table, const std::vector<NamedResult> &results)
{
  const auto n_dofs = [](const NamedResult &result) {
    return number_at(result.summary, "/mesh/n_dofs").value_or(0.);
  };
  const NamedResult &finest =
    *std::max_element(results.begin(),
                      results.end(),
                      [&](const NamedResult &a, const NamedResult &b) {
                        return n_dofs(a) < n_dofs(b);
                      });
  for (const Row &row : main_rows())
  {
    if (row.path != "/service/head_displacement_mm" &&
        row.path != "/insertion/max_torque_N_cm" &&
        row.path != "/benchmark/mean_top_displacement_x_mm" &&
        row.path != "/service/strain_energy_change_N_mm")
      continue;
    const std::optional<double> best = number_at(finest.summary, row.path);
    if (!best || *best == 0.)
      continue;
    std::vector<std::string> cells;
    for (const NamedResult &result : results)
    {
      const std::optional<double> value = number_at(result.summary, row.path);
      cells.push_back(&result == &finest || !value
                        ? "-"
                        : format("%+.3f", 100. * (*value / *best - 1.)));
    }
    table.add("  " + row.name.substr(0, row.name.rfind(',')) +
                ", % off the finest",
              cells);
  }
}

/// All leaves of @p node by dotted key, in the order of the file; short
/// arrays of numbers are one leaf.
void
collect(const Json                                       &node,
        const std::string                                &key,
        std::vector<std::pair<std::string, std::string>> &leaves)
{
  if (node.is_object())
    for (const auto &[name, member] : node.items())
      collect(member, key.empty() ? name : key + "." + name, leaves);
  else if (node.is_array() && !node.empty() && node[0].is_structured())
    for (std::size_t i = 0; i < node.size(); ++i)
      collect(node[i], key + "." + std::to_string(i), leaves);
  else if (node.is_array())
  {
    std::string text;
    for (const Json &entry : node)
      text += (text.empty() ? "" : " ") +
              (entry.is_number()   ? number_text(entry.get<double>())
               : entry.is_string() ? entry.get<std::string>()
                                   : entry.dump());
    leaves.emplace_back(key, text);
  }
  else
    leaves.emplace_back(key,
                        node.is_number()   ? number_text(node.get<double>())
                        : node.is_string() ? node.get<std::string>()
                                           : node.dump());
}

std::string
read_text(const fs::path &path)
{
  std::ifstream      file(path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

bool
has_summary(const fs::path &folder)
{
  std::error_code error;
  return fs::is_regular_file(folder / "summary.json", error) &&
         folder.filename().string().compare(0, 1, ".") != 0;
}
} // namespace


Table
main_numbers(const std::vector<NamedResult> &results)
{
  Table table("", names_of(results));
  for (const Row &row : main_rows())
  {
    std::vector<std::string> cells;
    bool                     is_empty = true;
    for (const NamedResult &result : results)
    {
      const std::optional<double> value = number_at(result.summary, row.path);
      cells.push_back(value ? number_text(row.scale * *value) : "-");
      is_empty = is_empty && !value;
    }
    if (!is_empty)
      table.add(row.name, cells);
  }
  if (is_convergence_study(results))
    add_convergence(table, results);
  add_number_of_warnings(table, results);
  return table;
}


Table
all_numbers(const std::vector<NamedResult> &results)
{
  std::vector<std::string>                        keys;
  std::vector<std::map<std::string, std::string>> values(results.size());
  for (std::size_t i = 0; i < results.size(); ++i)
  {
    std::vector<std::pair<std::string, std::string>> leaves;
    Json summary = results[i].summary;
    // They have rows of their own; warnings follow as sentences.
    if (summary.is_object())
      for (const char *key : {"warnings", "incomplete"})
        summary.erase(key);
    collect(summary, "", leaves);
    for (const auto &[key, text] : leaves)
    {
      if (std::find(keys.begin(), keys.end(), key) == keys.end())
        keys.push_back(key);
      values[i][key] = text;
    }
  }
  Table table("key", names_of(results));
  for (const std::string &key : keys)
  {
    std::vector<std::string> cells;
    for (auto &column : values)
      cells.push_back(column.count(key) > 0 ? column[key] : "-");
    table.add(key, cells);
  }
  if (is_convergence_study(results))
    add_convergence(table, results);
  add_number_of_warnings(table, results);
  return table;
}


NamedResult
read_result(const std::string &folder)
{
  const fs::path path(folder);
  NamedResult    result;
  result.name = fs::absolute(path).lexically_normal().filename().string();
  if (result.name.empty())
    result.name =
      fs::absolute(path).lexically_normal().parent_path().filename().string();
  result.summary   = read_table((path / "summary.json").string());
  result.effective = EffectiveCase::from_toml(read_text(path / "case.toml"))
                       .value_or(EffectiveCase());
  return result;
}


std::vector<NamedResult>
read_results(const std::vector<std::string> &folders)
{
  std::vector<NamedResult> results;
  std::error_code          error;
  for (const std::string &folder : folders)
  {
    if (!fs::exists(folder, error))
      throw UserError(folder + " does not exist, expected a folder with a "
                               "result of miniscrew run");
    std::vector<fs::path> places;
    if (has_summary(folder))
      places.push_back(folder);
    else
      for (const auto &entry : fs::directory_iterator(folder, error))
        if (has_summary(entry.path()) && entry.path().extension() != ".failed")
          places.push_back(entry.path());
    if (places.empty())
      throw UserError(folder + " holds no result, expected summary.json in it "
                               "or in folders in it");
    std::sort(
      places.begin(), places.end(), [&](const fs::path &a, const fs::path &b) {
        return fs::last_write_time(a / "summary.json", error) <
               fs::last_write_time(b / "summary.json", error);
      });
    for (const fs::path &place : places)
      results.push_back(read_result(place.string()));
  }
  // Results of different cases may be called alike.
  for (std::size_t i = 0; i < results.size(); ++i)
    for (std::size_t j = 0; j < i; ++j)
      if (results[i].name == results[j].name)
        results[i].name += "'";
  return results;
}

} // namespace miniscrew::report
