// SPDX-License-Identifier: LGPL-2.1-or-later
// Which constants a material has at a point.
#pragma once

namespace miniscrew::fem
{
/// The constants of a material at a point, in their order.
enum class MaterialLayout : unsigned char
{
  /// Lame's lambda and mu, MPa.
  lame,
  /// Upper triangle of a symmetric Voigt stiffness, row by row, MPa.
  triangle,
  /// All 6 x 6 entries of a Voigt stiffness that is not symmetric, MPa.
  full,
  /// Conductivity k of -div(k grad u), for a temperature W/(mm K).
  conductivity,
  /// Conductivity k and reaction c of -div(k grad u) + c u, for a temperature
  /// W/(mm K) and W/(mm^3 K).
  conductivity_and_reaction
};

/// Every layout, in the order in which an operator works through its cells.
constexpr MaterialLayout all_layouts[] = {
  MaterialLayout::lame,
  MaterialLayout::triangle,
  MaterialLayout::full,
  MaterialLayout::conductivity,
  MaterialLayout::conductivity_and_reaction};

/// The largest number of constants of a layout.
constexpr unsigned int max_constants = 36;

constexpr unsigned int
n_constants(const MaterialLayout layout)
{
  return layout == MaterialLayout::lame           ? 2
         : layout == MaterialLayout::triangle     ? 21
         : layout == MaterialLayout::full         ? 36
         : layout == MaterialLayout::conductivity ? 1
                                                  : 2;
}
} // namespace miniscrew::fem
