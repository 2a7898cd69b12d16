// SPDX-License-Identifier: LGPL-2.1-or-later
// Newton's method, augmentation and load steps for bodies in contact.
#include "solver/contact/contact_problem.h"

#include "solver/base/errors.h"
#include "solver/base/log.h"

#include <deal.II/base/mpi.h>

#include <algorithm>

namespace miniscrew::contact
{
namespace
{
std::string
at(const Vector3 &x)
{
  return format("(%.3f, %.3f, %.3f) mm", x[0], x[1], x[2]);
}
} // namespace

ContactProblem::ContactProblem(
  fem::NodeSpace                     &space,
  const fem::Geometry                &geometry,
  const fem::BodyMaterials           &bodies,
  const fem::Prescriber              &prescribe,
  const fem::ElasticitySolverOptions &solver_options,
  const InterfaceParameters          &interface_parameters,
  const ContactOptions               &options)
  : space_(&space),
    options_(options),
    solver_(space, geometry, bodies, prescribe, solver_options),
    interface_(space, geometry, bodies, interface_parameters),
    forces_(space.make_vector<double>()),
    contact_forces_(forces_)
{}

double
ContactProblem::residual(linear::Vector<double>       &r,
                         const linear::Vector<double> &u)
{
  u.zero_out_ghost_values();
  solver_.system().internal_forces(r, u);
  u.update_ghost_values();
  interface_.evaluate(u);
  contact_forces_ = 0.;
  interface_.add_forces(contact_forces_);
  r.sadd(-1., 1., forces_);
  r.add(1., contact_forces_);
  return std::max(forces_.l2_norm(), contact_forces_.l2_norm());
}

// Algebraic multigrid is set up anew when the interface has changed so much
// that it has become a bad preconditioner.
linear::Verdict
ContactProblem::solve(linear::Vector<double>       &du,
                      const linear::Vector<double> &r,
                      const double                  relative_tolerance)
{
  const bool renew =
    fresh_iterations_ == 0 || last_iterations_ > fresh_iterations_ * 3 / 2 + 5;
  solver_.set_coupling(interface_.tangent(), renew);
  linear::CgOptions options;
  options.relative_tolerance    = relative_tolerance;
  options.max_iterations        = options_.max_cg_iterations;
  const linear::Verdict verdict = solver_.solve_increment(du, r, options);
  last_iterations_              = verdict.iterations;
  if (renew)
    fresh_iterations_ = verdict.iterations;
  return verdict;
}

void
ContactProblem::advance(linear::Vector<double>       &u,
                        const linear::Vector<double> &du,
                        const double                  factor)
{
  u.zero_out_ghost_values();
  u.add(factor, du);
  u.update_ghost_values();
  space_->distribute(u);
}

// Newton's method and augmentation at one load. Returns what did not settle.
std::string
ContactProblem::settle(linear::Vector<double> &u,
                       StepReport             &step,
                       const Observer         &progress)
{
  for (;;)
  {
    const nonlinear::NewtonVerdict verdict = nonlinear::newton(
      *this,
      u,
      options_.newton,
      [&](unsigned int n, double residual, double, unsigned int cg) {
        progress(format("  load %.3f, augmentation %u, Newton %u: residual "
                        "%.2e, %u CG iterations",
                        step.share,
                        step.augmentations,
                        n,
                        residual,
                        cg));
      });
    step.newton_iterations += verdict.iterations;
    step.cg_iterations += verdict.linear_iterations;
    step.measures              = interface_.measures();
    const InterfaceMeasures &m = step.measures;
    if (!verdict.converged)
      return verdict.reason +
             format(" (%.1e of the forces, allowed %.1e; %llu points of the "
                    "interface keep changing; greatest pressure %.3g MPa at ",
                    verdict.relative_residual,
                    options_.newton.tolerance,
                    static_cast<unsigned long long>(m.n_changes),
                    m.pressure.value) +
             at(m.pressure.place) + ")";
    if (m.penetration.value <= options_.tolerance &&
        m.stick_violation.value <= options_.tolerance)
      return "";
    if (step.augmentations == options_.max_augmentations)
    {
      const bool      normal = m.penetration.value > options_.tolerance;
      const Extremum &worst  = normal ? m.penetration : m.stick_violation;
      return format("%s stayed at %.2g um, allowed are %.2g, at ",
                    normal ? "penetration" : "slip of a sticking point",
                    1e3 * worst.value,
                    1e3 * options_.tolerance) +
             at(worst.place);
    }
    interface_.augment();
    ++step.augmentations;
  }
}

void
ContactProblem::march(
  linear::Vector<double> &displacement,
  const std::string      &stage,
  const std::function<
    void(double, linear::Vector<double> &, linear::Vector<double> &)> &apply,
  const Observer                                                      &progress,
  const std::function<void(const StepReport &)>                       &report)
{
  std::string                      complaint;
  linear::Vector<double>           before_last;
  double                           reached = 0., reached_before = 0.;
  const nonlinear::LoadStepVerdict verdict =
    nonlinear::march(options_.steps, [&](const double share) {
      const linear::Vector<double>  last(displacement);
      const ContactInterface::State state = interface_.state();
      StepReport                    step;
      step.share = share;
      displacement.zero_out_ghost_values();
      forces_ = 0.;
      // Where the last two steps point to.
      if (reached > reached_before)
      {
        const double ratio = (share - reached) / (reached - reached_before);
        displacement.add(ratio, last, -ratio, before_last);
      }
      apply(share, forces_, displacement);
      displacement.update_ghost_values();
      space_->distribute(displacement);
      complaint = settle(displacement, step, progress);
      if (!complaint.empty())
      {
        progress(stage + ": step cut back, " + complaint);
        displacement = last;
        displacement.update_ghost_values();
        space_->distribute(displacement);
        interface_.restore(state);
        interface_.evaluate(displacement);
        return false;
      }
      report(step);
      interface_.accept();
      before_last    = last;
      reached_before = reached;
      reached        = share;
      return true;
    });
  if (!verdict.converged)
    throw ConvergenceError(
      format("%s: contact did not converge at %.4f of the load (%.4f did, "
             "after %u cut-backs): ",
             stage.c_str(),
             verdict.tried,
             verdict.reached,
             verdict.n_cutbacks) +
      complaint);
}

ContactInterface &
ContactProblem::interface()
{
  return interface_;
}

const ContactInterface &
ContactProblem::interface() const
{
  return interface_;
}

const fem::ElasticitySolver &
ContactProblem::solver() const
{
  return solver_;
}
} // namespace miniscrew::contact
