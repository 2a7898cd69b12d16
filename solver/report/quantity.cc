// SPDX-License-Identifier: LGPL-2.1-or-later
// The library of quantities, and patterns of places.
#include "solver/report/quantity.h"

#include "solver/base/guard.h"
#include "solver/report/quantities.h"

#include <algorithm>
#include <utility>

namespace miniscrew::report
{
namespace
{
std::vector<Quantity> &
library()
{
  static std::vector<Quantity> all = [] {
    std::vector<Quantity> list;
    for (const auto *part :
         {&run_quantities(), &load_quantities(), &insertion_quantities()})
      list.insert(list.end(), part->begin(), part->end());
    return list;
  }();
  return all;
}

std::vector<std::string>
names_in(const std::string &place)
{
  std::vector<std::string> names;
  if (place.empty())
    return names;
  std::string::size_type start = 0, dot = 0;
  while ((dot = place.find('.', start)) != std::string::npos)
  {
    names.push_back(place.substr(start, dot - start));
    start = dot + 1;
  }
  names.push_back(place.substr(start));
  return names;
}

using Names = std::vector<std::string>;

/// Whether names from @p i on are those of a pattern from @p k on.
bool
fit(const Names &names, std::size_t i, const Names &pattern, std::size_t k)
{
  if (k == pattern.size())
    return i == names.size();
  if (pattern[k] == "**")
  {
    for (std::size_t end = i; end <= names.size(); ++end)
      if (fit(names, end, pattern, k + 1))
        return true;
    return false;
  }
  return i < names.size() && (pattern[k] == "*" || pattern[k] == names[i]) &&
         fit(names, i + 1, pattern, k + 1);
}

/// How much a pattern says: names that are not stars count, then fewer stars.
std::pair<long, long>
specificity(const std::string &place)
{
  long n_named = 0, n_stars = 0;
  for (const std::string &name : names_in(place))
    (name[0] == '*' ? n_stars : n_named) += 1;
  return {n_named, -n_stars};
}

/// The layers of bone as records and as rows of tables name them.
const std::vector<std::pair<std::string, std::string>> &
layers()
{
  static const std::vector<std::pair<std::string, std::string>> names = {
    {"near_cortex", "near cortex, "},
    {"cancellous", "cancellous, "},
    {"far_cortex", "far cortex, "}};
  return names;
}

ComparedQuantity
row_of(const Quantity    &quantity,
       const std::string &place,
       const std::string &layer)
{
  const Names names  = names_in(place);
  const bool  in_all = std::count(names.begin(), names.end(), "total") > 0;
  return {&quantity, place, layer + quantity.label + (in_all ? " in all" : "")};
}
} // namespace

const std::vector<Quantity> &
quantity_library()
{
  return library();
}

void
add_quantity(const Quantity &quantity)
{
  for (const Quantity &other : library())
    if (other.place == quantity.place && other.key == quantity.key)
      throw InternalError("the quantity '" + quantity.key + "' of '" +
                          quantity.place + "' is there already");
  library().push_back(quantity);
}

const Quantity *
find_quantity(const std::string &path)
{
  const std::string::size_type dot     = path.rfind('.');
  const bool                   is_deep = dot != std::string::npos;
  const std::string            key     = is_deep ? path.substr(dot + 1) : path;
  // The bounds of a band are the same quantity as its mid.
  Names place = names_in(is_deep ? path.substr(0, dot) : "");
  if (!place.empty() &&
      (place.back() == part::low || place.back() == part::high))
    place.pop_back();
  const Quantity *best = nullptr;
  for (const Quantity &quantity : library())
    if (quantity.key == key && fit(place, 0, names_in(quantity.place), 0) &&
        (best == nullptr ||
         specificity(quantity.place) > specificity(best->place)))
      best = &quantity;
  return best;
}

const std::string &
ComparedQuantity::unit() const
{
  return quantity->display.unit.empty() ? quantity->unit
                                        : quantity->display.unit;
}

std::string
ComparedQuantity::name() const
{
  return label + (unit().empty() ? "" : ", " + unit());
}

double
ComparedQuantity::scale() const
{
  return quantity->display.scale;
}

std::vector<ComparedQuantity>
compared_quantities()
{
  std::vector<ComparedQuantity> rows;
  for (const Quantity &quantity : library())
    for (const std::string &place : quantity.compared_at)
    {
      const std::string::size_type star = place.find('*');
      if (star == std::string::npos)
        rows.push_back(row_of(quantity, place, ""));
      else
        for (const auto &[key, words] : layers())
          rows.push_back(
            row_of(quantity,
                   place.substr(0, star) + key + place.substr(star + 1),
                   words));
    }
  return rows;
}
} // namespace miniscrew::report
