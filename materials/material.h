// SPDX-License-Identifier: LGPL-2.1-or-later
// A named material.
#pragma once

#include "materials/elastic/elastic.h"
#include "materials/quadric/plasticity.h"

#include <array>
#include <map>
#include <string>
#include <vector>

namespace miniscrew::materials
{
/// A named material: its elastic law, its strength, and where they come from.
struct Material
{
  std::string          name;
  bool                 is_isotropic = true;
  IsotropicConstants   isotropic;
  OrthotropicConstants orthotropic; ///< used if not is_isotropic
  /// What results are compared with, and the strength of von Mises' law, MPa;
  /// 0 if not given.
  double yield_stress = 0.;
  /// What it does beyond its elastic range: a name of law_library(), or
  /// "elastic".
  std::string law = "elastic";
  Plasticity  plasticity; ///< of the laws of the quadric family
  /// Constants of other laws, by key; initial ones may be missing.
  std::map<std::string, double> law_constants;
  std::string source;   ///< of the elastic constants: publication, or "user"
  bool assumed = false; ///< rests on memory or assumption, not on a source
  std::string strength_source; ///< of the strengths; empty if there are none
  /// Names, as in the case file and without units, of the strengths and
  /// constants of plasticity that are assumed.
  std::vector<std::string> strength_assumed;
  /// What an edge that cuts it leaves standing, along the surface's normal:
  /// low, mid and high, mm. Nobody has measured it.
  std::array<double, 3> residual_interference{{0.002, 0.005, 0.008}};

  bool
  is_inelastic() const
  {
    return law != "elastic";
  }

  /// Whether the stiffness is not the same everywhere.
  bool varies_in_space() const;

  /// Stiffness of a material that does not vary in space; of one that does,
  /// in the frame of its field.
  VoigtMatrix stiffness() const;

  /// Stiffness at a point (mm).
  VoigtMatrix stiffness(const std::array<double, 3> &point) const;
};
} // namespace miniscrew::materials
