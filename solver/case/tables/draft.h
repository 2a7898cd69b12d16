// SPDX-License-Identifier: LGPL-2.1-or-later
// A case while it is being read.
#pragma once

#include "solver/case/case.h"

#include <array>
#include <map>
#include <optional>
#include <string>

namespace miniscrew
{
/// What a material is by its density.
struct DensityInput
{
  std::optional<double> density; ///< g/cm3
  std::string           modulus_law, strength_law;
  /// 1/s; without a value that of quasi-static tests, 1 % in a second.
  std::optional<double> strain_rate;
};

/// The case under construction and those inputs that only lead to its values.
struct Draft
{
  Case result;

  std::string system; ///< of the catalogue; empty for an own screw
  std::string shape;  ///< empty: the system's first, or cylindrical
  /// Names given with screw.assumed; without a value they follow from the
  /// screw's origin.
  std::optional<std::vector<std::string>> assumed;
  std::optional<std::string>              screw_name;

  /// Set if load.force_N was one number; its direction is then needed.
  std::optional<double>                force_magnitude;
  std::optional<std::array<double, 3>> force_direction;

  /// By the key of a material with a dot, "materials.cancellous.".
  std::map<std::string, DensityInput> densities;
  /// Law of the layers that do not give their own.
  std::optional<std::string> bone_law;
};
} // namespace miniscrew
