// SPDX-License-Identifier: LGPL-2.1-or-later
// Positions of the nodes: the isoparametric geometry.
#pragma once

#include "mesh/map/screw_bone_map.h"
#include "solver/base/vector3.h"
#include "solver/fem/space/node_space.h"
#include "solver/fem/space/reference_element.h"

#include <array>
#include <string>
#include <vector>

namespace miniscrew::fem
{
using miniscrew::Vector3;
using Matrix3 = std::array<Vector3, 3>; ///< [row][column]

double  determinant(const Matrix3 &m);
Matrix3 inverse(const Matrix3 &m);

/// The shape of all cells, as the same Q_k field as the displacement. Hanging
/// nodes lie on the polynomial face of the coarser cell, so the mesh has no
/// gaps and linear displacements are represented exactly (patch test). A
/// MappingQCache filled point by point would leave gaps there.
class Geometry
{
public:
  /// Positions from @p map. The space must outlive the geometry. Collective.
  Geometry(const NodeSpace &space, const mesh::ScrewBoneMap &map);

  const NodeSpace &space() const;

  /// Position of a local node, mm.
  Vector3 node(unsigned int local_node) const;

  /// Nodes of cell @p cell (its index in NodeSpace::cells()), lexicographic.
  std::vector<Vector3> cell_nodes(std::size_t cell) const;

  /// dx/dxi at point @p q of @p table for given cell nodes.
  static Matrix3 jacobian(const std::vector<Vector3> &nodes,
                          const ShapeTable           &table,
                          unsigned int                q);

  /// Position at point @p q of @p table.
  static Vector3 point(const std::vector<Vector3> &nodes,
                       const ShapeTable           &table,
                       unsigned int                q);

private:
  const NodeSpace       *space_;
  linear::Vector<double> positions_;
};

/// Shape of one cell.
struct CellShape
{
  /// Determinant over the product of the edge vectors' lengths, 1 for a box;
  /// least over corners and Gauss points.
  double  scaled_jacobian = 2.;
  Vector3 worst_place     = {}; ///< where that is, mm
  double  aspect_ratio    = 0.; ///< longest to shortest mean edge
  double  volume          = 0.; ///< mm^3
};

/// Measures cells of one degree.
class CellGauge
{
public:
  explicit CellGauge(unsigned int degree);

  /// @p nodes as Geometry::cell_nodes() gives them.
  CellShape measure(const std::vector<Vector3> &nodes) const;

private:
  CubeQuadrature gauss_;
  ShapeTable     at_gauss_points_, at_corners_;
};

/// Shapes of the cells of a mesh.
struct Quality
{
  std::uint64_t n_cells             = 0;
  double        min_scaled_jacobian = 0.; ///< over corners and Gauss points
  Vector3       worst_place         = {}; ///< where that is, mm
  double        max_aspect_ratio    = 0.; ///< longest to shortest mean edge
  /// Cells by scaled Jacobian in [0, 1) and by aspect ratio in [1, 11), ten
  /// bins each; the last bins take what lies beyond.
  std::array<std::uint64_t, 10> scaled_jacobian_histogram{};
  std::array<std::uint64_t, 10> aspect_ratio_histogram{};
  /// Volume of the near cortex, cancellous bone, far cortex and screw, mm^3.
  std::array<double, mesh::n_bodies> volume{};
};

/// Collective.
Quality measure_quality(const Geometry &geometry);

/// Both histograms as lines of text.
std::vector<std::string> histogram_lines(const Quality &quality);
} // namespace miniscrew::fem
