// SPDX-License-Identifier: LGPL-2.1-or-later
// Spacing of the lines of a coarse mesh.
#include "mesh/map/grid_lines.h"

#include "solver/base/dimension_error.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace miniscrew::mesh
{
namespace
{
// More coarse cells than this along one line make no sense.
constexpr double most_lines = 1e5;
} // namespace

void
check_number_of_lines(const double n)
{
  if (!(n < most_lines))
    throw DimensionError("the block is too large for a screw that is so thin: "
                         "the coarse mesh would have more than 100000 cells in "
                         "a row",
                         {"width_x", "width_y"});
}

std::vector<double>
even_lines(const double a, const double b, const double spacing)
{
  assert(b >= a && spacing > 0.);
  check_number_of_lines((b - a) / spacing);
  const unsigned int n =
    std::max(1, static_cast<int>(std::lround((b - a) / spacing)));
  std::vector<double> lines(n + 1);
  for (unsigned int i = 0; i <= n; ++i)
    lines[i] = a + (b - a) * i / n;
  return lines;
}

std::vector<double>
growing_lines(const double a,
              const double b,
              const double spacing,
              const double growth,
              const double largest)
{
  assert(growth >= 1.);
  const std::vector<double> even = even_lines(a, b, spacing);
  std::vector<double>       lines{a};
  for (double step = spacing; lines.back() < b && lines.size() < even.size();
       step        = std::min(growth * step, std::max(spacing, largest)))
    lines.push_back(lines.back() + step);
  if (lines.size() >= even.size())
    return even;
  const double stretch = (b - a) / (lines.back() - a);
  for (double &x : lines)
    x = a + (x - a) * stretch;
  return lines;
}
} // namespace miniscrew::mesh
