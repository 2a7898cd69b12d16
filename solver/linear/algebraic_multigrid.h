// SPDX-License-Identifier: LGPL-2.1-or-later
// PETSc's algebraic multigrid on an assembled matrix of node blocks.
#pragma once

#include "solver/linear/operator.h"

#include <array>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace miniscrew::linear
{
/// Options of PETSc: names without the dash, and values.
using PetscOptionList = std::vector<std::pair<std::string, std::string>>;

/// What costs next to no energy far from prescribed values, and must therefore
/// be represented on all levels.
enum class NearNullSpace
{
  constants,    ///< of each component: conduction
  rigid_motions ///< the six of a body, for blocks of three: elasticity
};

/// An assembled symmetric positive definite matrix with a dense block for each
/// pair of nodes, and one V-cycle of PETSc's GAMG on it. The only place that
/// sees PETSc.
class AlgebraicMultigrid : public Preconditioner<float>
{
public:
  /// Rows are those nodes of a space that are free in some component, numbered
  /// rank after rank, with @p block_size unknowns each. The lengths are upper
  /// bounds of the numbers of nodes coupled to each node of this rank, those of
  /// this rank and the others.
  /// @p options, with the prefix "coarse_", are those of this solver alone and
  /// take precedence over our defaults; nothing else that PETSc may find, in
  /// files or the environment, has a say. Collective.
  AlgebraicMultigrid(MPI_Comm                         communicator,
                     unsigned int                     block_size,
                     NearNullSpace                    near_null_space,
                     const std::vector<unsigned int> &own_row_lengths,
                     const std::vector<unsigned int> &other_row_lengths,
                     const PetscOptionList           &options);
  ~AlgebraicMultigrid() override;
  AlgebraicMultigrid(const AlgebraicMultigrid &)            = delete;
  AlgebraicMultigrid &operator=(const AlgebraicMultigrid &) = delete;

  /// Adds a row-major dense block of n x n unknowns (global numbers
  /// block_size * node + component; negative numbers are skipped). Not
  /// collective.
  void add(const std::vector<int> &unknowns, const std::vector<double> &block);

  /// Ends the assembly; unknowns listed in @p held (of this rank, global) get
  /// a unit row, scaled like the others. Sets up the hierarchy; rigid motions
  /// are made from the nodes' @p positions (mm). @p nodes are this rank's row
  /// nodes in the vectors given to vmult(). @p thresholds are below what
  /// strength couplings are left out of aggregation, level by level. Throws
  /// UserError on all ranks if the options given do not go together, or one of
  /// them was not used. Collective.
  void finish(const std::vector<int>                   &held,
              const std::vector<std::array<double, 3>> &positions,
              const std::vector<unsigned int>          &nodes,
              const std::vector<double>                &thresholds);

  void vmult(Vector<float> &dst, const Vector<float> &src) const override;

  /// One line on the hierarchy: levels and operator complexity. Collective.
  std::string description() const;

private:
  struct Implementation;
  std::unique_ptr<Implementation> petsc_;
};
} // namespace miniscrew::linear
