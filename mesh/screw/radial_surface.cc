// SPDX-License-Identifier: LGPL-2.1-or-later
// Volume of a body whose surface is a radial graph.
#include "mesh/screw/screw_surface.h"

#include <boost/math/quadrature/gauss_kronrod.hpp>

namespace miniscrew::mesh
{
double
RadialSurface::volume(const double tolerance) const
{
  // The nested rule is adaptive in both directions; the inner tolerance is
  // tighter, so that the outer one sees a smooth integrand.
  using Rule = boost::math::quadrature::gauss_kronrod<double, 15>;
  const double       two_pi          = 6.28318530717958647692;
  const unsigned int max_bisections  = 15;
  const double       inner_tolerance = 0.1 * tolerance;

  const auto section_area = [&](const double s) {
    return Rule::integrate(
      [&](const double theta) {
        const double r = radius(theta, s);
        return 0.5 * r * r;
      },
      0.,
      two_pi,
      max_bisections,
      inner_tolerance);
  };

  std::vector<double> ends = stations();
  ends.push_back(height());
  double volume = 0., begin = 0.;
  for (const double end : ends)
  {
    volume +=
      Rule::integrate(section_area, begin, end, max_bisections, tolerance);
    begin = end;
  }
  return volume;
}
} // namespace miniscrew::mesh
