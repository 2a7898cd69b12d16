// SPDX-License-Identifier: LGPL-2.1-or-later
// The V-cycle.
#include "solver/linear/multigrid.h"

namespace miniscrew::linear
{
Multigrid::Multigrid(const std::vector<Level>    &levels,
                     const Preconditioner<float> &coarse_solver,
                     const Vector<float>         &coarse_vector)
  : levels_(levels),
    coarse_solver_(coarse_solver),
    work_(levels.size() + 1)
{
  for (std::size_t l = 0; l < levels.size(); ++l)
  {
    const auto &layout = levels[l].A->inverse_diagonal();
    work_[l].smoother  = std::make_unique<Chebyshev<float>>(
      *levels[l].A, levels[l].smoother_degree);
    work_[l].x.reinit(layout, true);
    work_[l].b.reinit(layout, true);
    work_[l].residual.reinit(layout, true);
  }
  work_.back().x.reinit(coarse_vector, true);
  work_.back().b.reinit(coarse_vector, true);
}

void
Multigrid::vmult(Vector<double> &dst, const Vector<double> &src) const
{
  // Scaled to norm one: residuals of any size stay within single precision.
  const double norm = src.l2_norm();
  if (norm == 0.)
  {
    dst = 0.;
    return;
  }
  const unsigned int n = src.locally_owned_size();
  Vector<float>     &b = work_[0].b;
  for (unsigned int i = 0; i < n; ++i)
    b.local_element(i) = static_cast<float>(src.local_element(i) / norm);
  cycle(0);
  const Vector<float> &x = work_[0].x;
  for (unsigned int i = 0; i < n; ++i)
    dst.local_element(i) = norm * static_cast<double>(x.local_element(i));
}

void
Multigrid::cycle(const unsigned int level) const
{
  Workspace &w = work_[level];
  if (level == levels_.size())
  {
    coarse_solver_.vmult(w.x, w.b);
    return;
  }
  w.smoother->smooth_from_zero(w.x, w.residual, w.b);
  levels_[level].to_coarser->restrict_to(work_[level + 1].b, w.residual);
  cycle(level + 1);
  levels_[level].to_coarser->prolongate_and_add(w.x, work_[level + 1].x);
  w.smoother->smooth(w.x, w.b);
}
} // namespace miniscrew::linear
