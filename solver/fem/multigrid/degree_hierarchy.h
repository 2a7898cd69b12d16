// SPDX-License-Identifier: LGPL-2.1-or-later
// The levels of a multigrid over polynomial degrees.
#pragma once

#include "solver/fem/multigrid/degree_transfer.h"
#include "solver/linear/algebraic_multigrid.h"
#include "solver/linear/conjugate_gradients.h"
#include "solver/linear/multigrid.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace miniscrew::fem
{
/// Which unknowns are prescribed, told to the space of each level.
using Prescriber = std::function<void(NodeSpace &)>;

/// Of a solver by conjugate gradients with DegreeHierarchy.
struct DegreeSolverOptions
{
  linear::CgOptions       cg;
  unsigned int            smoother_degree = 6;
  linear::PetscOptionList petsc_options; ///< of the coarse solver
};

/// A V-cycle over the degrees k, (2,) 1 in single precision on the same cells,
/// with algebraic multigrid at its end. LevelOperator is the matrix-free
/// operator of a level.
template <class LevelOperator>
class DegreeHierarchy
{
public:
  /// Makes the operator of a space, with its diagonal.
  using MakeOperator =
    std::function<std::unique_ptr<LevelOperator>(const NodeSpace &)>;

  /// @p space, the finest, must outlive the hierarchy and be told already what
  /// it prescribes. Collective.
  DegreeHierarchy(const NodeSpace    &space,
                  const Prescriber   &prescribe,
                  const unsigned int  n_components,
                  const unsigned int  smoother_degree,
                  const MakeOperator &make_operator)
    : space_(&space),
      n_components_(n_components),
      smoother_degree_(smoother_degree)
  {
    // Degrees of the levels: each one less than that above, then the assembled
    // Q1. A space of degree 1 is smoothed as well: AMG alone converges slower.
    coarse_space_ = make_space(1, prescribe);
    for (unsigned int degree = space.degree(); degree >= 1; --degree)
    {
      if (degree == 1 && !levels_.empty())
        break;
      Level level;
      if (degree != space.degree())
        level.own_space = make_space(degree, prescribe);
      level.system = make_operator(level.own_space ? *level.own_space : space);
      levels_.push_back(std::move(level));
    }
    for (std::size_t l = 0; l < levels_.size(); ++l)
      levels_[l].to_coarser = std::make_unique<DegreeTransfer>(
        this->space(l), this->space(l + 1), n_components);
  }

  /// Number of levels above the assembled one.
  std::size_t
  n_levels() const
  {
    return levels_.size();
  }

  /// From the finest, 0, to the assembled Q1, n_levels().
  const NodeSpace &
  space(const std::size_t level) const
  {
    if (level == levels_.size())
      return *coarse_space_;
    return levels_[level].own_space ? *levels_[level].own_space : *space_;
  }

  LevelOperator &
  system(const std::size_t level)
  {
    return *levels_[level].system;
  }

  const DegreeTransfer &
  to_coarser(const std::size_t level) const
  {
    return *levels_[level].to_coarser;
  }

  /// Takes the solver of the assembled level and makes the smoothers, which
  /// look at the spectra of the operators as they are now. Collective.
  void
  set_coarse_solver(std::unique_ptr<linear::AlgebraicMultigrid> coarse)
  {
    coarse_ = std::move(coarse);
    std::vector<linear::Multigrid::Level> cycle;
    for (const Level &level : levels_)
      cycle.push_back(
        {level.system.get(), level.to_coarser.get(), smoother_degree_});
    multigrid_ = std::make_unique<linear::Multigrid>(
      cycle, *coarse_, coarse_space_->make_vector<float>(n_components_));
  }

  /// The cycle, once there is a solver of the assembled level.
  const linear::Multigrid &
  cycle() const
  {
    AssertThrow(multigrid_ != nullptr, dealii::ExcNotInitialized());
    return *multigrid_;
  }

  /// One line on the levels. Collective.
  std::string
  description() const
  {
    std::string text;
    for (std::size_t l = 0; l < levels_.size(); ++l)
      text += "Q" + std::to_string(space(l).degree()) + " Chebyshev(" +
              std::to_string(smoother_degree_) + "), ";
    return text + "Q1 algebraic multigrid: " +
           (coarse_ ? coarse_->description() : "not needed yet");
  }

private:
  struct Level
  {
    std::unique_ptr<NodeSpace>      own_space;
    std::unique_ptr<LevelOperator>  system;
    std::unique_ptr<DegreeTransfer> to_coarser;
  };

  std::unique_ptr<NodeSpace>
  make_space(const unsigned int degree, const Prescriber &prescribe) const
  {
    auto result = std::make_unique<NodeSpace>(
      space_->triangulation(), degree, space_->interface_nodes());
    prescribe(*result);
    return result;
  }

  const NodeSpace                            *space_;
  unsigned int                                n_components_, smoother_degree_;
  std::vector<Level>                          levels_;
  std::unique_ptr<NodeSpace>                  coarse_space_;
  std::unique_ptr<linear::AlgebraicMultigrid> coarse_;
  std::unique_ptr<linear::Multigrid>          multigrid_;
};
} // namespace miniscrew::fem
