// SPDX-License-Identifier: LGPL-2.1-or-later
// Flexible preconditioned conjugate gradients.
#include "solver/linear/conjugate_gradients.h"

#include "solver/linear/norm.h"

#include <cmath>

namespace miniscrew::linear
{
Verdict
solve_cg(const Operator<double>                          &A,
         Vector<double>                                  &x,
         const Vector<double>                            &b,
         const Preconditioner<double>                    &M,
         const CgOptions                                 &options,
         const std::function<void(unsigned int, double)> &observer)
{
  Vector<double> r(b), r_old, z(b), p(b), Ap(b);
  A.vmult(Ap, x);
  r.add(-1., Ap);

  Verdict verdict;
  verdict.initial_residual = verdict.residual = norm_of(r);
  // An infinite residual would be below its own share.
  if (!std::isfinite(verdict.initial_residual))
    return verdict;
  const double aim =
    std::max(options.absolute_tolerance,
             options.relative_tolerance * verdict.initial_residual);
  double rz = 0.;
  while (!(verdict.residual <= aim))
  {
    if (verdict.iterations == options.max_iterations ||
        !std::isfinite(verdict.residual))
      return verdict;
    M.vmult(z, r);
    const double rz_new = r * z;
    if (verdict.iterations == 0)
      p = z;
    else
      p.sadd((rz_new - r_old * z) / rz, 1., z);
    rz = rz_new;
    A.vmult(Ap, p);
    const double alpha = rz / (p * Ap);
    r_old              = r;
    x.add(alpha, p);
    r.add(-alpha, Ap);
    verdict.residual = norm_of(r);
    ++verdict.iterations;
    if (observer)
      observer(verdict.iterations, verdict.residual);
  }
  verdict.converged = true;
  return verdict;
}
} // namespace miniscrew::linear
