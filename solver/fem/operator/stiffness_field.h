// SPDX-License-Identifier: LGPL-2.1-or-later
// Elastic stiffness of the bodies at their points.
#pragma once

#include "mesh/refine/reference_mesh.h"

#include "materials/material.h"
#include "mesh/map/screw_bone_map.h"

#include <array>

namespace miniscrew::fem
{
/// The material of each body (bone layers, screw), by material id.
using BodyMaterials = std::array<materials::Material, mesh::n_bodies>;

/// Stiffness by body and place. Materials with the same stiffness everywhere
/// are evaluated once.
class StiffnessField
{
public:
  explicit StiffnessField(const BodyMaterials &bodies)
    : bodies_(bodies)
  {
    for (unsigned int b = 0; b < mesh::n_bodies; ++b)
      if (!bodies[b].varies_in_space())
        constant_[b] = bodies[b].stiffness();
  }

  bool
  varies(const unsigned int body) const
  {
    return bodies_[body].varies_in_space();
  }

  /// Stiffness of @p body at @p point (mm).
  materials::VoigtMatrix
  at(const unsigned int body, const std::array<double, 3> &point) const
  {
    return varies(body) ? bodies_[body].stiffness(point) : constant_[body];
  }

private:
  BodyMaterials                                      bodies_;
  std::array<materials::VoigtMatrix, mesh::n_bodies> constant_{};
};
} // namespace miniscrew::fem
