// SPDX-License-Identifier: LGPL-2.1-or-later
// From the units inside to those of results.
#pragma once

namespace miniscrew
{
constexpr double pi = 3.14159265358979323846;

constexpr double degrees     = 180. / pi; ///< per rad
constexpr double N_cm        = 0.1;       ///< per N mm
constexpr double micrometres = 1000.;     ///< per mm
} // namespace miniscrew
