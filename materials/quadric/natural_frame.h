// SPDX-License-Identifier: LGPL-2.1-or-later
// Natural coordinates of an elastic law and a quadric yield surface.
#pragma once

#include "materials/elastic/elastic.h"
#include "materials/quadric/plasticity.h"
#include "materials/quadric/return_mapping.h"

namespace miniscrew::materials
{
/// Between Voigt's components and natural coordinates y.
struct NaturalFrame
{
  VoigtMatrix modes{};      ///< stress = modes y
  VoigtMatrix dual_modes{}; ///< elastic strain = dual_modes y
  Quadric     quadric;      ///< MPa; the yield stress is that in compression
};

/// The frame of a positive definite stiffness and of admissible constants of
/// the quadric, both strengths given.
NaturalFrame natural_frame(const VoigtMatrix &stiffness,
                           const Plasticity  &plasticity);

/// The least N.C N over the surface f = @p yield_stress (MPa). A
/// rate-independent material that softens faster over kappa snaps back even
/// where strain is prescribed.
double snap_back_limit(const NaturalFrame &frame, double yield_stress);
} // namespace miniscrew::materials
