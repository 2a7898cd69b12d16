// SPDX-License-Identifier: LGPL-2.1-or-later
// The numbers that a key of a case may have.
#include "solver/case/tables/range.h"

#include "solver/case/tables/parameter.h"

namespace miniscrew
{
bool
Range::contains(const double value) const
{
  return (or_zero && value == 0.) || ((min_open ? value > min : value >= min) &&
                                      (max_open ? value < max : value <= max));
}


std::string
Range::in_words() const
{
  return (or_zero ? "0, or " : "") + std::string(min_open ? "> " : ">= ") +
         short_text(min) + " and " + (max_open ? "< " : "<= ") +
         short_text(max);
}


nlohmann::json
Range::schema() const
{
  nlohmann::json interval{{"type", "number"}};
  interval[min_open ? "exclusiveMinimum" : "minimum"] = min;
  interval[max_open ? "exclusiveMaximum" : "maximum"] = max;
  if (or_zero)
    return {{"anyOf", {{{"const", 0}}, interval}}};
  return interval;
}
} // namespace miniscrew
