// SPDX-License-Identifier: LGPL-2.1-or-later
// Elastic stiffness of the bodies at their points.
#pragma once

#include "materials/material.h"
#include "mesh/map/screw_bone_map.h"
#include "mesh/refine/reference_mesh.h"
#include "solver/fem/operator/material_field.h"

#include <array>

namespace miniscrew::fem
{
/// The material of each body (bone layers, screw), by material id.
using BodyMaterials = std::array<materials::Material, mesh::n_bodies>;

/// Stiffness by body and place: Lame's constants of isotropic materials, the
/// upper triangle of others, MPa. Materials with the same stiffness everywhere
/// are evaluated once.
class StiffnessField : public MaterialField
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

  MaterialLayout
  layout(const unsigned int body) const override
  {
    return bodies_[body].is_isotropic ? MaterialLayout::lame
                                      : MaterialLayout::triangle;
  }

  bool
  varies_in_cells(const unsigned int body) const override
  {
    return varies(body);
  }

  void
  evaluate(const MaterialPlace &place, double *constants) const override
  {
    const materials::Material &material = bodies_[place.body];
    if (material.is_isotropic)
    {
      constants[0] = material.isotropic.lame_lambda();
      constants[1] = material.isotropic.shear_modulus();
      return;
    }
    const materials::VoigtMatrix C = at(place.body, place.x);
    for (unsigned int i = 0; i < 6; ++i)
      for (unsigned int j = i; j < 6; ++j)
        *constants++ = C[6 * i + j];
  }

  bool
  is_linear(const unsigned int body) const override
  {
    return !bodies_[body].is_inelastic();
  }

private:
  BodyMaterials                                      bodies_;
  std::array<materials::VoigtMatrix, mesh::n_bodies> constant_{};
};
} // namespace miniscrew::fem
