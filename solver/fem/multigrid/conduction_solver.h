// SPDX-License-Identifier: LGPL-2.1-or-later
// Conduction with its multigrid, ready to solve.
#pragma once

#include "solver/fem/multigrid/degree_hierarchy.h"
#include "solver/fem/operator/cell_operator.h"
#include "solver/fem/operator/scalar_loads.h"
#include "solver/linear/conjugate_gradients.h"

#include <functional>
#include <map>
#include <memory>
#include <string>

namespace miniscrew::fem
{
/// -div(k grad u) + c u = f with what is known at the boundary; where nothing
/// is given no flux passes. For a temperature u in K: k in W/(mm K), f in
/// W/mm^3, inflow in W/mm^2, c in W/(mm^3 K).
struct ConductionProblem
{
  /// k, or k and c, at every point.
  std::shared_ptr<const MaterialField> field;
  /// u on boundaries, by id.
  std::map<dealii::types::boundary_id, ScalarFunction> values;
  /// n . (k grad u) on boundaries, by id.
  std::map<dealii::types::boundary_id, FluxFunction> inflow;
  SourceFunction source; ///< f; none if empty
};

/// Matrix-free operator in double precision, conjugate gradients, and the
/// V-cycle of DegreeHierarchy as preconditioner. The result does not depend on
/// the number of ranks but for rounding and the tolerance of the solve.
class ConductionSolver
{
public:
  /// @p space and @p geometry must outlive the solver; what the space
  /// prescribes is replaced by the problem's boundaries. Throws
  /// dealii::ExcMessage if nothing determines the level of u: no boundary value
  /// and no reaction. Collective.
  ConductionSolver(NodeSpace                 &space,
                   const Geometry            &geometry,
                   const ConductionProblem   &problem,
                   const DegreeSolverOptions &options = {});

  /// Solves from the free entries of @p u, a scalar vector of the space, on;
  /// afterwards its ghosts are up to date and its hanging nodes set.
  /// Collective.
  linear::Verdict
  solve(linear::Vector<double>                          &u,
        const std::function<void(unsigned int, double)> &observer = {}) const;

  const ConductionOperator<double> &system() const;

  /// One line on the preconditioner's levels. Collective.
  std::string description() const;

private:
  using Hierarchy = DegreeHierarchy<ConductionOperator<float>>;

  const NodeSpace                            *space_;
  const Geometry                             *geometry_;
  ConductionProblem                           problem_;
  DegreeSolverOptions                         options_;
  std::unique_ptr<ConductionOperator<double>> system_;
  std::unique_ptr<Hierarchy>                  hierarchy_;
  linear::Vector<double>                      loads_;
};
} // namespace miniscrew::fem
