// SPDX-License-Identifier: LGPL-2.1-or-later
// Newton's method with a line search and a verdict. Knows no physics.
#pragma once

#include "solver/linear/conjugate_gradients.h"
#include "solver/linear/operator.h"

#include <functional>
#include <string>

namespace miniscrew::nonlinear
{
/// The Jacobian of -r, or a symmetric positive definite matrix near it.
enum class Jacobian
{
  consistent,
  positive
};

/// A system r(u) = 0. All functions are collective.
class System
{
public:
  virtual ~System() = default;

  /// Finds the residual at @p u and a size to measure it by (such as the norm
  /// of all forces whose sum the residual is).
  virtual double residual(linear::Vector<double>       &r,
                          const linear::Vector<double> &u) = 0;

  /// Solves J du = r, with the Jacobian at the last residual, down to
  /// @p relative_tolerance. Only the consistent one if can_relax() is false.
  virtual linear::Verdict solve(linear::Vector<double>       &du,
                                const linear::Vector<double> &r,
                                double   relative_tolerance,
                                Jacobian jacobian) = 0;

  /// Whether the Jacobian may be indefinite, and there is a positive one.
  virtual bool
  can_relax() const
  {
    return false;
  }

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
  unsigned int relaxations       = 0; ///< those of them with positive Jacobians
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
///
/// Where something fails in a jump there is no equilibrium close by, and
/// Newton's method goes to and fro between two branches. If the system can
/// relax, steps with its positive Jacobian follow then, of lengths by Aitken's
/// method. They leave a state that is not stable as a damped body would, and
/// end near a stable one, from where Newton's method goes on. Collective.
NewtonVerdict newton(System                 &system,
                     linear::Vector<double> &u,
                     const NewtonOptions    &options,
                     const NewtonObserver   &observer = {});
} // namespace miniscrew::nonlinear
