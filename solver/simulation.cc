// SPDX-License-Identifier: LGPL-2.1-or-later
// Geometry -> mesh -> stages -> results.
#include "solver/simulation.h"

#include "solver/base/errors.h"
#include "solver/base/run_record.h"
#include "solver/fem/error_estimator.h"
#include "solver/fem/recovery.h"
#include "solver/insertion_summary.h"
#include "solver/interface_fields.h"
#include "solver/literature.h"
#include "solver/output/curve_files.h"
#include "solver/output/hdf5.h"
#include "solver/output/result_folder.h"
#include "solver/output/text_file.h"
#include "solver/output/vtu.h"
#include "solver/restart.h"
#include "solver/result_fields.h"
#include "solver/stages/model.h"
#include "solver/stages/service.h"
#include "solver/summary.h"

#include <algorithm>
#include <chrono>
#include <filesystem>

namespace miniscrew
{
namespace
{
double
now()
{
  return std::chrono::duration<double>(
           std::chrono::steady_clock::now().time_since_epoch())
    .count();
}

std::string
place_of(const Case &parameters, const RunOptions &options)
{
  if (!options.output.empty())
    return options.output;
  return (std::filesystem::path("results") / parameters.name /
          parameters.variant)
    .string();
}

void
log_mesh(const stages::Model &model, Log &log)
{
  const fem::Quality &quality = model.quality();
  log.line(format("  mesh: %llu cells, %llu DoF, scaled Jacobian >= %.2f, "
                  "aspect ratio <= %.1f",
                  static_cast<unsigned long long>(quality.n_cells),
                  static_cast<unsigned long long>(model.space().n_dofs()),
                  quality.min_scaled_jacobian,
                  quality.max_aspect_ratio));
  if (model.interface_size() < model.parameters().discretisation.interface_size)
    log.line(format("  cells at the interface are %.3g mm, not %.3g, which "
                    "would be badly shaped at this thread and angle",
                    model.interface_size(),
                    model.parameters().discretisation.interface_size));
  const double tilt = 90. - model.parameters().site.insertion_angle;
  if (tilt - model.map().tilt_at_screw() > 0.1)
    log.line(format("  the bone's layers are levelled to a tilt of %.1f of "
                    "their %.1f degrees where they meet the thread",
                    model.map().tilt_at_screw(),
                    tilt));
}

/// Solves, and refines where the estimated error is, as often as asked for.
void
solve_adaptively(stages::Model        &model,
                 stages::ServiceState &state,
                 nlohmann::json       &cycles,
                 const stages::Keeper &keeper,
                 Log                  &log)
{
  const Discretisation &options = model.parameters().discretisation;
  for (unsigned int cycle = 0;; ++cycle)
  {
    stages::run_service(model, state, log, keeper);
    if (options.adaptive_cycles == 0)
      return;
    const fem::ErrorEstimate error = fem::estimate_error(
      model.geometry(),
      model.bodies(),
      state.displacement,
      fem::RecoveredStrain(model.geometry(), state.displacement));
    log.line(format("  estimated relative error in the energy norm: %.3f",
                    error.relative_error()));
    cycles.push_back({{"n_dofs", model.space().n_dofs()},
                      {"relative_error", error.relative_error()}});
    if (cycle == options.adaptive_cycles)
      return;
    fem::mark_for_refinement(
      model.triangulation(), error, options.adaptive_fraction);
    model.refine();
    log_mesh(model, log);
  }
}

/// What had converged when a stage gave up goes to the disk all the same.
void
keep_last_state(const stages::Model        &model,
                const stages::ServiceState &state,
                const output::ResultFolder &folder,
                Log                        &log)
{
  if (!state.history)
    return;
  output::write_vtu(
    folder.file(""),
    "last_converged",
    make_fields(
      model.geometry(), model.bodies(), state.displacement, state.points()),
    model.communicator());
  log.line("  the last converged state is last_converged.pvd in " +
           folder.failed_place());
}

/// Insertion at all depths of the torque curve: those before the full one, then
/// the stages at the full one, then more where the curve bends.
void
run_stages(stages::Model        &model,
           stages::ServiceState &state,
           Restart              &restart,
           nlohmann::json       &cycles,
           Log                  &log)
{
  const Case &parameters = model.parameters();
  const bool  inserts    = parameters.is_inserted();
  const auto  insert_to  = [&](const std::vector<double> &depths) {
    std::vector<double> missing;
    for (const double depth : depths)
      if (std::none_of(restart.points().begin(),
                       restart.points().end(),
                       [&](const auto &point) { return point.depth == depth; }))
        missing.push_back(depth);
    stages::insertion_points(
      parameters, missing, model.space().n_dofs(), log, [&](const auto &point) {
        restart.add(point);
      });
  };
  if (inserts)
    insert_to(stages::first_depths(parameters));
  solve_adaptively(model, state, cycles, restart.keeper(), log);
  const std::size_t n_all =
    parameters.insertion.depths + parameters.insertion.extra_depths;
  if (inserts && restart.points().size() < n_all)
    insert_to(stages::depths_where_it_bends(
      restart.points(),
      static_cast<unsigned int>(n_all - restart.points().size())));
}

/// The tests that move the screw, each from the same start.
void
run_driven_tests(stages::Model              &model,
                 stages::ServiceState       &state,
                 nlohmann::json             &summary,
                 std::vector<output::Curve> &curves,
                 const output::ResultFolder &folder,
                 Log                        &log)
{
  const Case &parameters = model.parameters();
  using Run              = stages::TestResult (*)(
    stages::Model &, stages::ServiceState &, linear::Vector<double> &, Log &);
  const std::pair<Test, Run> tests[] = {
    {Test::removal, stages::remove},
    {Test::pullout, stages::pull_out},
    {Test::sideways, stages::push_sideways}};
  for (const auto &[test, run] : tests)
  {
    if (!parameters.asks_for(test))
      continue;
    linear::Vector<double>   displacement;
    const stages::TestResult result = run(model, state, displacement, log);
    summary[name_of(test)] =
      test_summary(model, state, displacement, test, result);
    curves.push_back(test_curve(test, result));
    if (!result.stopped_because.empty())
      summary["incomplete"].push_back(name_of(test));
    if (parameters.output.vtu)
      output::write_vtu(
        folder.file(""),
        name_of(test),
        make_fields(
          model.geometry(), model.bodies(), displacement, state.points()),
        model.communicator());
  }
}

/// Takes the load off at the end if asked for, and adds what remains.
void
unload(stages::Model        &model,
       stages::ServiceState &state,
       nlohmann::json       &summary,
       Log                  &log)
{
  if (!model.parameters().load.unload || !state.history ||
      !model.parameters().asks_for(Test::service))
    return;
  const stages::UnloadedState unloaded =
    stages::unload_service(model, state, log);
  summary["service"]["unloaded"] = unloaded_summary(model, state, unloaded);
}
} // namespace

nlohmann::json
run_case(const Case &parameters, const RunOptions &options, Log &log)
{
  const double         start        = now();
  const MPI_Comm       communicator = log.communicator();
  output::ResultFolder folder(place_of(parameters, options), communicator);
  log.attach_file(folder.file("log.txt"));
  output::write_text(
    folder.file("case.toml"), parameters.effective_toml, communicator);
  log.line(version_line() + ", " + format("%d ranks", n_ranks(communicator)));
  log.line("  " + parameters.screw.name);
  stages::Model model(parameters, communicator);
  log_mesh(model, log);

  nlohmann::json       cycles = nlohmann::json::array();
  stages::ServiceState state;
  Restart              restart(
    folder.beside(".checkpoint.h5"), parameters, options.resume, log);
  try
  {
    run_stages(model, state, restart, cycles, log);
  }
  catch (const ConvergenceError &)
  {
    keep_last_state(model, state, folder, log);
    throw;
  }
  log.progress("  evaluating strain and stress");
  nlohmann::json summary = make_summary(model, state);
  if (!cycles.empty())
    summary["mesh"]["adaptive_cycles"] = cycles;
  if (model.parameters().interface.is_contact())
    summary["literature"] = literature_summary();
  std::vector<output::Curve> curves;
  if (!restart.points().empty())
  {
    summary["insertion"] = insertion_summary(model, state, restart.points());
    summary["seating"]   = seating_summary(model, state);
    curves.push_back(insertion_curve(restart.points()));
  }
  if (parameters.output.vtu || parameters.output.hdf5_fields)
    log.progress("  writing fields");
  const output::FieldData fields = make_fields(
    model.geometry(), model.bodies(), state.displacement, state.points());
  if (parameters.output.vtu)
    output::write_vtu(folder.file(""), "fields", fields, communicator);
  output::FieldData interface;
  const bool        in_contact = state.interface() != nullptr;
  if (in_contact)
    interface = make_interface_fields(model.geometry(), *state.interface());
  if (in_contact && parameters.output.vtu)
    output::write_vtu(folder.file(""), "interface", interface, communicator);
  unload(model, state, summary, log);
  run_driven_tests(model, state, summary, curves, folder, log);
  for (const output::Curve &curve : curves)
    output::write_curve(
      folder.file("curves/" + curve.name + ".csv"), curve, communicator);

  summary["solver"]["seconds"]   = now() - start;
  summary["solver"]["memory_MB"] = peak_memory_MB(communicator);
  nlohmann::json run             = run_record(communicator);
  run["preconditioner"]          = state.preconditioner;
  run["seconds"]                 = {{"total", now() - start},
                                    {"setup", state.setup_seconds},
                                    {"solve", state.solve_seconds}};
  const std::string hdf5         = folder.file("results.h5");
  output::write_hdf5(
    hdf5, {parameters.effective_toml, summary, run, curves}, communicator);
  if (parameters.output.hdf5_fields)
    output::append_fields_to_hdf5(hdf5, fields, communicator);
  if (parameters.output.hdf5_fields && in_contact)
    output::append_fields_to_hdf5(hdf5, interface, communicator, "interface");
  output::write_json(folder.file("run.json"), run, communicator);
  output::write_json(folder.file("summary.json"), summary, communicator);
  log_summary(summary, log);
  log_stability(summary, log);
  log.line(format("  %.1f s in all, %.0f MB, results in %s",
                  now() - start,
                  summary["solver"]["memory_MB"].get<double>(),
                  folder.place().c_str()));
  folder.commit();
  restart.finish();
  return summary;
}

nlohmann::json
mesh_case(const Case &parameters, const RunOptions &options, Log &log)
{
  const MPI_Comm       communicator = log.communicator();
  output::ResultFolder folder(place_of(parameters, options) + "/mesh",
                              communicator);
  stages::Model        model(parameters, communicator);
  log_mesh(model, log);
  for (const std::string &line : fem::histogram_lines(model.quality()))
    log.line(line);
  nlohmann::json summary = mesh_summary(model);
  output::write_json(folder.file("summary.json"), summary, communicator);
  output::write_vtu(
    folder.file(""), "mesh", make_mesh_fields(model.geometry()), communicator);
  log.line("  mesh in " + folder.place());
  folder.commit();
  return summary;
}

CostEstimate
estimate_cost(const Case &parameters)
{
  const stages::Model model(parameters, MPI_COMM_WORLD);
  CostEstimate        estimate;
  estimate.n_cells = model.quality().n_cells;
  estimate.n_dofs  = model.space().n_dofs();
  // Measured: see the memory table of the benchmark in the README.
  const double bytes_per_dof = 1500., MB_per_rank = 170.;
  estimate.memory_MB = bytes_per_dof * 1e-6 * estimate.n_dofs +
                       MB_per_rank * n_ranks(MPI_COMM_WORLD);
  return estimate;
}
} // namespace miniscrew
