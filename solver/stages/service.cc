// SPDX-License-Identifier: LGPL-2.1-or-later
// Load, solution and global quantities of the service stage.
#include "solver/stages/service.h"

#include "solver/base/errors.h"
#include "solver/case/tables/stage_keys.h"
#include "solver/fem/multigrid/elasticity_solver.h"
#include "solver/model/problem.h"
#include "solver/stages/nonlinear_service.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <optional>

namespace miniscrew::stages
{
namespace
{
// Half the width of the band of the screw's surface that a wire or spring at a
// given height acts on, mm.
constexpr double band_half_width = 0.3;

double
seconds_since(const std::chrono::steady_clock::time_point start)
{
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start)
    .count();
}

// Faces of the screw's tip: those of screw cells that look down on bone.
bool
is_tip(const fem::NodeSpace::CellIterator &cell,
       const unsigned int                  face,
       const unsigned int                  tip_layer)
{
  return face == 4 && cell->material_id() == mesh::screw_id &&
         std::abs(cell->face(face)->center()[2] - tip_layer) < 1e-9;
}

model::Wrench
sum_of_reactions(const model::Model                    &model,
                 const fem::ElasticityOperator<double> &system,
                 const linear::Vector<double>          &displacement,
                 fem::PointLaw                         *law = nullptr)
{
  linear::Vector<double> u(displacement),
    forces = model.space().make_vector<double>();
  u.zero_out_ghost_values();
  system.reactions(forces, u, law);
  model::Wrench sum{};
  for (unsigned int node = 0; node < model.space().n_owned_nodes(); ++node)
  {
    const auto prescribed = model.space().constraints().prescribed[node];
    if (prescribed == 0)
      continue;
    const fem::Vector3 x = model.geometry().node(node);
    fem::Vector3       f{};
    for (unsigned int d = 0; d < 3; ++d)
      if ((prescribed >> d) & 1)
        f[d] = forces.local_element(3 * node + d);
    for (unsigned int d = 0; d < 3; ++d)
    {
      sum[d] += f[d];
      sum[3 + d] +=
        x[(d + 1) % 3] * f[(d + 2) % 3] - x[(d + 2) % 3] * f[(d + 1) % 3];
    }
  }
  for (double &s : sum)
    s = dealii::Utilities::MPI::sum(s, model.communicator());
  return sum;
}

linear::Verdict
solve(const fem::ElasticitySolver  &solver,
      linear::Vector<double>       &displacement,
      const linear::Vector<double> &forces,
      const SolverOptions          &options,
      Log                          &log)
{
  const linear::Verdict verdict = solver.solve(
    displacement, forces, [&](const unsigned int n, const double residual) {
      log.progress(
        format("  service: CG iteration %u, residual %.2e", n, residual));
    });
  if (!std::isfinite(verdict.residual))
    throw ConvergenceError(
      format("service: conjugate gradients met a residual that is not finite "
             "after %u iterations; forces and stiffnesses must stay within "
             "what numbers of the computer can hold (load.force_N, "
             "load.moment_N_mm, young_modulus_MPa)",
             verdict.iterations));
  if (!verdict.converged)
    throw ConvergenceError(format(
      "service: conjugate gradients stopped after %u iterations at a residual "
      "of %.2e of the initial one (solver.relative_tolerance is %.1e, "
      "solver.max_iterations %u)",
      verdict.iterations,
      verdict.residual / verdict.initial_residual,
      options.relative_tolerance,
      options.max_iterations));
  return verdict;
}

linear::Vector<double>
since_press_fit(const model::Model           &model,
                const ServiceState           &state,
                const linear::Vector<double> &displacement)
{
  linear::Vector<double> moved(displacement);
  if (state.seated.size() > 0)
  {
    moved.zero_out_ghost_values();
    for (unsigned int i = 0; i < moved.locally_owned_size(); ++i)
      moved.local_element(i) -= state.seated.local_element(i);
  }
  moved.update_ghost_values();
  model.space().distribute(moved);
  return moved;
}

fem::Vector3
tip_displacement(const model::Model &model, const linear::Vector<double> &moved)
{
  const model::FacePatch tip(
    model.geometry(),
    [&](const auto &cell, const unsigned int face) {
      return is_tip(cell, face, model.map().tip_layer());
    },
    [](const fem::Vector3 &) { return 1.; },
    {{0., 0., -model.parameters().site.insertion_depth}});
  return tip.mean(moved);
}

ScrewMotion
motion_of(const model::Model           &model,
          const model::FacePatch       &load_patch,
          const linear::Vector<double> &moved)
{
  return {load_patch.motion(moved), tip_displacement(model, moved)};
}

// Forces and motions that follow from the solution.
void
measure(const model::Model     &model,
        const model::FacePatch &load_patch,
        ServiceState           &state)
{
  const linear::Vector<double> moved =
    since_press_fit(model, state, state.displacement);
  state.motion       = motion_of(model, load_patch, moved);
  state.total_motion = motion_of(model, load_patch, state.displacement);
  if (state.load_on_top)
    state.mean_top_displacement = load_patch.mean(moved);
  for (unsigned int d = 0; d < 3; ++d)
    state.load_moment_about_origin[d] =
      state.load[3 + d] +
      state.load_point[(d + 1) % 3] * state.load[(d + 2) % 3] -
      state.load_point[(d + 2) % 3] * state.load[(d + 1) % 3];
}
} // namespace

model::FacePatch
make_load_patch(const model::Model &model, const fem::Vector3 &point)
{
  const auto height = model.parameters().load.height;
  const auto id =
    height ? mesh::boundary::screw_side : mesh::boundary::screw_top;
  return model::FacePatch(
    model.geometry(),
    [id](const auto &cell, const unsigned int face) {
      return cell->at_boundary(face) && cell->face(face)->boundary_id() == id;
    },
    [&](const fem::Vector3 &x) {
      return height
               ? std::max(0., 1. - std::abs(x[2] - point[2]) / band_half_width)
               : 1.;
    },
    point);
}

namespace
{
void
solve_bonded(model::Model           &model,
             const model::FacePatch &patch,
             ServiceState           &state,
             Log                    &log)
{
  auto                        start = std::chrono::steady_clock::now();
  const fem::ElasticitySolver solver(model.space(),
                                     model.geometry(),
                                     model.bodies(),
                                     model::prescriber(model.parameters()),
                                     model::solver_options(model.parameters()));
  state.preconditioner = solver.description();
  state.setup_seconds  = seconds_since(start);
  log.line(format(
    "  set-up %.1f s: %s", state.setup_seconds, state.preconditioner.c_str()));
  linear::Vector<double> forces = model.space().make_vector<double>();
  state.displacement            = forces;
  patch.add_load(forces, state.load);

  start = std::chrono::steady_clock::now();
  state.verdict =
    solve(solver, state.displacement, forces, model.parameters().solver, log);
  state.solve_seconds = seconds_since(start);
  log.line(format("  solved %llu DoF in %u CG iterations, %.1f s",
                  static_cast<unsigned long long>(model.space().n_dofs()),
                  state.verdict.iterations,
                  state.solve_seconds));
  state.reaction = sum_of_reactions(model, solver.system(), state.displacement);
}

bool
is_nonlinear(const model::Model &model)
{
  const fem::BodyMaterials &bodies = model.bodies();
  return model.parameters().interface.is_contact() ||
         std::any_of(bodies.begin(), bodies.end(), [](const auto &body) {
           return body.is_inelastic();
         });
}
} // namespace

void
run_service(model::Model &model,
            ServiceState &state,
            Log          &log,
            const Keeper &keeper)
{
  const Case &parameters = model.parameters();
  state.load_on_top      = !parameters.load.height;
  state.load_point       = {
          {0.,
           0.,
           parameters.load.height.value_or(model.surface().height() -
                                     parameters.site.insertion_depth)}};
  for (unsigned int d = 0; d < 3; ++d)
  {
    state.load[d]     = parameters.load.force[d];
    state.load[3 + d] = parameters.load.moment[d];
  }
  const model::FacePatch patch = make_load_patch(model, state.load_point);
  log.progress("  setting up the multigrid");
  if (is_nonlinear(model))
  {
    prepare_nonlinear(model, state, log, keeper);
    if (!parameters.asks_for(service_stage))
      return;
    load_nonlinear(model, patch, state, log);
    state.reaction = sum_of_reactions(model, state, state.displacement);
    for (unsigned int d = 0; d < 6; ++d)
      state.reaction[d] -= state.history->seated_reaction[d];
  }
  else
    solve_bonded(model, patch, state, log);
  measure(model, patch, state);
  state.has_service = true;
}

model::Wrench
sum_of_reactions(const model::Model           &model,
                 const ServiceState           &state,
                 const linear::Vector<double> &displacement)
{
  std::optional<fem::AcceptedStresses> law;
  if (state.points() != nullptr)
    law.emplace(*state.points());
  return sum_of_reactions(model,
                          state.history->problem->solver().system(),
                          displacement,
                          law ? &*law : nullptr);
}

std::vector<std::string>
rate_dependent_materials(const model::Model &model, const ServiceState &state)
{
  std::vector<std::string> names;
  if (const fem::MaterialPoints *points = state.points())
    for (unsigned int b = 0; b < mesh::n_bodies; ++b)
      if (points->has_law(b) && points->law(b).is_rate_dependent())
        names.push_back(model.bodies()[b].name);
  return names;
}

UnloadedState
unload_service(model::Model &model, ServiceState &state, Log &log)
{
  const model::FacePatch patch = make_load_patch(model, state.load_point);
  UnloadedState          result;
  result.displacement = state.displacement;
  result.displacement.update_ghost_values();
  result.returned_work =
    -march_load(model, patch, 1., 0., result.displacement, state, log);
  const linear::Vector<double> moved =
    since_press_fit(model, state, result.displacement);
  result.motion       = motion_of(model, patch, moved);
  result.total_motion = motion_of(model, patch, result.displacement);
  return result;
}

const contact::ContactInterface *
ServiceState::interface() const
{
  return history && history->problem && history->problem->has_interface()
           ? &history->problem->interface()
           : nullptr;
}

const fem::MaterialPoints *
ServiceState::points() const
{
  return history && history->problem ? history->problem->points() : nullptr;
}
} // namespace miniscrew::stages
