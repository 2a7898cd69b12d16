// SPDX-License-Identifier: LGPL-2.1-or-later
// Geometry -> mesh -> stages -> results.
#include "solver/simulation/simulation.h"

#include "solver/base/errors.h"
#include "solver/base/guard.h"
#include "solver/base/run_record.h"
#include "solver/case/tables/stage_keys.h"
#include "solver/fem/recovery/error_estimator.h"
#include "solver/fem/recovery/recovery.h"
#include "solver/model/model.h"
#include "solver/output/hdf5.h"
#include "solver/output/result_folder.h"
#include "solver/output/text_file.h"
#include "solver/output/vtu.h"
#include "solver/report/insertion_summary.h"
#include "solver/report/interface_fields.h"
#include "solver/report/literature.h"
#include "solver/report/result_fields.h"
#include "solver/report/result_files.h"
#include "solver/report/result_warnings.h"
#include "solver/report/summary.h"
#include "solver/simulation/failures.h"
#include "solver/simulation/restart.h"
#include "solver/stages/reference.h"
#include "solver/stages/service.h"

#include <algorithm>
#include <chrono>
#include <filesystem>

namespace miniscrew::simulation
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
log_mesh(const model::Model &model, Log &log)
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
  for (const std::string &sentence : model.adjustments())
    log.line("  " + sentence);
  const double tilt = 90. - model.parameters().site.insertion_angle;
  if (tilt - model.map().tilt_at_screw() > 0.1)
    log.line(format("  the bone's layers are levelled to a tilt of %.1f of "
                    "their %.1f degrees where they meet the thread",
                    model.map().tilt_at_screw(),
                    tilt));
}

/// Solves, and refines where the estimated error is, as often as asked for.
void
solve_adaptively(model::Model         &model,
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

/// The fields of a state: what came after seating, with totals beside.
output::FieldData
make_state_fields(const model::Model           &model,
                  const stages::ServiceState   &state,
                  const linear::Vector<double> &displacement)
{
  const stages::Reference seated(state);
  return report::make_fields(model.geometry(),
                             model.bodies(),
                             {&displacement, state.points()},
                             seated.get());
}

/// The fields under the load or, if there is none, of the seated screw.
output::FieldData
make_service_fields(const model::Model         &model,
                    const stages::ServiceState &state)
{
  if (model.parameters().asks_for(service_stage))
    return make_state_fields(model, state, state.displacement);
  return report::make_fields(
    model.geometry(), model.bodies(), {&state.displacement, state.points()});
}

/// What had converged when a stage gave up goes to the disk all the same, into
/// a folder that will be at @p place.
void
keep_last_state(const model::Model         &model,
                const stages::ServiceState &state,
                const std::string          &place,
                report::ResultFiles        &files,
                Log                        &log)
{
  if (!state.history || !state.history->problem)
    return;
  files.write_fields("last_converged",
                     make_state_fields(model, state, state.displacement));
  log.line("  the last converged state is last_converged.pvd in " + place);
}

/// Whether screw and bone are where loads and tests start from.
bool
is_prepared(const stages::ServiceState &state)
{
  return state.stage == "service";
}

/// Whether something is left of a run whose stage at the full depth failed:
/// torque points, what insertion left, or tests that start from it.
bool
has_more(const Case                 &parameters,
         const stages::ServiceState &state,
         const Restart              &restart)
{
  const auto &tests = parameters.tests.run;
  if (is_prepared(state) && state.history)
    return parameters.is_inserted() ||
           std::any_of(tests.begin(), tests.end(), [](const std::string &test) {
             return test != service_stage;
           });
  return !restart.points().empty() ||
         (state.history && state.history->insertion);
}

/// The stages at the full depth. One that fails costs itself and what follows
/// from it, unless nothing else is left.
void
run_at_full_depth(model::Model               &model,
                  stages::ServiceState       &state,
                  Restart                    &restart,
                  nlohmann::json             &cycles,
                  const output::ResultFolder &folder,
                  report::ResultFiles        &files,
                  Failures                   &failures,
                  Log                        &log)
{
  Outcome outcome = run_guarded(log.communicator(), [&] {
    solve_adaptively(model, state, cycles, restart.keeper(), log);
  });
  if (outcome.code == ExitCode::success)
    return;
  const bool goes_on = outcome.code != ExitCode::io_error &&
                       has_more(model.parameters(), state, restart);
  keep_last_state(
    model, state, goes_on ? folder.place() : folder.failed_place(), files, log);
  if (!goes_on)
  {
    if (outcome.code == ExitCode::not_converged)
      outcome.message = with_advice(state.stage, outcome.message);
    throw_outcome(outcome);
  }
  failures.add(state.stage, outcome.message);
  if (state.stage == "insertion")
    failures.add(
      stages::DepthOutcome{model.parameters().site.insertion_depth,
                           {},
                           with_advice(state.stage, outcome.message)});
}

/// Insertion at all depths of the torque curve: those before the full one, then
/// the stages at the full one, then more where the curve bends.
void
run_stages(model::Model               &model,
           stages::ServiceState       &state,
           Restart                    &restart,
           nlohmann::json             &cycles,
           const output::ResultFolder &folder,
           report::ResultFiles        &files,
           Failures                   &failures,
           Log                        &log)
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
    stages::insertion_points(parameters,
                             missing,
                             model.space().n_dofs(),
                             log,
                             [&](const stages::DepthOutcome &outcome) {
                               if (outcome.point)
                                 restart.add(*outcome.point);
                               else
                                 failures.add(outcome);
                             });
  };
  if (inserts)
    insert_to(stages::first_depths(parameters));
  run_at_full_depth(
    model, state, restart, cycles, folder, files, failures, log);
  const std::size_t n_all =
    parameters.insertion.depths + parameters.insertion.extra_depths;
  const std::size_t n_tried =
    restart.points().size() + failures.depths().size();
  if (inserts && is_prepared(state) && n_tried < n_all)
    insert_to(stages::depths_where_it_bends(
      restart.points(), static_cast<unsigned int>(n_all - n_tried)));
}

/// The torque points, and the one at the full depth if nothing came after it.
std::vector<stages::InsertionPoint>
points_of(const Restart &restart, const stages::ServiceState &state)
{
  std::vector<stages::InsertionPoint> points = restart.points();
  if (state.history && state.history->insertion &&
      std::none_of(points.begin(), points.end(), [&](const auto &point) {
        return point.depth == state.history->insertion->depth;
      }))
    points.push_back(*state.history->insertion);
  return points;
}

/// One test that moves the screw, into the summary, a curve and fields.
void
run_driven_test(const std::string          &test,
                model::Model               &model,
                stages::ServiceState       &state,
                nlohmann::json             &summary,
                std::vector<output::Curve> &curves,
                report::ResultFiles        &files,
                Log                        &log)
{
  linear::Vector<double>   displacement;
  const auto               run    = test == removal_stage   ? stages::remove
                                    : test == pullout_stage ? stages::pull_out
                                                            : stages::push_sideways;
  const stages::TestResult result = run(model, state, displacement, log);
  summary[test]                   = report::test_summary(model, test, result);
  curves.push_back(report::test_curve(test, result));
  if (!result.stopped_because.empty())
  {
    summary[test]["stopped_because"] =
      with_advice(test, result.stopped_because);
    mark_incomplete(summary, test);
  }
  if (model.parameters().output.vtu)
    files.write_fields(test, make_state_fields(model, state, displacement));
}

/// The tests that move the screw, each from the same start, and whether or not
/// one before came to its end.
void
run_driven_tests(model::Model               &model,
                 stages::ServiceState       &state,
                 nlohmann::json             &summary,
                 std::vector<output::Curve> &curves,
                 report::ResultFiles        &files,
                 Failures                   &failures,
                 Log                        &log)
{
  for (const char *test : {removal_stage, pullout_stage, sideways_stage})
    if (model.parameters().asks_for(test))
      failures.attempt(test, [&] {
        run_driven_test(test, model, state, summary, curves, files, log);
      });
}

/// Takes the load off at the end if asked for, and adds what remains.
void
unload(model::Model         &model,
       stages::ServiceState &state,
       nlohmann::json       &summary,
       Failures             &failures,
       Log                  &log)
{
  if (!model.parameters().load.unload || !state.history || !state.has_service)
    return;
  failures.attempt("unloading", [&] {
    const stages::UnloadedState unloaded =
      stages::unload_service(model, state, log);
    summary["service"]["unloaded"] =
      report::unloaded_summary(model, state, unloaded);
  });
}
} // namespace

nlohmann::json
run_case(const Case &parameters, const RunOptions &options, Log &log)
{
  const double   start        = now();
  const MPI_Comm communicator = log.communicator();
  nlohmann::json run          = run_record(communicator);
  model::refuse_too_large(parameters, model::Purpose::run, communicator);
  output::ResultFolder folder(
    {place_of(parameters, options),
     report::files_of_run(parameters, report::n_ranks(communicator)),
     options.case_file},
    communicator);
  report::ResultFiles files(folder, log);
  log.attach_file(folder.file("log.txt"));
  output::write_text(
    folder.file("case.toml"), parameters.effective.to_toml(), communicator);
  log.line(version_line() + ", " +
           format("%d ranks", report::n_ranks(communicator)));
  log.line("  " + parameters.screw.name);
  model::Model model(parameters, communicator);
  log_mesh(model, log);

  nlohmann::json       cycles = nlohmann::json::array();
  stages::ServiceState state;
  Restart              restart(
    folder.beside(".checkpoint.h5"), parameters, options.resume, log);
  Failures failures(log);
  run_stages(model, state, restart, cycles, folder, files, failures, log);
  log.progress("  evaluating strain and stress");
  nlohmann::json summary = report::make_summary(model, state);
  if (!cycles.empty())
    summary["mesh"]["adaptive_cycles"] = cycles;
  if (model.parameters().interface.is_contact())
    summary["literature"] = report::literature_summary();
  std::vector<output::Curve> curves;
  if (parameters.is_inserted())
  {
    const auto points = points_of(restart, state);
    summary["insertion"] =
      report::insertion_summary(model, state, points, failures.depths());
    curves.push_back(report::insertion_curve(points, failures.depths()));
  }
  if (parameters.is_inserted() && is_prepared(state))
    summary["seating"] = report::seating_summary(model, state);
  else if (state.seated.size() > 0)
    summary["press_fit"] = report::seating_summary(model, state);
  files.write_numbers(summary, run, curves);
  // Fields of a load that was not reached would pass for those of the load.
  const bool has_fields =
    is_prepared(state) &&
    (state.has_service || !parameters.asks_for(service_stage));
  const bool writes_vtu  = parameters.output.vtu && has_fields,
             writes_hdf5 = parameters.output.hdf5_fields && has_fields;
  if (writes_vtu || writes_hdf5)
    log.progress("  writing fields");
  output::FieldData fields, interface;
  if (has_fields)
    fields = make_service_fields(model, state);
  if (writes_vtu)
    files.write_fields("fields", fields);
  const bool in_contact = has_fields && state.interface() != nullptr;
  if (in_contact)
    interface =
      report::make_interface_fields(model.geometry(), *state.interface());
  if (in_contact && writes_vtu)
    files.write_fields("interface", interface);
  unload(model, state, summary, failures, log);
  if (is_prepared(state))
    run_driven_tests(model, state, summary, curves, files, failures, log);

  summary["solver"]["seconds"]   = now() - start;
  summary["solver"]["memory_MB"] = peak_memory_MB(communicator);
  failures.mark(summary);
  mark_not_finite(summary);
  summary["warnings"] = report::all_warnings(
    parameters, model.interface_size(), summary, state.warnings);
  run["finished_utc"]   = utc_now();
  run["preconditioner"] = state.preconditioner;
  run["petsc_options"]  = parameters.solver.petsc_options;
  run["seconds"]        = {{"total", now() - start},
                           {"setup", state.setup_seconds},
                           {"solve", state.solve_seconds}};
  files.write_numbers(summary, run, curves);
  files.write_hdf5([&](const std::string &path) {
    output::write_hdf5(path,
                       {parameters.effective.to_toml(), summary, run, curves},
                       communicator);
    if (writes_hdf5)
      output::append_fields_to_hdf5(path, fields, communicator);
    if (writes_hdf5 && in_contact)
      output::append_fields_to_hdf5(path, interface, communicator, "interface");
  });
  report::log_summary(summary, log);
  report::log_stability(summary, log);
  report::log_warnings(summary, log);
  const std::string last_line =
    format("  %.1f s in all, %.0f MB, results in %s",
           now() - start,
           summary["solver"]["memory_MB"].get<double>(),
           folder.place().c_str());
  log.line(last_line);
  files.check_log(last_line);
  if (!files.not_written().empty())
  {
    summary["not_written"] = files.not_written();
    files.write_numbers(summary, run, curves);
  }
  folder.commit(files.not_written());
  // What is incomplete may be gone on with, such as with other load steps.
  if (!summary.contains("incomplete"))
    restart.finish();
  return summary;
}

nlohmann::json
mesh_case(const Case &parameters, const RunOptions &options, Log &log)
{
  const MPI_Comm communicator = log.communicator();
  model::refuse_too_large(parameters, model::Purpose::mesh, communicator);
  output::ResultFolder folder(
    {place_of(parameters, options),
     report::files_of_mesh(report::n_ranks(communicator)),
     options.case_file},
    communicator);
  model::Model model(parameters, communicator, model::Purpose::mesh);
  log_mesh(model, log);
  for (const std::string &line : fem::histogram_lines(model.quality()))
    log.line(line);
  nlohmann::json summary = report::mesh_summary(model);
  output::write_json(folder.file("summary.json"), summary, communicator);
  // Without its fields the result would be none: this error ends the command.
  output::write_vtu(folder.file(""),
                    "mesh",
                    report::make_mesh_fields(model.geometry()),
                    communicator);
  log.line("  mesh in " + folder.place());
  folder.commit();
  return summary;
}
} // namespace miniscrew::simulation
