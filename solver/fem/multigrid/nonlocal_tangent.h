// SPDX-License-Identifier: LGPL-2.1-or-later
// Stiffness that acts through averages.
#pragma once

#include "solver/fem/multigrid/nonlocal_average.h"
#include "solver/fem/operator/elasticity_operator.h"
#include "solver/linear/added_term.h"

namespace miniscrew::fem
{
/// What strains do to stresses elsewhere through averages,
///
///     int grad(v) : (d stress / d average) G (d averaged / d strain) : grad u,
///
/// with the average G of NonlocalAverage. It is the rest of the derivative of
/// forces beside that of stresses by the strain at the point, and neither
/// symmetric nor kept as a matrix: it would couple all nodes with each other.
class NonlocalTangent : public linear::Term
{
public:
  /// @p system is the operator of the displacement; it and @p average must
  /// outlive the term. Averages are found to @p tolerance.
  NonlocalTangent(const ElasticityOperator<double> &system,
                  const NonlocalAverage            &average,
                  const AverageTangentField        &tangents,
                  double                            tolerance);

  void add_product(linear::Vector<double>       &dst,
                   const linear::Vector<double> &src) const override;

private:
  const ElasticityOperator<double> *system_;
  const NonlocalAverage            *average_;
  AverageTangentField               tangents_;
  double                            tolerance_;
};
} // namespace miniscrew::fem
