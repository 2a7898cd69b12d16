// SPDX-License-Identifier: LGPL-2.1-or-later
// A slab of inelastic bone whose hole is led by a rigid pin.
#pragma once

#include "tests/verification/plasticity.h"

#include <cmath>

namespace miniscrew::verification
{
constexpr double pi = 3.14159265358979323846;
/// Radius of the hole, and thickness of the slab, mm.
constexpr double hole_radius = 0.8, slab_thickness = 1.;

/// All around the slab is given, but for those components of its upper face
/// that are left free. The block below it and the pin are next to nothing.
struct SlabWithHole
{
  SlabWithHole(const double               size,
               const materials::Material &bone,
               const unsigned char        prescribed_above)
    : block(std::make_shared<Pin>(hole_radius, 2.),
            site(slab_thickness, 1., 4., 1.5),
            to_sizes(size, 0.4),
            2),
      led(
        block,
        bodies(bone),
        [prescribed_above](fem::NodeSpace &space) {
          space.prescribe([prescribed_above](const auto id) -> unsigned char {
            return id == mesh::boundary::bone_surface ? prescribed_above : 7;
          });
          space.prescribe_body(
            static_cast<unsigned int>(mesh::Layer::cancellous));
          space.prescribe_body(mesh::screw_id);
        },
        options())
  {}

  /// Mean traction at the hole by the work of the slab's stress on a motion of
  /// its wall by 1, MPa.
  double
  traction(const Field &motion)
  {
    const double force = led.reaction(motion, [](const Vector3 &x) {
      return std::abs(std::hypot(x[0], x[1]) - hole_radius) < 1e-6;
    });
    return std::abs(force) / (2. * pi * hole_radius * slab_thickness);
  }

  Discretisation block;
  LedBodies      led;

private:
  static fem::BodyMaterials
  bodies(const materials::Material &bone)
  {
    const auto        &elastic = bone.isotropic;
    fem::BodyMaterials result  = homogeneous(
      isotropic(1e-9 * elastic.young_modulus, elastic.poisson_ratio));
    result[0] = bone;
    return result;
  }

  static equilibrium::EquilibriumOptions
  options()
  {
    equilibrium::EquilibriumOptions result;
    result.steps.first = 0.125;
    return result;
  }
};
} // namespace miniscrew::verification
