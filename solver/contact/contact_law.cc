// SPDX-License-Identifier: LGPL-2.1-or-later
// The augmented Lagrangian law of contact and friction.
#include "solver/contact/contact_law.h"

#include <algorithm>

namespace miniscrew::contact
{
namespace
{
// Adds factor * a a^T.
void
add_dyad(std::array<double, 6> &matrix, const double factor, const Vector3 &a)
{
  for (unsigned int d = 0; d < 3; ++d)
  {
    matrix[d] += factor * a[d] * a[d];
    matrix[3 + d] += factor * a[(d + 1) % 3] * a[(d + 2) % 3];
  }
}

// Adds factor * (I - n n^T).
void
add_plane(std::array<double, 6> &matrix, const double factor, const Vector3 &n)
{
  for (unsigned int d = 0; d < 3; ++d)
    matrix[d] += factor;
  add_dyad(matrix, -factor, n);
}

// Slipping points resist further slip this little, per stick stiffness, so
// that the linear system knows them.
constexpr double slip_stiffness = 1e-4;

// Share by which friction may exceed its bound for no other reason than
// rounding.
constexpr double no_excess = 1e-10;

// The greatest friction, and how it follows the pressure.
struct Bound
{
  double value, slope;
};

Bound
bound_of(const LawParameters &parameters, const double pressure)
{
  const double coulomb = parameters.friction * pressure;
  return coulomb < parameters.friction_limit
           ? Bound{coulomb, parameters.friction}
           : Bound{parameters.friction_limit, 0.};
}

// Adds friction to the response of a closed point.
void
add_friction(const LawParameters &parameters,
             const PointHistory  &history,
             const Vector3       &normal,
             const Vector3       &jump,
             PointResponse       &result)
{
  const double stiffness = parameters.tangent_stiffness;
  const Bound  bound     = bound_of(parameters, result.pressure);
  Vector3      moved;
  for (unsigned int d = 0; d < 3; ++d)
    moved[d] = jump[d] - history.jump[d];
  moved            = tangential(moved, normal);
  Vector3 friction = tangential(history.traction, normal);
  for (unsigned int d = 0; d < 3; ++d)
    friction[d] -= stiffness * moved[d];
  const double size = norm(friction);
  if (size <= bound.value)
  {
    result.status = Status::stick;
    add_plane(result.tangent, stiffness, normal);
  }
  else
  {
    const double share = bound.value / size;
    // A point that slipped in the last step begins the next one on the bound,
    // give or take rounding: it may stick again, so it resists in full.
    const bool    begins = share > 1. - no_excess;
    const double  rest   = std::max(share, slip_stiffness);
    const Vector3 direction{
      {friction[0] / size, friction[1] / size, friction[2] / size}};
    for (unsigned int d = 0; d < 3; ++d)
    {
      friction[d] *= share;
      if (!begins)
        result.bound_tangent[d] =
          -bound.slope * parameters.normal_stiffness * direction[d];
    }
    add_plane(result.tangent, rest * stiffness, normal);
    if (!begins)
      add_dyad(result.tangent, (slip_stiffness - rest) * stiffness, direction);
  }
  for (unsigned int d = 0; d < 3; ++d)
    result.traction[d] += friction[d];
}

// Springs, gap and pressure; the point slips if it is closed.
PointResponse
press(const LawParameters &parameters,
      const PointHistory  &history,
      const Vector3       &normal,
      const double         initial_gap,
      const Vector3       &jump)
{
  PointResponse result;
  const Vector3 slide = tangential(jump, normal);
  for (unsigned int d = 0; d < 3; ++d)
    result.spring[d] = -parameters.regularisation * slide[d];
  add_plane(result.tangent, parameters.regularisation, normal);

  result.gap = initial_gap - dot(jump, normal);
  const double trial =
    -dot(history.traction, normal) - parameters.normal_stiffness * result.gap;
  if (trial < 0.)
    return result;
  result.pressure = trial;
  add_dyad(result.tangent, parameters.normal_stiffness, normal);

  for (unsigned int d = 0; d < 3; ++d)
    result.traction[d] = -result.pressure * normal[d];
  result.status = Status::slip;
  return result;
}
} // namespace

Vector3
tangential(const Vector3 &v, const Vector3 &normal)
{
  const double along = dot(v, normal);
  return {{v[0] - along * normal[0],
           v[1] - along * normal[1],
           v[2] - along * normal[2]}};
}

PointResponse
respond(const LawParameters &parameters,
        const PointHistory  &history,
        const Vector3       &normal,
        const double         initial_gap,
        const Vector3       &jump)
{
  PointResponse result = press(parameters, history, normal, initial_gap, jump);
  if (result.status != Status::open && parameters.friction > 0.)
    add_friction(parameters, history, normal, jump, result);
  return result;
}

PointResponse
slide(const LawParameters &parameters,
      const PointHistory  &history,
      const Vector3       &normal,
      const double         initial_gap,
      const Vector3       &jump,
      const Vector3       &direction)
{
  PointResponse result = press(parameters, history, normal, initial_gap, jump);
  if (result.status == Status::open)
    return result;
  const Bound bound = bound_of(parameters, result.pressure);
  for (unsigned int d = 0; d < 3; ++d)
  {
    result.traction[d] -= bound.value * direction[d];
    result.bound_tangent[d] =
      bound.slope * parameters.normal_stiffness * direction[d];
  }
  // What holds the screw along the slip is not the interface; see above.
  add_plane(
    result.tangent, slip_stiffness * parameters.tangent_stiffness, normal);
  return result;
}

double
stick_violation(const PointResponse &response,
                const PointHistory  &history,
                const Vector3       &normal,
                const Vector3       &jump)
{
  if (response.status != Status::stick)
    return 0.;
  Vector3 moved;
  for (unsigned int d = 0; d < 3; ++d)
    moved[d] = jump[d] - history.jump[d];
  moved = tangential(moved, normal);
  return norm(moved);
}
} // namespace miniscrew::contact
