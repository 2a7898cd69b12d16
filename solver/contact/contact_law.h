// SPDX-License-Identifier: LGPL-2.1-or-later
// Unilateral contact with Coulomb friction at one point of the interface.
#pragma once

#include "solver/base/vector3.h"

#include <array>
#include <limits>

namespace miniscrew::contact
{
using miniscrew::Vector3;

/// The part of a vector in the plane of a unit @p normal.
Vector3 tangential(const Vector3 &v, const Vector3 &normal);

/// Whether a point transmits force, and how.
enum class Status
{
  open,
  stick,
  slip
};

/// Parameters of the law at a point.
struct LawParameters
{
  double friction = 0.3; ///< Coulomb's coefficient, >= 0
  /// Greatest traction of friction, MPa: what the bone carries in shear.
  double friction_limit    = std::numeric_limits<double>::infinity();
  double normal_stiffness  = 0.; ///< penalty, N/mm^3, > 0
  double tangent_stiffness = 0.; ///< penalty of stick, N/mm^3, >= 0
  /// Springs that hold what contact does not: without friction nothing keeps
  /// the screw from turning. N/mm^3 on the tangential jump, whatever the
  /// status.
  double regularisation = 0.;
};

/// What a point remembers. Jumps are displacement of the screw minus that of
/// the bone, mm.
struct PointHistory
{
  Vector3 jump{};     ///< at the last converged step
  Vector3 traction{}; ///< multiplier: on the screw, MPa
  Vector3 accepted{}; ///< traction of the last converged step, MPa
};

/// The law's answer.
struct PointResponse
{
  Vector3               traction{};    ///< on the screw, by the bone, MPa
  Vector3               spring{};      ///< that of the regularisation, likewise
  double                pressure = 0.; ///< >= 0, MPa
  double                gap      = 0.; ///< mm; negative is penetration
  Status                status   = Status::open;
  std::array<double, 6> tangent{}; ///< -d traction / d jump, symmetric part,
                                   ///< xx yy zz yz xz xy, N/mm^3
  /// The rest of it is the dyad of this vector (N/mm^3) with the normal: how
  /// the friction of a slipping point follows the pressure.
  Vector3 bound_tangent{};
};

/// Augmented Lagrangian law. With the unit normal n from the screw into the
/// bone, gap g = gap_0 - jump . n, and multiplier (p_0, t_0):
///   p   = max(0, p_0 - k_n g)
///   t*  = t_0 - k_t (jump - jump_old)_T
///   t   = t* if |t*| <= b (stick), else b t* / |t*| (slip)
/// with the bound b = min(mu p, friction_limit)
/// (Simo & Laursen 1992, Comput. Struct. 42:97; solver/README.md). A
/// point that is closed without pressure sticks; without friction all closed
/// points slip.
PointResponse respond(const LawParameters &parameters,
                      const PointHistory  &history,
                      const Vector3       &normal,
                      double               initial_gap,
                      const Vector3       &jump);

/// The same law for a point that is known to slip along @p direction, a unit
/// vector in the tangent plane: t = -b direction, without any history but that
/// of the pressure. Zero for @p direction is no friction.
PointResponse slide(const LawParameters &parameters,
                    const PointHistory  &history,
                    const Vector3       &normal,
                    double               initial_gap,
                    const Vector3       &jump,
                    const Vector3       &direction);

/// Distance in mm that a sticking point has slipped since the last converged
/// step, which the exact law would not allow. 0 for other points.
double stick_violation(const PointResponse &response,
                       const PointHistory  &history,
                       const Vector3       &normal,
                       const Vector3       &jump);
} // namespace miniscrew::contact
