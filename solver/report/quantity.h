// SPDX-License-Identifier: LGPL-2.1-or-later
// What a number of the results means.
#pragma once

#include <string>
#include <vector>

namespace miniscrew::report
{
/// How tables show a quantity, if not in its own unit.
struct Display
{
  std::string unit;       ///< "µm"; empty: the quantity's own
  double      scale = 1.; ///< shown = scale * value
};

/// One number, vector, text or list that results have. All that is said about
/// it anywhere comes from here: records are filled and read by quantities, not
/// by names.
struct Quantity
{
  /// The record that has it, with dots: "service.contact"; empty for the
  /// outermost. In patterns "*" stands for one name, "**" for any number.
  std::string place;
  std::string key;      ///< its name there, with its unit: "peak_force_N"
  std::string unit;     ///< "N"; empty for counts, ratios and texts
  std::string label;    ///< a few words, for rows of tables: "pull-out force"
  std::string sentence; ///< what it is, without the full stop
  /// Records of which tables that compare results have a row, in this order;
  /// "*" stands for the layers of bone. Of a place that ends in, or has, a part
  /// "total", the row says that it is in all.
  std::vector<std::string> compared_at = {};
  Display                  display     = {};
};

/// All quantities: those of the program, then what add_quantity() has added.
const std::vector<Quantity> &quantity_library();

/// Adds one at the end. InternalError if there is one of the same place and
/// key.
void add_quantity(const Quantity &quantity);

/// The quantity at a dotted path of summary.json, or nullptr; of several the
/// one whose place says most.
const Quantity *find_quantity(const std::string &path);

/// A row of tables that compare results.
struct ComparedQuantity
{
  const Quantity *quantity = nullptr;
  std::string     place; ///< without stars
  std::string     label; ///< with the layer and "in all"

  /// What is shown: scale() times the value, in this unit.
  const std::string &unit() const;
  double             scale() const;

  /// Label and unit.
  std::string name() const;
};

/// Rows of the program's and of added quantities. Pointers are valid until
/// add_quantity() is called.
std::vector<ComparedQuantity> compared_quantities();
} // namespace miniscrew::report
