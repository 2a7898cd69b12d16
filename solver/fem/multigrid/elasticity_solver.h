// SPDX-License-Identifier: LGPL-2.1-or-later
// Linear systems of elasticity with their multigrid, ready to solve.
#pragma once

#include "solver/fem/multigrid/coarse_level.h"
#include "solver/fem/multigrid/degree_hierarchy.h"
#include "solver/fem/operator/elasticity_operator.h"
#include "solver/linear/added_term.h"
#include "solver/linear/conjugate_gradients.h"
#include "solver/linear/low_rank.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace miniscrew::fem
{
/// Matrix-free operator in double precision, conjugate gradients, and the
/// V-cycle of DegreeHierarchy as preconditioner.
class ElasticitySolver
{
public:
  using Stiffness = std::shared_ptr<const MaterialField>;

  /// @p stiffness (MPa) may have any layout that Elasticity accepts, and vary
  /// in space. @p space and @p geometry must outlive the solver. If the space's
  /// bodies are separate, set_coupling() and renew_preconditioner() must be
  /// called before anything is solved. Collective.
  ElasticitySolver(NodeSpace                 &space,
                   const Geometry            &geometry,
                   const Stiffness           &stiffness,
                   const Prescriber          &prescribe,
                   const DegreeSolverOptions &options);

  /// With the stiffness of materials. Collective.
  ElasticitySolver(NodeSpace                 &space,
                   const Geometry            &geometry,
                   const BodyMaterials       &bodies,
                   const Prescriber          &prescribe,
                   const DegreeSolverOptions &options);

  /// Finds the displacement with its prescribed entries as given in
  /// @p displacement and loads @p forces on the free unknowns; the free and
  /// hanging entries are set. Collective.
  linear::Verdict
  solve(linear::Vector<double>                          &displacement,
        const linear::Vector<double>                    &forces,
        const std::function<void(unsigned int, double)> &observer = {}) const;

  /// Takes new stiffness between the pairs of nodes into the operators of all
  /// levels (of @p skew the finest alone), but not into algebraic multigrid.
  /// @p springs (N/mm, one for each pair) are added in the preconditioner
  /// alone: where few pairs touch, nothing else holds the bodies to each
  /// other, and what a multigrid makes of a loose one is not to be used.
  /// Collective.
  void set_coupling(const PairCoupling        &coupling,
                    const SkewCoupling        &skew    = {},
                    const std::vector<double> &springs = {});

  /// Adds stiffness of low rank to system and preconditioner.
  void set_low_rank(const std::vector<linear::LowRankTerm> &terms);

  /// Adds a term to the system, but not to the preconditioner, in place of the
  /// one before; nullptr for none.
  void set_term(std::unique_ptr<const linear::Term> term);

  /// Takes the tangents of a law at a displacement into the system, but not
  /// into the preconditioner. Collective.
  void linearise(const linear::Vector<double> &displacement, PointLaw &law);

  /// Sets up algebraic multigrid and the smoothers anew with the last coupling
  /// and @p tangents, if any; costs about as much as the set-up of the solver.
  /// Collective.
  void renew_preconditioner(const TangentField *tangents = nullptr);

  /// Solves A x = b for a linear system with coupling and tangents; x is an
  /// increment whose prescribed and hanging entries are zero, like those of
  /// @p b. By conjugate gradients, or by GMRES if the system may be
  /// indefinite or not symmetric. Collective.
  linear::Verdict solve_increment(
    linear::Vector<double>                          &x,
    const linear::Vector<double>                    &b,
    const linear::CgOptions                         &options,
    bool                                             may_be_indefinite = false,
    const std::function<void(unsigned int, double)> &observer = {}) const;

  const ElasticityOperator<double> &system() const;

  /// One line on the preconditioner's levels.
  std::string description() const;

private:
  using Hierarchy = DegreeHierarchy<ElasticityOperator<float>>;

  const NodeSpace                            *space_;
  const Geometry                             *geometry_;
  Stiffness                                   stiffness_;
  DegreeSolverOptions                         options_;
  std::unique_ptr<ElasticityOperator<double>> system_;
  std::vector<linear::LowRankTerm>            low_rank_;
  std::unique_ptr<const linear::Term>         term_;
  /// Of the screw, if nothing but contact or springs holds it.
  std::vector<linear::Vector<double>> motions_;
  std::unique_ptr<Hierarchy>          hierarchy_;
  /// Areas of the pairs of each level's space, once there is a coupling.
  std::vector<std::vector<Vector3>> areas_;
  PairCoupling                      coarse_coupling_;
};
} // namespace miniscrew::fem
