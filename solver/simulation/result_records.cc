// SPDX-License-Identifier: LGPL-2.1-or-later
// Numbers, curves and effort by name.
#include "solver/simulation/result_records.h"

#include "solver/base/errors.h"
#include "solver/report/needed.h"
#include "solver/stages/insertion_record.h"

#include <algorithm>
#include <cstdint>
#include <vector>

namespace miniscrew::simulation
{
namespace
{
using report::needed;
using report::Record;

constexpr const char *numbers_name = "numbers", *measures_name = "measures",
                     *curves_name = "curves", *columns_name = "columns",
                     *values_name = "values", *name_name = "name",
                     *newton_name   = "newton_iterations",
                     *linear_name   = "linear_iterations",
                     *residual_name = "residual";

Record
record_of(const output::Curve &curve)
{
  Record record;
  record.set_value(name_name, curve.name);
  record.set_value(columns_name, curve.columns);
  std::vector<double> values;
  for (const std::vector<double> &row : curve.rows)
    values.insert(values.end(), row.begin(), row.end());
  record.set_value(values_name, values);
  return record;
}

output::Curve
curve_from(const Record &record)
{
  output::Curve     curve{needed<std::string>(record, name_name),
                      needed<std::vector<std::string>>(record, columns_name),
                      {}};
  const auto        values = needed<std::vector<double>>(record, values_name);
  const std::size_t n      = curve.columns.size();
  if (n == 0 || values.size() % n != 0)
    throw IoError("its header has a curve with half a row");
  for (auto row = values.begin(); row != values.end(); row += n)
    curve.rows.emplace_back(row, row + n);
  return curve;
}
} // namespace

Record
record_of(const stages::StageResult &result)
{
  Record record;
  record.part(numbers_name)  = result.numbers;
  record.part(measures_name) = stages::record_of(result.measures);
  record.set_value(newton_name, std::uint64_t{result.effort.newton_iterations});
  record.set_value(linear_name, std::uint64_t{result.effort.linear_iterations});
  record.set_value(residual_name, result.effort.residual);
  record.begin_rows(curves_name);
  for (const output::Curve &curve : result.curves)
    record.add_row(curves_name) = record_of(curve);
  return record;
}

stages::StageResult
result_from(const Record &record)
{
  stages::StageResult result;
  result.numbers = report::needed_part(record, numbers_name);
  result.measures =
    stages::measures_from(report::needed_part(record, measures_name));
  result.effort = {needed<unsigned int>(record, newton_name),
                   needed<unsigned int>(record, linear_name),
                   needed<double>(record, residual_name)};
  for (const Record &curve : record.rows(curves_name))
    result.curves.push_back(curve_from(curve));
  return result;
}
} // namespace miniscrew::simulation
