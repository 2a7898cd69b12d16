// SPDX-License-Identifier: LGPL-2.1-or-later
// Results side by side.
#include "solver/report/comparison.h"

#include "solver/base/errors.h"
#include "solver/base/log.h"
#include "solver/report/quantities.h"
#include "solver/report/record_json.h"
#include "solver/report/result_check.h"
#include "solver/report/warning_table.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <functional>
#include <optional>
#include <set>
#include <sstream>

namespace miniscrew::report
{
namespace
{
namespace fs = std::filesystem;
using Json   = nlohmann::json;

/// Whole numbers with all digits, others with five.
std::string
number_text(const double value)
{
  const bool is_whole = value == std::round(value) && std::abs(value) < 1e12;
  return is_whole ? format("%.0f", value) : format("%.5g", value);
}

/// The number, and the bounds of its band if it has one.
std::string
cell_text(const Record &summary, const ComparedQuantity &row)
{
  const std::optional<double> value =
    summary.number_at(row.place, *row.quantity);
  if (!value)
    return "-";
  const std::string text = number_text(row.scale() * *value);
  const std::string in   = row.place.empty() ? "" : row.place + ".";
  const auto        low  = summary.number_at(in + part::low, *row.quantity),
             high        = summary.number_at(in + part::high, *row.quantity);
  return low && high ? text + " (" + number_text(row.scale() * *low) + " to " +
                         number_text(row.scale() * *high) + ")"
                     : text;
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
                    result.summary.find(part::mesh) != nullptr &&
                    physics(result)
                      .difference(physics(results.front()))
                      .empty();
           });
}

/// Adds how far the headline numbers are from those of the finest mesh.
void
add_convergence(Table &table, const std::vector<NamedResult> &results)
{
  const auto n_dofs = [](const NamedResult &result) {
    return result.summary.number_at(part::mesh, quantity::n_dofs).value_or(0.);
  };
  const NamedResult &finest =
    *std::max_element(results.begin(),
                      results.end(),
                      [&](const NamedResult &a, const NamedResult &b) {
                        return n_dofs(a) < n_dofs(b);
                      });
  const std::set<std::string> headline = {quantity::head_displacement.key,
                                          quantity::max_torque.key,
                                          quantity::top_displacement.key,
                                          quantity::energy_change.key};
  for (const ComparedQuantity &row : compared_quantities())
  {
    if (headline.count(row.quantity->key) == 0)
      continue;
    const std::optional<double> best =
      finest.summary.number_at(row.place, *row.quantity);
    if (!best || *best == 0.)
      continue;
    std::vector<std::string> cells;
    for (const NamedResult &result : results)
    {
      const std::optional<double> value =
        result.summary.number_at(row.place, *row.quantity);
      cells.push_back(&result == &finest || !value
                        ? "-"
                        : format("%+.3f", 100. * (*value / *best - 1.)));
    }
    table.add("  " + row.quantity->label +
                ", deviation from the finest mesh, %",
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
text_of_file(const fs::path &path)
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
  for (const ComparedQuantity &row : compared_quantities())
  {
    std::vector<std::string> cells;
    bool                     is_empty = true;
    for (const NamedResult &result : results)
    {
      cells.push_back(cell_text(result.summary, row));
      is_empty = is_empty && cells.back() == "-";
    }
    if (!is_empty)
      table.add(row.name(), cells);
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
    // They have rows of their own; warnings follow as sentences.
    Record summary = results[i].summary;
    summary.erase(part::warnings);
    summary.erase(quantity::incomplete.key);
    collect(to_json(summary), "", leaves);
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
  result.summary   = record_from(read_table((path / "summary.json").string()));
  result.effective = EffectiveCase::from_toml(text_of_file(path / "case.toml"))
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
