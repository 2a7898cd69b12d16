// SPDX-License-Identifier: LGPL-2.1-or-later
// Strain of a displacement at points of the cells, and invariants.
#pragma once

#include "materials/elastic/elastic.h"
#include "solver/fem/space/geometry.h"

#include <array>
#include <cstddef>
#include <vector>

namespace miniscrew::fem
{
/// Six components of a symmetric tensor in the order xx, yy, zz, yz, xz, xy.
/// Strains are ENGINEERING strains (shear is twice the tensor's), as
/// materials::VoigtMatrix takes them, unless a name says tensor.
using materials::VoigtVector;

/// What is known at a point of a cell.
struct PointState
{
  double      jxw;      ///< quadrature weight times determinant, mm^3
  Vector3     position; ///< mm, undeformed
  VoigtVector strain;   ///< engineering strain
};

/// Small strains of a displacement of the geometry's own space.
class StrainEvaluator
{
public:
  /// At the points of the Gauss rule with @p n_gauss points per direction
  /// (x fastest). @p displacement (mm) must have updated ghosts and its hanging
  /// nodes distributed; it and the geometry must outlive the evaluator.
  StrainEvaluator(const Geometry               &geometry,
                  const linear::Vector<double> &displacement,
                  unsigned int                  n_gauss);

  /// At other points of the unit cube, with weights for jxw.
  StrainEvaluator(const Geometry                           &geometry,
                  const linear::Vector<double>             &displacement,
                  const std::vector<std::array<double, 3>> &points,
                  const std::vector<double>                &weights);

  /// Number of points per cell.
  std::size_t n_points() const;

  /// States at the points of cell @p cell (its index in NodeSpace::cells()).
  /// @p points is resized; it is meant to be used again for the next cell.
  void evaluate(std::size_t cell, std::vector<PointState> &points) const;

private:
  const Geometry               *geometry_;
  const linear::Vector<double> *displacement_;
  ShapeTable                    table_;
  std::vector<double>           weights_;
};

/// Tensor components of an engineering strain: its shear halved.
VoigtVector tensor_strain(const VoigtVector &engineering_strain);

/// Eigenvalues of a symmetric tensor by its TENSOR components (a stress, or
/// tensor_strain()), greatest first.
std::array<double, 3> principal_values(const VoigtVector &tensor);

/// Principal strains of an ENGINEERING strain, greatest (tensile) first.
std::array<double, 3> principal_strains(const VoigtVector &engineering_strain);

/// Von Mises' equivalent stress, in the unit of the stress.
double von_mises(const VoigtVector &stress);

using materials::contract;
using materials::multiply;
} // namespace miniscrew::fem
