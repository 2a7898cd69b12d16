// SPDX-License-Identifier: LGPL-2.1-or-later
// What bone and screw are at, as statistics and fields read it.
#pragma once

#include "solver/fem/operator/material_points.h"
#include "solver/linear/operator.h"

namespace miniscrew::fem
{
/// A displacement, and what the inelastic points remember with it. Neither is
/// owned.
struct BodyState
{
  /// mm; ghosts updated, hanging nodes distributed.
  const linear::Vector<double> *displacement = nullptr;
  /// nullptr if all bodies are elastic.
  const MaterialPoints *points = nullptr;
};
} // namespace miniscrew::fem
