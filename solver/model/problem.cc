// SPDX-License-Identifier: LGPL-2.1-or-later
// From a case to an equilibrium problem.
#include "solver/model/problem.h"

#include "solver/case/tables/petsc_options.h"
#include "solver/model/bore_interface.h"

#include <algorithm>
#include <cmath>

namespace miniscrew::model
{
namespace
{
// Springs that keep a screw without friction from turning, per contact
// penalty.
constexpr double holding_springs = 1e-6;

// The components that the case's boundary conditions prescribe on a boundary.
unsigned char
prescribed_components(const Boundary                  &boundary,
                      const dealii::types::boundary_id id)
{
  const auto bits = [](const BoundaryCondition condition,
                       const unsigned char     normal) -> unsigned char {
    return condition == BoundaryCondition::fixed    ? 7
           : condition == BoundaryCondition::roller ? normal
                                                    : 0;
  };
  switch (id)
  {
    case mesh::boundary::x_lower:
    case mesh::boundary::x_upper:
      return bits(boundary.lateral, 1);
    case mesh::boundary::y_lower:
    case mesh::boundary::y_upper:
      return bits(boundary.lateral, 2);
    case mesh::boundary::bottom:
      return bits(boundary.bottom, 4);
    default:
      return 0;
  }
}

contact::InterfaceParameters
interface_parameters(const Model &model, const Case &input)
{
  const Interface             &interface = input.interface;
  contact::InterfaceParameters result;
  const bool frictional = interface.condition == InterfaceCondition::frictional;
  result.friction       = frictional ? interface.friction : 0.;
  result.regularisation_factor = frictional ? 0. : holding_springs;
  const double gap             = -interface.interference;
  result.initial_gap   = [gap](const contact::InterfacePoint &) { return gap; };
  result.exact_surface = [&model](const Vector3 &x, const Vector3 &area) {
    const mesh::MantlePiece piece = mesh::piece_of_mantle(
      model.surface(), model.site().insertion_depth, x, area);
    return fem::SurfacePiece{piece.area, piece.place};
  };
  result.motion = [pitch = input.screw.pitch](const Vector3 &x) {
    return mesh::helical_velocity(pitch, x);
  };
  return result;
}

equilibrium::EquilibriumOptions
equilibrium_options(const Case &input)
{
  equilibrium::EquilibriumOptions result;
  result.tolerance             = contact_tolerance(input.interface);
  result.max_linear_iterations = input.solver.max_iterations;
  result.steps                 = equal_steps(input.load.steps);
  result.duration              = input.load.duration;
  result.largest_motion        = input.screw.total_length();
  // Each Newton step solves far less exactly than the whole is solved.
  result.newton.tolerance =
    std::max(1e-9, 100. * input.solver.relative_tolerance);
  return result;
}
} // namespace

equilibrium::ContactTolerance
contact_tolerance(const Interface &interface)
{
  equilibrium::ContactTolerance result;
  result.share = interface.relative_tolerance;
  if (interface.tolerance)
    result.limit = *interface.tolerance;
  return result;
}

fem::Prescriber
prescriber(const Case &input)
{
  const Boundary &boundary = input.boundary;
  return [&boundary](fem::NodeSpace &space) {
    space.prescribe([&](const dealii::types::boundary_id id) {
      return prescribed_components(boundary, id);
    });
  };
}

fem::DegreeSolverOptions
solver_options(const Case &input)
{
  fem::DegreeSolverOptions options;
  options.cg.relative_tolerance = input.solver.relative_tolerance;
  options.cg.max_iterations     = input.solver.max_iterations;
  options.petsc_options = parse_petsc_options(input.solver.petsc_options);
  return options;
}

nonlinear::LoadStepOptions
equal_steps(const unsigned int n)
{
  nonlinear::LoadStepOptions steps;
  steps.first    = 1. / n;
  steps.largest  = steps.first;
  steps.smallest = steps.first / 64.;
  return steps;
}

std::unique_ptr<equilibrium::EquilibriumProblem>
make_problem(Model &model, const Case &input)
{
  auto problem = std::make_unique<equilibrium::EquilibriumProblem>(
    model.space(),
    model.geometry(),
    model.bodies(),
    prescriber(input),
    solver_options(input),
    input.interface.is_contact()
      ? std::optional(interface_parameters(model, input))
      : std::nullopt,
    equilibrium_options(input));
  if (input.is_inserted())
  {
    const Insertion &insertion = input.insertion;
    problem->interface().set_friction({{insertion.cortex.friction,
                                        insertion.cancellous.friction,
                                        insertion.cortex.friction}});
    problem->interface().set_friction_limits(friction_limits(model, insertion));
  }
  return problem;
}

nonlinear::LoadStepOptions
growing_steps(const unsigned int n)
{
  constexpr double           share = 1. / 16.;
  nonlinear::LoadStepOptions steps = equal_steps(n);
  steps.first *= share;
  steps.successes = 1;
  return steps;
}
} // namespace miniscrew::model
