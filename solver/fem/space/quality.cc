// SPDX-License-Identifier: LGPL-2.1-or-later
// Quality measures of hexahedral cells.
#include "solver/base/log.h"
#include "solver/fem/space/geometry.h"

#include <deal.II/base/mpi.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace miniscrew::fem
{
namespace
{
double
column_norm(const Matrix3 &J, const unsigned int column)
{
  return std::sqrt(J[0][column] * J[0][column] + J[1][column] * J[1][column] +
                   J[2][column] * J[2][column]);
}

// Determinant over the product of the edge vectors' lengths: 1 for a box
// (Knupp 2000, Int. J. Numer. Meth. Engng 48:1165). The worst there is where
// nodes have no position or edges no length.
double
scaled_jacobian(const Matrix3 &J)
{
  const double value = determinant(J) / (column_norm(J, 0) * column_norm(J, 1) *
                                         column_norm(J, 2));
  return std::isfinite(value) ? value : -1.;
}

// Longest to shortest edge; infinite if that is no number.
double
ratio(const Vector3 &edge)
{
  const double value = *std::max_element(edge.begin(), edge.end()) /
                       *std::min_element(edge.begin(), edge.end());
  return std::isfinite(value) ? value : std::numeric_limits<double>::infinity();
}

std::vector<Vector3>
corners_of_cube()
{
  std::vector<Vector3> corners;
  for (unsigned int v = 0; v < 8; ++v)
    corners.push_back({{v & 1 ? 1. : 0., v & 2 ? 1. : 0., v & 4 ? 1. : 0.}});
  return corners;
}

struct Worst
{
  double value = 2.;
  int    rank  = 0;
};
} // namespace

CellGauge::CellGauge(const unsigned int degree)
  : gauss_(degree + 1),
    at_gauss_points_(degree, gauss_.points),
    at_corners_(degree, corners_of_cube())
{}

CellShape
CellGauge::measure(const std::vector<Vector3> &nodes) const
{
  CellShape  shape;
  const auto look = [&](const ShapeTable &table, const unsigned int q) {
    const Matrix3 J     = Geometry::jacobian(nodes, table, q);
    const double  value = scaled_jacobian(J);
    if (value < shape.scaled_jacobian)
    {
      shape.scaled_jacobian = value;
      shape.worst_place     = Geometry::point(nodes, table, q);
    }
    return J;
  };
  for (unsigned int v = 0; v < at_corners_.n_points; ++v)
    look(at_corners_, v);
  Vector3 edge{};
  for (unsigned int q = 0; q < at_gauss_points_.n_points; ++q)
  {
    const Matrix3 J = look(at_gauss_points_, q);
    for (unsigned int d = 0; d < 3; ++d)
      edge[d] += gauss_.weights[q] * column_norm(J, d);
    shape.volume += gauss_.weights[q] * determinant(J);
  }
  shape.aspect_ratio = ratio(edge);
  return shape;
}

Quality
measure_quality(const Geometry &geometry)
{
  const NodeSpace &space = geometry.space();
  const CellGauge  gauge(space.degree());
  Quality          result;
  Worst            worst;
  worst.rank = dealii::Utilities::MPI::this_mpi_process(space.communicator());
  for (std::size_t c = 0; c < space.cells().size(); ++c)
  {
    const CellShape shape = gauge.measure(geometry.cell_nodes(c));
    if (shape.scaled_jacobian < worst.value)
    {
      worst.value        = shape.scaled_jacobian;
      result.worst_place = shape.worst_place;
    }
    result.volume[space.cells()[c]->material_id()] += shape.volume;
    result.max_aspect_ratio =
      std::max(result.max_aspect_ratio, shape.aspect_ratio);
    ++result.scaled_jacobian_histogram[std::clamp(
      static_cast<int>(10. * shape.scaled_jacobian), 0, 9)];
    ++result.aspect_ratio_histogram[std::clamp(
      static_cast<int>(std::min(shape.aspect_ratio, 100.) - 1.), 0, 9)];
  }

  namespace MPI               = dealii::Utilities::MPI;
  const MPI_Comm communicator = space.communicator();
  Worst          global       = worst;
  MPI_Allreduce(&worst, &global, 1, MPI_DOUBLE_INT, MPI_MINLOC, communicator);
  MPI_Bcast(
    result.worst_place.data(), 3, MPI_DOUBLE, global.rank, communicator);
  result.min_scaled_jacobian = global.value;
  result.max_aspect_ratio    = MPI::max(result.max_aspect_ratio, communicator);
  result.n_cells             = space.triangulation().n_global_active_cells();
  for (auto &v : result.volume)
    v = MPI::sum(v, communicator);
  for (auto &n : result.scaled_jacobian_histogram)
    n = MPI::sum(n, communicator);
  for (auto &n : result.aspect_ratio_histogram)
    n = MPI::sum(n, communicator);
  return result;
}

std::vector<std::string>
histogram_lines(const Quality &quality)
{
  std::vector<std::string> lines{
    "  scaled Jacobian      cells   %      aspect ratio      cells   %"};
  const double n = std::max<double>(1., quality.n_cells);
  for (unsigned int i = 0; i < 10; ++i)
    lines.push_back(format(
      "  %.1f - %.1f       %9llu %5.1f      %2u - %s     %9llu %5.1f",
      0.1 * i,
      0.1 * (i + 1),
      static_cast<unsigned long long>(quality.scaled_jacobian_histogram[i]),
      100. * quality.scaled_jacobian_histogram[i] / n,
      i + 1,
      i < 9 ? format("%-4u", i + 2).c_str() : "    ",
      static_cast<unsigned long long>(quality.aspect_ratio_histogram[i]),
      100. * quality.aspect_ratio_histogram[i] / n));
  return lines;
}
} // namespace miniscrew::fem
