// SPDX-License-Identifier: LGPL-2.1-or-later
// Averages of point values over their surroundings.
#pragma once

#include "solver/fem/operator/averaged_points.h"
#include "solver/fem/operator/cell_operator.h"
#include "solver/linear/conjugate_gradients.h"

#include <memory>
#include <vector>

namespace miniscrew::fem
{
/// The average a of a field k over an internal length l of each body,
///
///     a - div(l^2 grad a) = k,    no flux through the boundary,
///
/// an implicit gradient (Peerlings et al. 1996, Int. J. Numer. Meth. Eng.
/// 39:3391). Bodies without a length are no part of it. a is a field of linear
/// elements on the cells of the displacement, k is given at the points of the
/// displacement's Gauss rule; a constant k is its own average, exactly.
///
/// Cells that resolve l are about half as large, so that the system is
/// conditioned as (l / cell)^2, by some tens; conjugate gradients with its
/// diagonal do in a few sweeps over scalars of linear elements what a multigrid
/// would set up for.
class NonlocalAverage
{
public:
  /// @p geometry must outlive it. Collective.
  NonlocalAverage(const Geometry &geometry, const AveragedPoints &points);

  /// A field of zeros.
  linear::Vector<double> make_field() const;

  /// The average of @p values, as AveragedPoints numbers them, from the
  /// @p field at hand on; @p tolerance is of the norm of the loads. The field
  /// has its ghosts and hanging nodes afterwards. Collective.
  linear::Verdict solve(const std::vector<double> &values,
                        linear::Vector<double>    &field,
                        double                     tolerance) const;

  /// A field at the points, @p values of which are those of @p cell.
  void evaluate(const linear::Vector<double> &field,
                std::size_t                   cell,
                double                       *values) const;

  /// The same at all points.
  void evaluate(const linear::Vector<double> &field,
                std::vector<double>          &values) const;

  const AveragedPoints &points() const;

private:
  void add_loads(const std::vector<double> &values,
                 linear::Vector<double>    &loads) const;

  NodeSpace                                   space_;
  AveragedPoints                              points_;
  ShapeTable                                  shape_;   ///< at the points
  std::vector<double>                         weights_; ///< of the points, mm^3
  std::unique_ptr<ConductionOperator<double>> system_;
  /// Of each node, what the operator makes of ones, by the loads of ones: the
  /// rules of both are not the same on curved cells.
  linear::Vector<double> balance_;
};
} // namespace miniscrew::fem
