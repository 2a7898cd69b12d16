// SPDX-License-Identifier: LGPL-2.1-or-later
// Positions of the lines of a coarse mesh along one direction.
#pragma once

#include <vector>

namespace miniscrew::mesh
{
/// Throws UserError if a coarse mesh would have so many cells in a row that it
/// cannot be meant.
void check_number_of_lines(double n);

/// Lines from @p a to @p b with about the given spacing, both ends included.
std::vector<double> even_lines(double a, double b, double spacing);

/// Lines from @p a to @p b, the first at about @p spacing and each further from
/// the last by @p growth, up to @p largest; evenly spaced if that takes no more
/// of them.
std::vector<double> growing_lines(double a,
                                  double b,
                                  double spacing,
                                  double growth,
                                  double largest);
} // namespace miniscrew::mesh
