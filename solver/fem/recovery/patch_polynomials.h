// SPDX-License-Identifier: LGPL-2.1-or-later
// Polynomials fitted to the strains in the cells around each vertex.
#pragma once

#include "solver/fem/space/strain.h"

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

namespace miniscrew::fem
{
/// The master that a hanging node coincides with, or the node itself if there
/// is none.
unsigned int coinciding_master(const NodeConstraints &constraints,
                               unsigned int           node);

/// The vertices of a space's cells that do not hang on an edge or face,
/// distributed as their nodes are. Where a node follows a vertex of another
/// body at the same place, both are one vertex.
class VertexLayout
{
public:
  static constexpr unsigned int none = 0xffffffffu;

  /// The space must outlive the layout. Collective.
  explicit VertexLayout(const NodeSpace &space);

  unsigned int n_local_vertices() const;

  /// Local vertex at corner @p corner (0 to 7) of cell @p cell, or none if that
  /// hangs.
  unsigned int vertex(std::size_t cell, unsigned int corner) const;

  /// Local node at a local vertex.
  unsigned int node(unsigned int vertex) const;

  /// A zero vector with entries @p n_components * vertex + component.
  linear::Vector<double> make_vector(unsigned int n_components) const;

private:
  std::vector<bool> number_owned();
  void              add_ghosts(const std::vector<bool> &may_be_vertex);

  const NodeSpace            *space_;
  dealii::IndexSet            owned_, ghosts_;
  std::array<unsigned int, 8> corners_; ///< nodes of a cell
  std::vector<unsigned int>   vertex_of_node_, nodes_;
};

/// Superconvergent patch recovery (Zienkiewicz and Zhu 1992, Int. J. Numer.
/// Meth. Engng 33:1331) in the cells of one body: for each vertex the
/// polynomial of the elements' degree k that fits the strains at the points of
/// the Gauss rule with k points per direction, where they are more accurate
/// than elsewhere, in all cells around the vertex.
class PatchPolynomials
{
public:
  /// Layout and geometry must outlive the polynomials. Collective.
  PatchPolynomials(const VertexLayout           &layout,
                   const Geometry               &geometry,
                   const linear::Vector<double> &displacement,
                   dealii::types::material_id    body);

  /// Whether the cells of the body around local vertex @p vertex fix all terms
  /// of the polynomial. Terms of degree k that they leave open (at the body's
  /// boundary) were taken as zero.
  bool is_determined(unsigned int vertex) const;

  /// Engineering strain at @p position (mm) by the polynomial of local vertex
  /// @p vertex of a cell of the body.
  VoigtVector evaluate(unsigned int vertex, const Vector3 &position) const;

private:
  void measure_patches(const StrainEvaluator &strains);
  linear::Vector<double>
       sum_normal_equations(const StrainEvaluator &strains) const;
  void solve(const linear::Vector<double> &equations);
  void
  monomials(unsigned int vertex, const Vector3 &position, double *values) const;

  const VertexLayout        *layout_;
  const Geometry            *geometry_;
  dealii::types::material_id body_;
  unsigned int               degree_, n_terms_;
  /// Per local vertex: number of samples, and the map from the distance to the
  /// vertex to coordinates in which the samples' inertia is the unit tensor.
  std::vector<double>  n_samples_;
  std::vector<Matrix3> to_local_;
  std::vector<double>  coefficients_; ///< [(vertex * n_terms + term) * 6 + c]
  std::vector<bool>    is_determined_;
};
} // namespace miniscrew::fem
