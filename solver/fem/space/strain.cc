// SPDX-License-Identifier: LGPL-2.1-or-later
// Strain of a displacement at points of the cells, and invariants.
#include "solver/fem/space/strain.h"

#include <algorithm>
#include <cmath>

namespace miniscrew::fem
{
namespace
{
// Nodes of a cell of the highest degree, 3.
constexpr unsigned int most_nodes = 64;

VoigtVector
engineering_strain(const Matrix3 &g)
{
  return {{g[0][0],
           g[1][1],
           g[2][2],
           g[1][2] + g[2][1],
           g[0][2] + g[2][0],
           g[0][1] + g[1][0]}};
}

Matrix3
product(const Matrix3 &a, const Matrix3 &b)
{
  Matrix3 result{};
  for (unsigned int i = 0; i < 3; ++i)
    for (unsigned int j = 0; j < 3; ++j)
      for (unsigned int k = 0; k < 3; ++k)
        result[i][j] += a[i][k] * b[k][j];
  return result;
}
} // namespace

StrainEvaluator::StrainEvaluator(const Geometry               &geometry,
                                 const linear::Vector<double> &displacement,
                                 const unsigned int            n_gauss)
  : StrainEvaluator(geometry,
                    displacement,
                    CubeQuadrature(n_gauss).points,
                    CubeQuadrature(n_gauss).weights)
{}

StrainEvaluator::StrainEvaluator(
  const Geometry                           &geometry,
  const linear::Vector<double>             &displacement,
  const std::vector<std::array<double, 3>> &points,
  const std::vector<double>                &weights)
  : geometry_(&geometry),
    displacement_(&displacement),
    table_(geometry.space().degree(), points),
    weights_(weights)
{
  AssertThrow(points.size() == weights.size() && table_.n_nodes <= most_nodes,
              dealii::ExcInternalError());
}

std::size_t
StrainEvaluator::n_points() const
{
  return weights_.size();
}

void
StrainEvaluator::evaluate(const std::size_t        cell,
                          std::vector<PointState> &points) const
{
  const unsigned int              n = table_.n_nodes;
  std::array<Vector3, most_nodes> x, u;
  const unsigned int *const       nodes =
    geometry_->space().cell_nodes().data() + cell * n;
  for (unsigned int i = 0; i < n; ++i)
  {
    x[i] = geometry_->node(nodes[i]);
    for (unsigned int d = 0; d < 3; ++d)
      u[i][d] = displacement_->local_element(3 * nodes[i] + d);
  }

  points.resize(weights_.size());
  for (std::size_t q = 0; q < weights_.size(); ++q)
  {
    PointState &point = points[q];
    point.position    = {};
    Matrix3             J{}, G{}; // dx/dxi and du/dxi
    const double *const values   = table_.values.data() + q * n;
    const auto *const   gradient = table_.gradients.data() + q * n;
    for (unsigned int i = 0; i < n; ++i)
      for (unsigned int d = 0; d < 3; ++d)
      {
        point.position[d] += values[i] * x[i][d];
        for (unsigned int b = 0; b < 3; ++b)
        {
          J[d][b] += x[i][d] * gradient[i][b];
          G[d][b] += u[i][d] * gradient[i][b];
        }
      }
    point.jxw    = weights_[q] * determinant(J);
    point.strain = engineering_strain(product(G, inverse(J)));
  }
}

VoigtVector
tensor_strain(const VoigtVector &e)
{
  return {{e[0], e[1], e[2], 0.5 * e[3], 0.5 * e[4], 0.5 * e[5]}};
}

// The trigonometric solution (Smith 1961, Comm. ACM 4:168).
std::array<double, 3>
principal_values(const VoigtVector &t)
{
  const double mean = (t[0] + t[1] + t[2]) / 3.;
  const double a = t[0] - mean, b = t[1] - mean, c = t[2] - mean;
  const double p2 =
    (a * a + b * b + c * c + 2. * (t[3] * t[3] + t[4] * t[4] + t[5] * t[5])) /
    6.;
  const double p = std::sqrt(p2);
  if (!(p > 0.))
    return {{mean, mean, mean}};
  const double det =
    (a / p) * ((b / p) * (c / p) - (t[3] / p) * (t[3] / p)) -
    (t[5] / p) * ((t[5] / p) * (c / p) - (t[3] / p) * (t[4] / p)) +
    (t[4] / p) * ((t[5] / p) * (t[3] / p) - (b / p) * (t[4] / p));
  const double     angle = std::acos(std::clamp(0.5 * det, -1., 1.)) / 3.;
  constexpr double third_of_turn = 2.09439510239319549;
  const double     greatest      = mean + 2. * p * std::cos(angle);
  const double     least = mean + 2. * p * std::cos(angle + third_of_turn);
  return {{greatest, 3. * mean - greatest - least, least}};
}

std::array<double, 3>
principal_strains(const VoigtVector &engineering_strain)
{
  return principal_values(tensor_strain(engineering_strain));
}

double
von_mises(const VoigtVector &s)
{
  const double a = s[0] - s[1], b = s[1] - s[2], c = s[2] - s[0];
  return std::sqrt(0.5 * (a * a + b * b + c * c) +
                   3. * (s[3] * s[3] + s[4] * s[4] + s[5] * s[5]));
}
} // namespace miniscrew::fem
