// SPDX-License-Identifier: LGPL-2.1-or-later
// Equilibrium of screw and bone, bonded or in contact, elastic or not.
#pragma once

#include "solver/contact/contact_interface.h"
#include "solver/equilibrium/damage_averages.h"
#include "solver/equilibrium/force_balance.h"
#include "solver/fem/multigrid/elasticity_solver.h"
#include "solver/fem/operator/material_points.h"
#include "solver/nonlinear/load_steps.h"
#include "solver/nonlinear/newton.h"

#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <string>

namespace miniscrew::equilibrium
{
/// How exactly the conditions of contact are met: the largest penetration, and
/// the largest slip of points that stick, that a converged step may have.
struct ContactTolerance
{
  /// Per what is measured: the greatest displacement since the reference
  /// state, or this interference (mm) if it is greater.
  double share        = 5e-4;
  double interference = 0.;
  /// In mm, if that is less.
  double limit = std::numeric_limits<double>::infinity();
};

struct EquilibriumOptions
{
  ContactTolerance           tolerance;
  unsigned int               max_augmentations = 25;
  nonlinear::NewtonOptions   newton;
  nonlinear::LoadStepOptions steps;
  unsigned int               max_linear_iterations = 500;
  /// No entry of the displacement may change by more, mm: what moves on and on
  /// is not held.
  double largest_motion = std::numeric_limits<double>::infinity();
  /// Time that the whole load is put on in, s; matters to viscous laws.
  double duration = 1.;
};

/// How a load step ended.
struct StepReport
{
  double       share             = 0.; ///< of the load
  unsigned int newton_iterations = 0, cg_iterations = 0, augmentations = 0;
  /// Those of Newton's method in which bone relaxed after a jump.
  unsigned int relaxations = 0;
  /// Residual per its size after the last Newton iteration.
  double                     relative_residual = 0.;
  contact::InterfaceMeasures measures; ///< if there is an interface
  /// Share of the inelastic points whose plastic strain grew.
  double yielding_share = 0.;
};

/// A spring between a motion of the bodies and a target that a test leads: the
/// hand or the machine that holds the screw.
struct Driver
{
  /// Conjugate to the motion: motion = direction . u; free entries only.
  std::shared_ptr<const linear::Vector<double>> direction;
  double stiffness = 0.; ///< N/mm, or N mm/rad
  double target    = 0.; ///< mm, or rad
  double force     = 0.; ///< beside that of the spring: N, or N mm
};

/// What a problem is at after a converged step.
struct ProblemState
{
  linear::Vector<double>           displacement;
  contact::ContactInterface::State interface;
  std::vector<double>              points; ///< as of MaterialPoints::states()
};

/// Bodies and, unless they are bonded, the interface between them under
/// forces and drivers. Newton's method; conjugate gradients where tangents are
/// symmetric and no law softens, else flexible GMRES.
class EquilibriumProblem : private nonlinear::System
{
public:
  using Observer = std::function<void(const std::string &)>;

  /// With @p interface_parameters, @p space's bodies must be separate; it and
  /// @p geometry must outlive the problem. Collective.
  EquilibriumProblem(
    fem::NodeSpace                                    &space,
    const fem::Geometry                               &geometry,
    const fem::BodyMaterials                          &bodies,
    const fem::Prescriber                             &prescribe,
    const fem::DegreeSolverOptions                    &solver_options,
    const std::optional<contact::InterfaceParameters> &interface_parameters,
    const EquilibriumOptions                          &options);

  /// Finds equilibrium for growing shares of a load. @p apply sets, for a
  /// share, the forces (free unknowns), the prescribed entries of the
  /// displacement, and the interference. @p progress hears of iterations,
  /// @p report of finished steps, with the displacement at hand; @p is_done may
  /// then end the march. Throws ConvergenceError, with @p stage, the step, the
  /// place and the quantity that did not settle; then the displacement is that
  /// of the last step that converged. Collective.
  void
  march(linear::Vector<double> &displacement,
        const std::string      &stage,
        const std::function<void(double,
                                 linear::Vector<double> &forces,
                                 linear::Vector<double> &displacement)> &apply,
        const Observer                                &progress,
        const std::function<void(const StepReport &)> &report,
        const std::function<bool()>                   &is_done = {});

  /// Steps of the next marches.
  void set_steps(const nonlinear::LoadStepOptions &steps);

  /// Penetration and slip allowed from now on.
  void set_tolerance(const ContactTolerance &tolerance);

  /// Everything counts from this converged state on, which no force or driver
  /// holds: displacements that tolerances are measured by, forces that
  /// residuals are measured by, micromotion, and the gaps of points in contact,
  /// which are closed exactly from now on. A load of zero then changes nothing.
  /// Collective.
  void set_reference(const linear::Vector<double> &displacement);

  /// Time that the whole load of the next marches is held for while stress
  /// relaxes, s; 0 at the start.
  void set_hold(double seconds);

  /// Drivers from now on, in place of those before.
  void                       set_drivers(const std::vector<Driver> &drivers);
  const std::vector<Driver> &drivers() const;
  void                       set_target(std::size_t driver, double target);
  void                       set_force(std::size_t driver, double force);

  /// Force of each driver on the bodies at the last residual: N, or N mm.
  const std::vector<double> &driver_forces() const;

  /// Copy of the last converged state, which has this @p displacement.
  ProblemState state(const linear::Vector<double> &displacement) const;

  /// Back to such a state, of the same reference; @p displacement has ghosts
  /// and hanging nodes set. Collective.
  void restore(const ProblemState &state, linear::Vector<double> &displacement);

  /// Whether a law softens or is damaged.
  bool may_soften() const;

  bool                             has_interface() const;
  contact::ContactInterface       &interface();
  const contact::ContactInterface &interface() const;

  /// The points of inelastic bodies, or nullptr if all are elastic.
  const fem::MaterialPoints   *points() const;
  const fem::ElasticitySolver &solver() const;

private:
  double          residual(linear::Vector<double>       &r,
                           const linear::Vector<double> &u) override;
  void            evaluate_bodies(linear::Vector<double>       &r,
                                  const linear::Vector<double> &u);
  linear::Verdict solve(linear::Vector<double>       &du,
                        const linear::Vector<double> &r,
                        double                        relative_tolerance,
                        nonlinear::Jacobian           jacobian) override;
  bool            can_relax() const override;
  void            advance(linear::Vector<double>       &u,
                          const linear::Vector<double> &du,
                          double                        factor) override;

  std::string     iterate(linear::Vector<double> &u,
                          const std::string      &stage,
                          double                  tolerance,
                          bool                    has_another_way,
                          StepReport             &step,
                          const Observer         &progress);
  std::string     ease_into_friction(linear::Vector<double> &u,
                                     double                  share,
                                     const std::string      &stage,
                                     double                  tolerance,
                                     StepReport             &step,
                                     const Observer         &progress);
  void            take(linear::Vector<double>       &u,
                       const linear::Vector<double> &state) const;
  std::string     settle(linear::Vector<double>       &u,
                         const linear::Vector<double> &last,
                         const std::string            &stage,
                         bool                          is_short,
                         StepReport                   &step,
                         const Observer               &progress);
  double          motion(const linear::Vector<double> &u) const;
  double          allowed_gap(const linear::Vector<double> &u) const;
  void            add_driver_forces(linear::Vector<double>       &r,
                                    const linear::Vector<double> &u);
  bool            is_general() const;
  bool            needs_renewal() const;
  void            linearise(bool renew, nonlinear::Jacobian jacobian);
  linear::Verdict solve_linearised(linear::Vector<double>       &du,
                                   const linear::Vector<double> &r,
                                   double              relative_tolerance,
                                   nonlinear::Jacobian jacobian,
                                   bool                is_fresh);
  void            follow_led_unknowns(linear::Vector<double>       &u,
                                      const linear::Vector<double> &before,
                                      const linear::Vector<double> &last);
  void            begin_step(double share_step);
  void            step_back(linear::Vector<double>                 &u,
                            const linear::Vector<double>           &last,
                            const contact::ContactInterface::State &state);
  std::string why_newton_failed(const nonlinear::NewtonVerdict &verdict) const;

  const fem::NodeSpace                    *space_;
  EquilibriumOptions                       options_;
  fem::ElasticitySolver                    solver_;
  std::optional<contact::ContactInterface> interface_;
  std::unique_ptr<fem::MaterialPoints>     points_;
  std::unique_ptr<DamageAverages>          averages_;  ///< if points have some
  double                                   hold_ = 0.; ///< of the load, s
  std::vector<Driver>                      drivers_;
  std::vector<double>                      driver_forces_;
  linear::Vector<double>                   forces_, contact_forces_;
  ForceBalance                             balance_;
  /// Displacement of the reference, and the greatest change of an entry since
  /// then in a converged step, mm.
  linear::Vector<double> reference_;
  double                 greatest_motion_     = 0.;
  double                 interface_stiffness_ = 0.; ///< norm, N/mm
  /// Displacement of the last residual.
  const linear::Vector<double> *current_ = nullptr;
  /// Iterations per decade of the residual, as solves end at different
  /// tolerances: of the first solve with the preconditioner, of the last one,
  /// and of all, the latest above all. 0 if there was none.
  double usual_effort_ = 0., last_effort_ = 0., expected_effort_ = 0.;
};
} // namespace miniscrew::equilibrium
