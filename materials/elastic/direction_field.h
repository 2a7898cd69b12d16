// SPDX-License-Identifier: LGPL-2.1-or-later
// Directions that turn from point to point.
#pragma once

#include <array>

namespace miniscrew::materials
{
enum class FieldKind
{
  uniform,    ///< the global frame everywhere
  cylindrical ///< radial, circumferential and along a line
};

/// A frame at every point.
struct DirectionField
{
  FieldKind kind = FieldKind::uniform;
  /// A point on the line (mm) and the line's direction, of any length but zero;
  /// cylindrical fields alone have a line.
  std::array<double, 3> centre{{0., 0., 0.}}, line{{0., 0., 1.}};
};

/// Three orthonormal vectors, right-handed.
using Frame = std::array<std::array<double, 3>, 3>;

/// The frame of @p field at @p point (mm): radial, circumferential, along the
/// line. On the line itself no direction is radial; there the first vector is
/// that of the global axis least aligned with the line, made normal to it.
/// Throws UserError if the line has no direction.
Frame local_frame(const DirectionField        &field,
                  const std::array<double, 3> &point);
} // namespace miniscrew::materials
