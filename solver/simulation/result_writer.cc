// SPDX-License-Identifier: LGPL-2.1-or-later
// Numbers first, then fields, results.h5 last.
#include "solver/simulation/result_writer.h"

#include "solver/output/text_file.h"
#include "solver/report/interface_fields.h"
#include "solver/report/quantities.h"
#include "solver/report/result_fields.h"
#include "solver/report/result_warnings.h"
#include "solver/report/stability_lines.h"
#include "solver/report/summary.h"
#include "solver/simulation/mesh_case.h"
#include "solver/simulation/stage_library.h"

#include <deal.II/base/mpi.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <utility>

namespace miniscrew::simulation
{
namespace
{
namespace part     = report::part;
namespace quantity = report::quantity;

std::string
place_of(const Case &input, const RunOptions &options)
{
  if (!options.output.empty())
    return options.output;
  return (std::filesystem::path("results") / input.name / input.variant)
    .string();
}

int
n_ranks(const Log &log)
{
  return static_cast<int>(
    dealii::Utilities::MPI::n_mpi_processes(log.communicator()));
}
} // namespace


ResultWriter::ResultWriter(const Case       &input,
                           const RunOptions &options,
                           Log              &log)
  : input_(&input),
    log_(&log),
    run_(run_record(log.communicator())),
    folder_({place_of(input, options),
             report::files_of_run(contents_of(input), n_ranks(log)),
             options.case_file},
            log.communicator()),
    files_(folder_, log)
{
  run_.petsc_options = input.solver.petsc_options;
  log.attach_file(folder_.file("log.txt"));
  output::write_text(
    folder_.file("case.toml"), input.effective.to_toml(), log.communicator());
  log.line(version_line() + ", " + format("%d ranks", n_ranks(log)));
  log.line("  " + input.screw.name);
}


void
ResultWriter::begin(const model::Model &model)
{
  log_mesh(model, *input_, *log_);
  summary_ = report::model_record(model, *input_);
  summary_.part(part::solver);
  if (input_->interface.is_contact())
    summary_.part(part::literature) = report::literature_record();
}


std::string
ResultWriter::beside(const std::string &suffix) const
{
  return folder_.beside(suffix);
}


void
ResultWriter::add(const stages::Stage &stage, const stages::StageResult &result)
{
  report::Record numbers = result.numbers;
  if (!result.is_complete())
  {
    mark_incomplete(stage.name());
    if (result.status == stages::Status::failed)
      numbers.set(quantity::stopped_because, result.reason);
  }
  if (!numbers.empty())
    summary_.at(stage.place()).merge(numbers);
  curves_.insert(curves_.end(), result.curves.begin(), result.curves.end());
}


report::Record &
ResultWriter::summary()
{
  return summary_;
}


void
ResultWriter::set_effort(const stages::Effort &effort,
                         const double          setup_seconds,
                         const double          solve_seconds,
                         const std::string    &preconditioner)
{
  run_.preconditioner    = preconditioner;
  run_.setup_seconds     = setup_seconds;
  run_.solve_seconds     = solve_seconds;
  report::Record &solver = summary_.part(part::solver);
  solver.set(quantity::cg_iterations, effort.linear_iterations)
    .set(quantity::setup_seconds, setup_seconds)
    .set(quantity::solve_seconds, solve_seconds);
  if (effort.residual >= 0.)
    solver.set(quantity::solver_residual, effort.residual);
}


void
ResultWriter::write_numbers()
{
  files_.write_numbers(summary_, run_, curves_);
}


void
ResultWriter::write_fields(const model::Model   &model,
                           const std::string    &name,
                           const fem::BodyState &now,
                           const fem::BodyState *before)
{
  if (input_->output.vtu)
    files_.write_fields(
      name, report::make_fields(model.geometry(), model.bodies(), now, before));
}


void
ResultWriter::write_main_fields(const model::Model              &model,
                                const fem::BodyState            &now,
                                const fem::BodyState            *before,
                                const contact::ContactInterface *interface)
{
  if (!input_->output.vtu && !input_->output.hdf5_fields)
    return;
  log_->progress("  writing fields");
  has_fields_ = true;
  fields_ = report::make_fields(model.geometry(), model.bodies(), now, before);
  has_interface_ = interface != nullptr;
  if (has_interface_)
    interface_ = report::make_interface_fields(model.geometry(), *interface);
  if (!input_->output.vtu)
    return;
  files_.write_fields("fields", fields_);
  if (has_interface_)
    files_.write_fields("interface", interface_);
}


void
ResultWriter::write_last_converged(const model::Model   &model,
                                   const fem::BodyState &now,
                                   const fem::BodyState *before,
                                   const bool            run_fails)
{
  files_.write_fields(
    "last_converged",
    report::make_fields(model.geometry(), model.bodies(), now, before));
  log_->line("  the last converged state is last_converged.pvd in " +
             (run_fails ? folder_.failed_place() : folder_.place()));
}


bool
ResultWriter::has_curve() const
{
  // Rows of depths that failed have nothing but the depth.
  return std::any_of(curves_.begin(), curves_.end(), [](const auto &curve) {
    return std::any_of(
      curve.rows.begin(), curve.rows.end(), [](const auto &row) {
        return row.size() > 1 && std::isfinite(row[1]);
      });
  });
}


report::Record
ResultWriter::finish(const model::Model &model)
{
  const double memory = peak_memory_MB(log_->communicator());
  summary_.part(part::solver)
    .set(quantity::solver_seconds, stopwatch_.seconds())
    .set(quantity::memory, memory);
  mark_numbers();
  report::set_warnings(
    summary_, report::all_warnings(*input_, model.interface_size(), summary_));
  run_.finished_utc  = utc_now();
  run_.total_seconds = stopwatch_.seconds();
  write_numbers();
  std::vector<std::pair<std::string, const output::FieldData *>> fields;
  if (input_->output.hdf5_fields && has_fields_)
    fields.emplace_back("VTKHDF", &fields_);
  if (input_->output.hdf5_fields && has_interface_)
    fields.emplace_back("interface", &interface_);
  files_.write_hdf5(
    input_->effective.to_toml(), summary_, run_, curves_, fields);
  report::log_summary(summary_, *log_);
  report::log_stability(summary_, *log_);
  report::log_warnings(summary_, *log_);
  const std::string last_line =
    format("  %.1f s in all, %.0f MB, results in %s",
           stopwatch_.seconds(),
           memory,
           folder_.place().c_str());
  log_->line(last_line);
  files_.check_log(last_line);
  if (!files_.not_written().empty())
  {
    summary_.set(quantity::not_written, files_.not_written());
    write_numbers();
  }
  folder_.commit(files_.not_written());
  return summary_;
}


bool
ResultWriter::is_complete() const
{
  return summary_.texts(quantity::incomplete).empty();
}


void
ResultWriter::mark_incomplete(const std::string &what)
{
  std::vector<std::string> names = summary_.texts(quantity::incomplete);
  if (std::find(names.begin(), names.end(), what) == names.end())
    names.push_back(what);
  summary_.set(quantity::incomplete, names);
}


// JSON has no words for numbers that are not finite: they are named.
void
ResultWriter::mark_numbers()
{
  const std::vector<std::string> keys = report::not_finite(summary_);
  if (keys.empty())
    return;
  summary_.set(quantity::not_finite_keys, keys);
  mark_incomplete("numbers");
}
} // namespace miniscrew::simulation
