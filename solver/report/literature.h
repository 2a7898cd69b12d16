// SPDX-License-Identifier: LGPL-2.1-or-later
// Values of the literature that results are set beside.
#pragma once

#include <string>

namespace miniscrew::report
{
/// A range that somebody has measured or recommends.
struct Band
{
  double      low, high;
  const char *source; ///< authors and year
};

namespace literature
{
/// Torque of insertion in N cm: what is recommended, and between what values
/// the limits of the manufacturers lie.
constexpr Band recommended_torque{5., 10., "Motoyoshi 2006"};
constexpr Band torque_limits{20., 40., "Baumgaertel 2008"};

/// Micromotion in um: above the first orthodontic mini-implants loosened,
/// within the second bone stops growing on to an implant.
constexpr Band loosening_micromotion{30., 30., "Kum 2023"};
constexpr Band critical_micromotion{50., 150., "Szmukler-Moncler 1998"};
} // namespace literature

/// "20 to 40, Baumgaertel 2008".
std::string text_of(const Band &band);
} // namespace miniscrew::report
