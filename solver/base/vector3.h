// SPDX-License-Identifier: LGPL-2.1-or-later
// Vectors in space, as plain arrays.
#pragma once

#include <array>
#include <cmath>

namespace miniscrew
{
using Vector3 = std::array<double, 3>;

inline double
dot(const Vector3 &a, const Vector3 &b)
{
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

inline double
norm(const Vector3 &v)
{
  return std::sqrt(dot(v, v));
}

inline Vector3
cross(const Vector3 &a, const Vector3 &b)
{
  return {{a[1] * b[2] - a[2] * b[1],
           a[2] * b[0] - a[0] * b[2],
           a[0] * b[1] - a[1] * b[0]}};
}
} // namespace miniscrew
