// SPDX-License-Identifier: LGPL-2.1-or-later
// Constants of the materials in space.
#pragma once

#include "mesh/refine/reference_mesh.h"
#include "solver/base/vector3.h"
#include "solver/fem/operator/material_layout.h"

#include <array>
#include <functional>
#include <vector>

namespace miniscrew::fem
{
/// Where a material's constants are asked for.
struct MaterialPlace
{
  std::size_t  cell; ///< as numbered in NodeSpace::cells(), of any degree
  unsigned int body; ///< material id of the cell
  Vector3      x;    ///< a point of the cell, mm
};

/// The constants of all materials: what operators, their diagonals and the
/// assembled level of a multigrid are made of. Each asks at the points of its
/// own quadrature, so an image, a density or a radial profile supplies values
/// by position, and data of cells by the cell's number.
class MaterialField
{
public:
  virtual ~MaterialField() = default;

  /// Layout of the constants in the cells of @p body.
  virtual MaterialLayout layout(unsigned int body) const = 0;

  /// Whether constants differ within a cell of @p body. If not they are asked
  /// for once, at its centre, and stored once.
  virtual bool varies_in_cells(unsigned int body) const = 0;

  /// Writes the n_constants(layout(place.body)) constants at a place.
  virtual void evaluate(const MaterialPlace &place,
                        double              *constants) const = 0;

  /// Whether the constants hold for any strain. If not, an operator may be
  /// given tangents in the cells of @p body.
  virtual bool
  is_linear(unsigned int /*body*/) const
  {
    return true;
  }
};

/// The same constants in all cells of a body, by material id.
class UniformField : public MaterialField
{
public:
  using Constants = std::array<std::vector<double>, mesh::n_bodies>;

  /// Throws dealii::ExcDimensionMismatch unless each body's constants are as
  /// many as the layout has.
  UniformField(MaterialLayout layout, const Constants &constants);

  MaterialLayout layout(unsigned int body) const override;
  bool           varies_in_cells(unsigned int body) const override;
  void evaluate(const MaterialPlace &place, double *constants) const override;

private:
  MaterialLayout layout_;
  Constants      constants_;
};

/// Constants by a function of the place, at every point.
class FunctionField : public MaterialField
{
public:
  using Function = std::function<void(const MaterialPlace &, double *)>;

  FunctionField(MaterialLayout layout, const Function &function);

  MaterialLayout layout(unsigned int body) const override;
  bool           varies_in_cells(unsigned int body) const override;
  void evaluate(const MaterialPlace &place, double *constants) const override;

private:
  MaterialLayout layout_;
  Function       function_;
};
} // namespace miniscrew::fem
