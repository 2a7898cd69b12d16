// SPDX-License-Identifier: LGPL-2.1-or-later
// Frames of uniform and cylindrical fields.
#include "materials/elastic/direction_field.h"

#include "solver/base/errors.h"

#include <Eigen/Dense>

namespace miniscrew::materials
{
namespace
{
// Nearer to the line (mm) the radial direction is that of rounding errors.
constexpr double smallest_radius = 1e-9;

Eigen::Vector3d
normal_part(const Eigen::Vector3d &vector, const Eigen::Vector3d &unit)
{
  return vector - vector.dot(unit) * unit;
}
} // namespace


Frame
local_frame(const DirectionField &field, const std::array<double, 3> &point)
{
  if (field.kind == FieldKind::uniform)
    return {{{{1., 0., 0.}}, {{0., 1., 0.}}, {{0., 0., 1.}}}};

  Eigen::Vector3d along(field.line.data());
  if (!(along.norm() > 0.))
    throw UserError("axes_line must be a direction, but is zero");
  along.normalize();
  Eigen::Vector3d radial = normal_part(Eigen::Vector3d(point.data()) -
                                         Eigen::Vector3d(field.centre.data()),
                                       along);
  if (!(radial.norm() > smallest_radius))
  {
    Eigen::Index least_aligned = 0;
    along.cwiseAbs().minCoeff(&least_aligned);
    radial = normal_part(Eigen::Vector3d::Unit(least_aligned), along);
  }
  radial.normalize();
  const Eigen::Vector3d around = along.cross(radial);

  Frame frame;
  int   i = 0;
  for (const Eigen::Vector3d &vector : {radial, around, along})
    frame[i++] = {{vector[0], vector[1], vector[2]}};
  return frame;
}
} // namespace miniscrew::materials
