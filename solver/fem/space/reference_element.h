// SPDX-License-Identifier: LGPL-2.1-or-later
// Shape functions of Q_k on the unit interval and cube.
#pragma once

#include <array>
#include <vector>

namespace miniscrew::fem
{
/// One-dimensional Lagrange basis on the Gauss-Lobatto points of degree k (as
/// dealii::FE_Q), tabulated at the points of the Gauss rule with n_q points.
struct Basis1D
{
  Basis1D(unsigned int degree, unsigned int n_q);

  unsigned int        degree, n_q;
  std::vector<double> nodes;             ///< k + 1 points in [0, 1]
  std::vector<double> points, weights;   ///< Gauss rule on [0, 1]
  std::vector<double> values, gradients; ///< [q * (k + 1) + i]

  /// Value and derivative of basis function @p i at @p x.
  double value(unsigned int i, double x) const;
  double gradient(unsigned int i, double x) const;
};

/// Values and gradients of all (k + 1)^3 shape functions, lexicographic order,
/// at arbitrary points of the unit cube.
struct ShapeTable
{
  ShapeTable(unsigned int                              degree,
             const std::vector<std::array<double, 3>> &points);

  unsigned int                       n_nodes, n_points;
  std::vector<double>                values;    ///< [point * n_nodes + node]
  std::vector<std::array<double, 3>> gradients; ///< same, unit-cube gradients
};

/// Points and weights of the tensor Gauss rule with n points per direction on
/// the unit cube, x fastest.
struct CubeQuadrature
{
  explicit CubeQuadrature(unsigned int n);

  std::vector<std::array<double, 3>> points;
  std::vector<double>                weights;
};

/// The Gauss rule with n points per direction on face @p face of the unit cube
/// (deal.II's numbering: 0, 1 for x = 0, 1; ...), and the two directions that
/// span the face, ordered so that their cross product points outward.
struct FaceQuadrature
{
  FaceQuadrature(unsigned int n, unsigned int face);

  std::vector<std::array<double, 3>> points;
  std::vector<double>                weights;
  unsigned int                       first_direction, second_direction;
};

/// Lexicographic numbers of a cell's nodes on a face, the direction after the
/// face's normal (cyclically) first.
std::vector<unsigned int> nodes_on_face(unsigned int degree, unsigned int face);

/// Hierarchic (dealii::FE_Q) number of each lexicographic node.
std::vector<unsigned int> lexicographic_to_hierarchic(unsigned int degree);
} // namespace miniscrew::fem
