// SPDX-License-Identifier: LGPL-2.1-or-later
// Functions in space with their gradient and Laplacian.
#pragma once

#include "solver/base/vector3.h"

#include <cmath>

namespace miniscrew::verification
{
/// Value, gradient and Laplacian of a function at a point, which follow the
/// rules of sums, products and h(f): laplace(h(f)) = h' laplace(f) + h''
/// |grad f|^2.
struct Jet
{
  double  value = 0.;
  Vector3 gradient{};
  double  laplacian = 0.;

  Jet() = default;
  Jet(const double constant)
    : value(constant)
  {}

  /// The coordinate @p d at a point.
  static Jet
  variable(const Vector3 &point, const unsigned int d)
  {
    Jet result(point[d]);
    result.gradient[d] = 1.;
    return result;
  }
};

inline Jet
operator+(const Jet &f, const Jet &g)
{
  Jet result(f.value + g.value);
  for (unsigned int d = 0; d < 3; ++d)
    result.gradient[d] = f.gradient[d] + g.gradient[d];
  result.laplacian = f.laplacian + g.laplacian;
  return result;
}

inline Jet
operator*(const Jet &f, const Jet &g)
{
  Jet result(f.value * g.value);
  for (unsigned int d = 0; d < 3; ++d)
    result.gradient[d] = f.gradient[d] * g.value + f.value * g.gradient[d];
  result.laplacian = f.laplacian * g.value + f.value * g.laplacian +
                     2. * dot(f.gradient, g.gradient);
  return result;
}

inline Jet
operator-(const Jet &f, const Jet &g)
{
  return f + Jet(-1.) * g;
}

/// h(f) from h, h' and h'' at f.
inline Jet
compose(const Jet &f, const double h, const double first, const double second)
{
  Jet result(h);
  for (unsigned int d = 0; d < 3; ++d)
    result.gradient[d] = first * f.gradient[d];
  result.laplacian = first * f.laplacian + second * dot(f.gradient, f.gradient);
  return result;
}

inline Jet
exp(const Jet &f)
{
  const double e = std::exp(f.value);
  return compose(f, e, e, e);
}

inline Jet
sin(const Jet &f)
{
  const double s = std::sin(f.value);
  return compose(f, s, std::cos(f.value), -s);
}

inline Jet
cos(const Jet &f)
{
  const double c = std::cos(f.value);
  return compose(f, c, -std::sin(f.value), -c);
}

inline Jet
inverse(const Jet &f)
{
  const double i = 1. / f.value;
  return compose(f, i, -i * i, 2. * i * i * i);
}
} // namespace miniscrew::verification
