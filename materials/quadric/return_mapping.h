// SPDX-License-Identifier: LGPL-2.1-or-later
// Return of a stress to a quadric yield surface.
#pragma once

#include <array>

namespace miniscrew::materials
{
/// Coordinates y of the effective stress in which the elastic energy is
/// y.y / 2 and the quadric is diagonal; sqrt(MPa). The return is then a
/// projection in the Euclidean norm, whatever the elastic law.
using NaturalVector = std::array<double, 6>;

/// The convex yield function f(y) = sqrt(y:Lambda:y + e^2) + b.y, MPa.
struct Quadric
{
  NaturalVector curvature{};   ///< Lambda, >= 0
  NaturalVector slope{};       ///< b
  double        rounding = 0.; ///< e, > 0 if the surface has an apex

  /// The square root in f, MPa.
  double root(const NaturalVector &y) const;

  double value(const NaturalVector &y) const;
};

/// The yield stress over kappa: s (1 + (R - 1) (1 - exp(-kappa / k))) + H
/// kappa.
struct Hardening
{
  double initial_stress    = 1.; ///< s, MPa
  double modulus           = 0.; ///< H, MPa
  double saturation_ratio  = 1.; ///< R
  double saturation_strain = 1.; ///< k

  double stress(double kappa) const;

  double slope(double kappa) const;

  /// The same over @p factor kappa, > 0.
  Hardening over(double factor) const;
};

/// The point of a yield surface nearest to a trial stress.
struct [[nodiscard]] ReturnedStress
{
  NaturalVector stress{};
  double        multiplier = 0.; ///< growth of kappa, > 0
  /// False if there is none, or if the point would snap: as strain grows, the
  /// yield stress falls faster than elasticity lets the stress follow.
  bool is_admissible = false;
};

/// Solves y = trial - multiplier df/dy (y) with f(y) = yield stress at kappa +
/// multiplier, plus @p resistance (MPa) times the multiplier. @p trial must be
/// outside the yield surface at @p kappa.
ReturnedStress return_to_surface(const Quadric       &quadric,
                                 const Hardening     &hardening,
                                 const NaturalVector &trial,
                                 double               kappa,
                                 double               resistance);

/// The algorithmic stiffness A = (1 + multiplier d^2f/dy^2)^-1 at a point of
/// the surface, a diagonal and a dyad, and what it makes of the flow.
struct FlowStiffness
{
  FlowStiffness(const Quadric       &quadric,
                const NaturalVector &y,
                double               multiplier);

  NaturalVector diagonal; ///< A = diag(diagonal) + factor dyad dyad^T
  NaturalVector dyad;
  double        factor;
  NaturalVector normal;       ///< N = df/dy
  NaturalVector image;        ///< A N
  double        along_normal; ///< N.A N
};
} // namespace miniscrew::materials
