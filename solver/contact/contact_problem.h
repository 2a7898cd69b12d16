// SPDX-License-Identifier: LGPL-2.1-or-later
// Equilibrium of screw and bone in contact.
#pragma once

#include "solver/contact/contact_interface.h"
#include "solver/fem/elasticity_solver.h"
#include "solver/nonlinear/load_steps.h"
#include "solver/nonlinear/newton.h"

#include <functional>
#include <string>

namespace miniscrew::contact
{
struct ContactOptions
{
  /// Largest penetration, and largest slip of points that stick, that a
  /// converged step may have, mm.
  double                     tolerance         = 2e-4;
  unsigned int               max_augmentations = 25;
  nonlinear::NewtonOptions   newton;
  nonlinear::LoadStepOptions steps;
  unsigned int               max_cg_iterations = 500;
};

/// How a load step ended.
struct StepReport
{
  double            share             = 0.; ///< of the load
  unsigned int      newton_iterations = 0, cg_iterations = 0, augmentations = 0;
  InterfaceMeasures measures;
};

/// Two elastic bodies and the interface between them under forces.
class ContactProblem : private nonlinear::System
{
public:
  using Observer = std::function<void(const std::string &)>;

  /// @p space's bodies must be separate; it and @p geometry must outlive the
  /// problem. Collective.
  ContactProblem(fem::NodeSpace                     &space,
                 const fem::Geometry                &geometry,
                 const fem::BodyMaterials           &bodies,
                 const fem::Prescriber              &prescribe,
                 const fem::ElasticitySolverOptions &solver_options,
                 const InterfaceParameters          &interface_parameters,
                 const ContactOptions               &options);

  /// Finds equilibrium for growing shares of a load. @p apply sets, for a
  /// share, the forces (free unknowns), the prescribed entries of the
  /// displacement, and the interference. @p progress hears of iterations,
  /// @p report of finished steps, with the displacement at hand. Throws
  /// ConvergenceError, with @p stage, the step, the place and the quantity
  /// that did not settle; then the displacement is that of the last step that
  /// converged. Collective.
  void
  march(linear::Vector<double> &displacement,
        const std::string      &stage,
        const std::function<void(double,
                                 linear::Vector<double> &forces,
                                 linear::Vector<double> &displacement)> &apply,
        const Observer                                &progress,
        const std::function<void(const StepReport &)> &report);

  ContactInterface            &interface();
  const ContactInterface      &interface() const;
  const fem::ElasticitySolver &solver() const;

private:
  double          residual(linear::Vector<double>       &r,
                           const linear::Vector<double> &u) override;
  linear::Verdict solve(linear::Vector<double>       &du,
                        const linear::Vector<double> &r,
                        double relative_tolerance) override;
  void            advance(linear::Vector<double>       &u,
                          const linear::Vector<double> &du,
                          double                        factor) override;

  std::string
  settle(linear::Vector<double> &u, StepReport &step, const Observer &progress);

  const fem::NodeSpace  *space_;
  ContactOptions         options_;
  fem::ElasticitySolver  solver_;
  ContactInterface       interface_;
  linear::Vector<double> forces_, contact_forces_;
  unsigned int           fresh_iterations_ = 0;
  unsigned int           last_iterations_  = 0;
};
} // namespace miniscrew::contact
