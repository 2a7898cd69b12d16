// SPDX-License-Identifier: LGPL-2.1-or-later
// V-cycle over spaces of decreasing polynomial degree.
#pragma once

#include "solver/linear/chebyshev.h"
#include "solver/linear/operator.h"

#include <memory>
#include <vector>

namespace miniscrew::linear
{
/// A V-cycle in single precision, to be used inside conjugate gradients in
/// double precision. Levels are given from the finest to the coarsest; below
/// the last comes the coarse solver.
class Multigrid : public Preconditioner<double>
{
public:
  struct Level
  {
    const Operator<float> *A;
    const Transfer<float> *to_coarser;
    unsigned int           smoother_degree;
  };

  /// All references must outlive this object. @p coarse_vector gives the
  /// layout of the coarse solver's vectors. Collective.
  Multigrid(const std::vector<Level>    &levels,
            const Preconditioner<float> &coarse_solver,
            const Vector<float>         &coarse_vector);

  void vmult(Vector<double> &dst, const Vector<double> &src) const override;

private:
  struct Workspace
  {
    std::unique_ptr<Chebyshev<float>> smoother;
    Vector<float>                     x, b, residual;
  };

  void cycle(unsigned int level) const;

  std::vector<Level>             levels_;
  const Preconditioner<float>   &coarse_solver_;
  mutable std::vector<Workspace> work_; ///< one more than levels
};
} // namespace miniscrew::linear
