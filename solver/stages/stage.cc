// SPDX-License-Identifier: LGPL-2.1-or-later
// What all stages have in common.
#include "solver/stages/stage.h"

#include "solver/base/errors.h"
#include "solver/model/problem.h"

namespace miniscrew::stages
{
Effort &
Effort::operator+=(const Effort &other)
{
  newton_iterations += other.newton_iterations;
  linear_iterations += other.linear_iterations;
  if (other.residual >= 0.)
    residual = other.residual;
  return *this;
}

void
Effort::add(const equilibrium::StepReport &step)
{
  *this +=
    Effort{step.newton_iterations, step.cg_iterations, step.relative_residual};
}

bool
StageResult::is_complete() const
{
  return status == Status::complete;
}

std::string
Stage::place() const
{
  return name();
}

void
Stage::run(StageContext &context, StageResult &result) const
{
  try
  {
    advance(context, result);
  }
  catch (const ConvergenceError &error)
  {
    result.status = Status::failed;
    result.reason = with_advice(error.what());
  }
}

std::string
Stage::with_advice(const std::string &reason) const
{
  const bool has_advice = reason.find("discretisation.") != std::string::npos ||
                          reason.find("solver.") != std::string::npos;
  return has_advice || advice().empty() ? reason : reason + "; " + advice();
}

std::string
line_of(const std::string                     &stage,
        const double                           share,
        const equilibrium::StepReport         &step,
        const equilibrium::EquilibriumProblem &problem)
{
  std::string line = format("  %s %.3f: %u Newton, %u linear iterations",
                            stage.c_str(),
                            share,
                            step.newton_iterations,
                            step.cg_iterations);
  if (problem.points() != nullptr)
    line += format("; %.2f %% of the inelastic points yield",
                   100. * step.yielding_share);
  if (!problem.has_interface())
    return line;
  const contact::InterfaceMeasures &m    = step.measures;
  const double                      area = m.area();
  return line + format(", %u augmentations; open %.1f, stick %.1f, slip %.1f "
                       "%%; penetration %.3f um, pressure %.4g MPa, "
                       "micromotion %.3f um",
                       step.augmentations,
                       100. * m.open_area / area,
                       100. * m.stick_area / area,
                       100. * m.slip_area / area,
                       1e3 * m.penetration.value,
                       m.pressure.value,
                       m.micromotion.value);
}

void
keep_end(const StageContext          &context,
         linear::Vector<double>      &displacement,
         StageResult                 &result,
         const std::function<void()> &work)
{
  const auto keep = [&] {
    displacement.update_ghost_values();
    context.model.space().distribute(displacement);
    result.end.displacement = displacement;
  };
  try
  {
    work();
  }
  catch (const ConvergenceError &)
  {
    keep();
    throw;
  }
  keep();
}

void
begin_loads(const StageContext &context, linear::Vector<double> &displacement)
{
  equilibrium::EquilibriumProblem &problem = *context.problem;
  problem.set_tolerance(model::contact_tolerance(context.input.interface));
  problem.set_steps(model::equal_steps(context.input.load.steps));
  displacement.update_ghost_values();
  context.model.space().distribute(displacement);
  problem.set_reference(displacement);
}
} // namespace miniscrew::stages
