// SPDX-License-Identifier: LGPL-2.1-or-later
// Newton's method with a line search and a verdict. Knows no physics.
#pragma once

#include "solver/linear/conjugate_gradients.h"
#include "solver/linear/operator.h"

#include <functional>
#include <string>

namespace miniscrew::nonlinear
{
/// A system r(u) = 0. All functions are collective.
class System
{
public:
  virtual ~System() = default;

  /// Finds the residual at @p u and a size to measure it by (such as the norm
  /// of all forces whose sum the residual is).
  virtual double residual(linear::Vector<double>       &r,
                          const linear::Vector<double> &u) = 0;

  /// Solves J du = r, with the Jacobian of -r at the last residual, down to
  /// @p relative_tolerance.
  virtual linear::Verdict solve(linear::Vector<double>       &du,
                                const linear::Vector<double> &r,
                                double relative_tolerance) = 0;

  /// u += factor du, with all that depends on it (constrained entries, ghosts).
  virtual void advance(linear::Vector<double>       &u,
                       const linear::Vector<double> &du,
                       double                        factor) = 0;
};

struct NewtonOptions
{
  double       tolerance      = 1e-6; ///< of the residual per its size
  unsigned int max_iterations = 40;
  /// It is given up if the residual is not halved in so many iterations: a
  /// shorter load step costs less than waiting for luck.
  unsigned int patience = 8;
  /// The linear tolerance starts here and follows the residual down. Errors of
  /// looser solves make points slip that ought to stick.
  double loosest_linear_tolerance  = 1e-3;
  double tightest_linear_tolerance = 1e-5;
};

struct NewtonVerdict
{
  bool         converged         = false;
  unsigned int iterations        = 0;
  unsigned int linear_iterations = 0;
  double       relative_residual = 0.;
  std::string  reason; ///< why not, if not
};

/// Called after each iteration: its number, relative residual, step length and
/// linear iterations.
using NewtonObserver =
  std::function<void(unsigned int, double, double, unsigned int)>;

/// Solves from the given @p u, which holds the last iterate afterwards. Steps
/// are halved (twice at most) while they raise the residual.
/// Collective.
NewtonVerdict newton(System                 &system,
                     linear::Vector<double> &u,
                     const NewtonOptions    &options,
                     const NewtonObserver   &observer = {});
} // namespace miniscrew::nonlinear
