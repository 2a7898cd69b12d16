// SPDX-License-Identifier: LGPL-2.1-or-later
// The equilibrium problem of a case.
#pragma once

#include "solver/equilibrium/equilibrium_problem.h"
#include "solver/model/model.h"

#include <memory>

namespace miniscrew::model
{
/// What the case's boundary conditions and solver options mean to solvers. The
/// case must outlive the prescriber.
fem::Prescriber          prescriber(const Case &input);
fem::DegreeSolverOptions solver_options(const Case &input);

/// How exactly the case wants contact to be met.
equilibrium::ContactTolerance contact_tolerance(const Interface &interface);

/// Problem of a model that must outlive it: bodies, and the interface if there
/// is contact, with the case's interference. Insertion sets the gaps of its
/// bore itself.
/// Collective.
std::unique_ptr<equilibrium::EquilibriumProblem>
make_problem(Model &model, const Case &input);

/// Steps of marches of @p n steps of equal size, if all converge.
nonlinear::LoadStepOptions equal_steps(unsigned int n);

/// Steps for a march that turns the way of loading, up to 1 / @p n of it: it
/// begins with a small step and doubles it as long as it converges. The first
/// step finds out what yields, slips or lets go; the later ones start from
/// where this points to, and take few iterations however large they are.
nonlinear::LoadStepOptions growing_steps(unsigned int n);
} // namespace miniscrew::model
