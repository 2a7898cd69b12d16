// SPDX-License-Identifier: LGPL-2.1-or-later
// Return of a stress to a quadric yield surface.
#include "materials/quadric/return_mapping.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace miniscrew::materials
{
namespace
{
double
dot(const NaturalVector &a, const NaturalVector &b)
{
  double sum = 0.;
  for (unsigned int i = 0; i < 6; ++i)
    sum += a[i] * b[i];
  return sum;
}

// The root q of f where y minimises |y - trial|^2 / 2 + multiplier f(y), with
// z = trial - multiplier b. From y_i = z_i q / (q + multiplier Lambda_i)
// follows g(q) = e^2 / q^2 + sum of Lambda_i z_i^2 / (q + multiplier
// Lambda_i)^2 = 1. As in trust-region methods (More & Sorensen 1983, SIAM J.
// Sci. Stat. Comput. 4:553) 1 / sqrt(g) is concave and nearly linear, so that
// Newton's method on it rises to the root from any bound below.
double
minimising_root(const Quadric       &quadric,
                const NaturalVector &z,
                const double         multiplier)
{
  const double e_squared = quadric.rounding * quadric.rounding;
  double       size = 0., steepest = 0.;
  for (unsigned int i = 0; i < 6; ++i)
  {
    size += quadric.curvature[i] * z[i] * z[i];
    steepest = std::max(steepest, quadric.curvature[i]);
  }
  double q =
    std::max(quadric.rounding, std::sqrt(size) - multiplier * steepest);
  q = std::max(q, 0.);

  const unsigned int max_steps     = 50;
  const double       last_distance = 1e-9; // one more step is exact
  for (unsigned int step = 0; step < max_steps; ++step)
  {
    double g = 0., half_slope = 0.;
    if (e_squared > 0.)
    {
      g          = e_squared / (q * q);
      half_slope = g / q;
    }
    for (unsigned int i = 0; i < 6; ++i)
      if (quadric.curvature[i] > 0.)
      {
        const double inverse = 1. / (q + multiplier * quadric.curvature[i]);
        const double term =
          quadric.curvature[i] * z[i] * z[i] * inverse * inverse;
        g += term;
        half_slope += term * inverse;
      }
    const double distance = std::sqrt(g) - 1.;
    if (q == 0. && distance <= 0.)
      return 0.; // the minimum is in the kink of f
    q = std::max(q + g * distance / half_slope, quadric.rounding);
    if (distance < last_distance)
      break;
  }
  return q;
}

NaturalVector
minimiser(const Quadric       &quadric,
          const NaturalVector &trial,
          const double         multiplier)
{
  NaturalVector y;
  for (unsigned int i = 0; i < 6; ++i)
    y[i] = trial[i] - multiplier * quadric.slope[i];
  const double q = minimising_root(quadric, y, multiplier);
  for (unsigned int i = 0; i < 6; ++i)
    if (quadric.curvature[i] > 0.)
      y[i] *= q / (q + multiplier * quadric.curvature[i]);
  return y;
}

// N.A N, 0 in the kink of f.
double
flow_slope(const Quadric       &quadric,
           const NaturalVector &y,
           const double         multiplier)
{
  return quadric.root(y) > 0.
           ? FlowStiffness(quadric, y, multiplier).along_normal
           : 0.;
}

// Far more than ever needed: half of them are bisections at worst.
constexpr unsigned int max_iterations = 100;
// Relative width of a bracket in which rounding decides.
constexpr double smallest_bracket = 1e-15;
// Times the expected noise that the yield function may have there.
constexpr double largest_noise = 100.;
} // namespace


double
Quadric::root(const NaturalVector &y) const
{
  double sum = rounding * rounding;
  for (unsigned int i = 0; i < 6; ++i)
    sum += curvature[i] * y[i] * y[i];
  return std::sqrt(sum);
}


double
Quadric::value(const NaturalVector &y) const
{
  return root(y) + dot(slope, y);
}


double
Hardening::stress(const double kappa) const
{
  const double saturation =
    saturation_ratio == 1.
      ? 0.
      : (1. - saturation_ratio) * std::expm1(-kappa / saturation_strain);
  return initial_stress * (1. + saturation) + modulus * kappa;
}


double
Hardening::slope(const double kappa) const
{
  return modulus + initial_stress * (saturation_ratio - 1.) /
                     saturation_strain * std::exp(-kappa / saturation_strain);
}


Hardening
Hardening::over(const double factor) const
{
  return {initial_stress,
          modulus / factor,
          saturation_ratio,
          saturation_strain * factor};
}


FlowStiffness::FlowStiffness(const Quadric       &quadric,
                             const NaturalVector &y,
                             const double         multiplier)
{
  // (i) Normal, and the diagonal part 1 / (1 + multiplier Lambda / q) of A.
  const double         q = quadric.root(y);
  NaturalVector        curved; // Lambda y / q
  const NaturalVector &lambda = quadric.curvature;
  double               rest   = quadric.rounding * quadric.rounding / (q * q);
  for (unsigned int i = 0; i < 6; ++i)
  {
    curved[i]   = lambda[i] * y[i] / q;
    normal[i]   = curved[i] + quadric.slope[i];
    diagonal[i] = q / (q + multiplier * lambda[i]);
    dyad[i]     = diagonal[i] * curved[i];
    rest += diagonal[i] * curved[i] * y[i] / q;
  }
  // (ii) d^2f/dy^2 = (Lambda - curved curved^T) / q; Sherman & Morrison. The
  // denominator 1 - multiplier curved.dyad / q is summed without subtraction.
  factor = multiplier / (q * rest);
  // (iii) What A makes of the normal.
  const double along_dyad = factor * dot(dyad, normal);
  for (unsigned int i = 0; i < 6; ++i)
    image[i] = diagonal[i] * normal[i] + along_dyad * dyad[i];
  along_normal = dot(normal, image);
}


// One equation for the multiplier: along the minimisers f decreases with slope
// -N.A N. It has a root, since the minimum of f is below any yield stress, and
// without softening only one. Newton's method, kept in a bracket by bisection.
ReturnedStress
return_to_surface(const Quadric       &quadric,
                  const Hardening     &hardening,
                  const NaturalVector &trial,
                  const double         kappa,
                  const double         resistance)
{
  const double infinity = std::numeric_limits<double>::infinity();
  const double noise    = 8. * std::numeric_limits<double>::epsilon() *
                       (quadric.root(trial) + quadric.value(trial));
  const double first_slope = FlowStiffness(quadric, trial, 0.).along_normal +
                             hardening.slope(kappa) + resistance;
  ReturnedStress result;
  if (!(first_slope > 0.))
    return result;

  double &d    = result.multiplier;
  d            = (quadric.value(trial) - hardening.stress(kappa)) / first_slope;
  double lower = 0., upper = infinity, last_size = infinity;
  for (unsigned int iteration = 0; iteration < max_iterations; ++iteration)
  {
    result.stress       = minimiser(quadric, trial, d);
    const double excess = quadric.value(result.stress) -
                          hardening.stress(kappa + d) - resistance * d;
    const double slope = flow_slope(quadric, result.stress, d) +
                         hardening.slope(kappa + d) + resistance;
    const double size = std::abs(excess);
    if (size <= noise || upper - lower <= d * smallest_bracket)
    {
      result.is_admissible = slope > 0. && size <= largest_noise * noise;
      return result;
    }
    (excess > 0. ? lower : upper) = d;
    const double next             = d + excess / slope;
    const bool   is_fast          = size < 0.5 * last_size;
    if (next > lower && next < upper && (is_fast || upper == infinity))
      d = next;
    else
      d = upper == infinity ? 2. * d : 0.5 * (lower + upper);
    last_size = size;
  }
  return result;
}
} // namespace miniscrew::materials
