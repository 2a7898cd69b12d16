// SPDX-License-Identifier: LGPL-2.1-or-later
// Tabulation of Q_k shape functions.
#include "solver/fem/space/reference_element.h"

#include <deal.II/base/quadrature_lib.h>
#include <deal.II/fe/fe_q.h>
#include <deal.II/fe/fe_tools.h>

namespace miniscrew::fem
{
Basis1D::Basis1D(const unsigned int degree_, const unsigned int n_q_)
  : degree(degree_),
    n_q(n_q_)
{
  const dealii::QGaussLobatto<1> lobatto(degree + 1);
  for (const auto &p : lobatto.get_points())
    nodes.push_back(p[0]);
  const dealii::QGauss<1> gauss(n_q);
  for (unsigned int q = 0; q < n_q; ++q)
  {
    points.push_back(gauss.point(q)[0]);
    weights.push_back(gauss.weight(q));
    for (unsigned int i = 0; i <= degree; ++i)
    {
      values.push_back(value(i, points[q]));
      gradients.push_back(gradient(i, points[q]));
    }
  }
}

double
Basis1D::value(const unsigned int i, const double x) const
{
  double result = 1.;
  for (unsigned int j = 0; j <= degree; ++j)
    if (j != i)
      result *= (x - nodes[j]) / (nodes[i] - nodes[j]);
  return result;
}

double
Basis1D::gradient(const unsigned int i, const double x) const
{
  double sum = 0.;
  for (unsigned int m = 0; m <= degree; ++m)
  {
    if (m == i)
      continue;
    double product = 1. / (nodes[i] - nodes[m]);
    for (unsigned int j = 0; j <= degree; ++j)
      if (j != i && j != m)
        product *= (x - nodes[j]) / (nodes[i] - nodes[j]);
    sum += product;
  }
  return sum;
}

ShapeTable::ShapeTable(const unsigned int                        degree,
                       const std::vector<std::array<double, 3>> &points)
  : n_nodes((degree + 1) * (degree + 1) * (degree + 1)),
    n_points(points.size())
{
  const Basis1D      basis(degree, 1);
  const unsigned int n = degree + 1;
  for (const auto &p : points)
    for (unsigned int k = 0; k < n; ++k)
      for (unsigned int j = 0; j < n; ++j)
        for (unsigned int i = 0; i < n; ++i)
        {
          const double x = basis.value(i, p[0]), y = basis.value(j, p[1]),
                       z = basis.value(k, p[2]);
          values.push_back(x * y * z);
          gradients.push_back({{basis.gradient(i, p[0]) * y * z,
                                x * basis.gradient(j, p[1]) * z,
                                x * y * basis.gradient(k, p[2])}});
        }
}

CubeQuadrature::CubeQuadrature(const unsigned int n)
{
  const dealii::QGauss<3> gauss(n);
  for (unsigned int q = 0; q < gauss.size(); ++q)
  {
    points.push_back(
      {{gauss.point(q)[0], gauss.point(q)[1], gauss.point(q)[2]}});
    weights.push_back(gauss.weight(q));
  }
}

FaceQuadrature::FaceQuadrature(const unsigned int n, const unsigned int face)
{
  const unsigned int normal = face / 2;
  const bool         upper  = face % 2 == 1;
  first_direction           = (normal + 1) % 3;
  second_direction          = (normal + 2) % 3;
  if (!upper)
    std::swap(first_direction, second_direction);
  const dealii::QGauss<2> gauss(n);
  for (unsigned int q = 0; q < gauss.size(); ++q)
  {
    std::array<double, 3> p{};
    p[normal]           = upper ? 1. : 0.;
    p[first_direction]  = gauss.point(q)[0];
    p[second_direction] = gauss.point(q)[1];
    points.push_back(p);
    weights.push_back(gauss.weight(q));
  }
}

std::vector<unsigned int>
nodes_on_face(const unsigned int degree, const unsigned int face)
{
  const unsigned int        n       = degree + 1;
  const unsigned int        normal  = face / 2;
  const unsigned int        step[3] = {1, n, n * n};
  std::vector<unsigned int> nodes;
  for (unsigned int j = 0; j < n; ++j)
    for (unsigned int i = 0; i < n; ++i)
      nodes.push_back((face % 2) * degree * step[normal] +
                      i * step[(normal + 1) % 3] + j * step[(normal + 2) % 3]);
  return nodes;
}

std::vector<unsigned int>
lexicographic_to_hierarchic(const unsigned int degree)
{
  return dealii::FETools::lexicographic_to_hierarchic_numbering<3>(degree);
}
} // namespace miniscrew::fem
