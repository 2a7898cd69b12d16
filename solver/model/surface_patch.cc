// SPDX-License-Identifier: LGPL-2.1-or-later
// Integrals over faces.
#include "solver/model/surface_patch.h"

#include <deal.II/base/mpi.h>

#include <Eigen/Dense>

namespace miniscrew::model
{
namespace
{
using fem::Vector3;

// Points per direction on a face; the weight of a band varies within cells.
constexpr unsigned int n_face_points = 5;

// Displacement of the unit motion k (three translations, three rotations).
Vector3
rigid_motion(const unsigned int k, const Vector3 &arm)
{
  Vector3 unit{};
  unit[k % 3] = 1.;
  return k < 3 ? unit : cross(unit, arm);
}
} // namespace

FacePatch::FacePatch(const fem::Geometry &geometry,
                     const Selector      &selector,
                     const Weight        &weight,
                     const Vector3       &centre)
  : geometry_(&geometry),
    centre_(centre)
{
  const fem::NodeSpace &space = geometry.space();
  for (unsigned int face = 0; face < 6; ++face)
  {
    const fem::FaceQuadrature quadrature(n_face_points, face);
    const fem::ShapeTable     table(space.degree(), quadrature.points);
    for (std::size_t c = 0; c < space.cells().size(); ++c)
    {
      if (!selector(space.cells()[c], face))
        continue;
      const auto nodes = geometry.cell_nodes(c);
      for (unsigned int q = 0; q < table.n_points; ++q)
      {
        const Vector3 x = fem::Geometry::point(nodes, table, q);
        const double  w = weight(x);
        if (w <= 0.)
          continue;
        const auto J = fem::Geometry::jacobian(nodes, table, q);
        Vector3    a, b, arm;
        for (unsigned int d = 0; d < 3; ++d)
        {
          a[d]   = J[d][quadrature.first_direction];
          b[d]   = J[d][quadrature.second_direction];
          arm[d] = x[d] - centre[d];
        }
        const Vector3 normal = cross(a, b);
        const auto    first  = table.values.begin() + q * table.n_nodes;
        points_.push_back({c,
                           w * quadrature.weights[q] * norm(normal),
                           arm,
                           {first, first + table.n_nodes}});
      }
    }
  }
  for (const Point &p : points_)
    for (unsigned int i = 0; i < 6; ++i)
      for (unsigned int j = 0; j < 6; ++j)
        moments_[i][j] +=
          p.weight * dot(rigid_motion(i, p.arm), rigid_motion(j, p.arm));
  for (auto &row : moments_)
    for (double &entry : row)
      entry = dealii::Utilities::MPI::sum(entry, space.communicator());
}

double
FacePatch::area() const
{
  return moments_[0][0];
}

const Vector3 &
FacePatch::centre() const
{
  return centre_;
}

Vector3
FacePatch::value(const Point &point, const linear::Vector<double> &v) const
{
  const fem::NodeSpace &space = geometry_->space();
  Vector3               result{};
  for (unsigned int i = 0; i < point.shape.size(); ++i)
  {
    const unsigned int node =
      space.cell_nodes()[point.cell * point.shape.size() + i];
    for (unsigned int d = 0; d < 3; ++d)
      result[d] += point.shape[i] * v.local_element(3 * node + d);
  }
  return result;
}

Wrench
FacePatch::solve(const Wrench &right_hand_side) const
{
  const Eigen::Map<const Eigen::Matrix<double, 6, 6>> M(&moments_[0][0]);
  const Eigen::Map<const Eigen::Matrix<double, 6, 1>> b(right_hand_side.data());
  Wrench                                              result;
  Eigen::Map<Eigen::Matrix<double, 6, 1>>(result.data()) = M.ldlt().solve(b);
  return result;
}

void
FacePatch::add_load(linear::Vector<double> &forces, const Wrench &wrench) const
{
  const Wrench           pattern     = solve(wrench);
  const fem::NodeSpace  &space       = geometry_->space();
  const auto            &constraints = space.constraints();
  linear::Vector<double> load        = space.make_vector<double>();
  for (const Point &p : points_)
  {
    Vector3 traction{};
    for (unsigned int k = 0; k < 6; ++k)
    {
      const Vector3 mode = rigid_motion(k, p.arm);
      for (unsigned int d = 0; d < 3; ++d)
        traction[d] += p.weight * pattern[k] * mode[d];
    }
    for (unsigned int i = 0; i < p.shape.size(); ++i)
    {
      const unsigned int node = space.cell_nodes()[p.cell * p.shape.size() + i];
      constraints.for_masters(
        node, [&](const unsigned int master, const double weight) {
          for (unsigned int d = 0; d < 3; ++d)
            if (!((constraints.prescribed[master] >> d) & 1))
              load.local_element(3 * master + d) +=
                p.shape[i] * weight * traction[d];
        });
    }
  }
  load.compress(dealii::VectorOperation::add);
  forces += load;
}

Wrench
FacePatch::motion(const linear::Vector<double> &displacement) const
{
  Wrench sums{};
  for (const Point &p : points_)
    for (unsigned int k = 0; k < 6; ++k)
      sums[k] += p.weight * dot(rigid_motion(k, p.arm), value(p, displacement));
  for (double &s : sums)
    s = dealii::Utilities::MPI::sum(s, geometry_->space().communicator());
  return solve(sums);
}

Vector3
FacePatch::mean(const linear::Vector<double> &displacement) const
{
  Vector3 sum{};
  for (const Point &p : points_)
  {
    const Vector3 u = value(p, displacement);
    for (unsigned int d = 0; d < 3; ++d)
      sum[d] += p.weight * u[d];
  }
  for (double &s : sum)
    s = dealii::Utilities::MPI::sum(s, geometry_->space().communicator()) /
        area();
  return sum;
}
} // namespace miniscrew::model
