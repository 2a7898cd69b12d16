// SPDX-License-Identifier: LGPL-2.1-or-later
// Results of stages as a header, and states as records of cells.
#include "solver/simulation/checkpoint.h"

#include "solver/base/errors.h"
#include "solver/output/collective.h"
#include "solver/report/needed.h"
#include "solver/report/record_json.h"
#include "solver/simulation/checkpoint_records.h"
#include "solver/simulation/result_records.h"

#include <filesystem>
#include <utility>

namespace miniscrew::simulation
{
namespace
{
using report::Record;

constexpr const char *insertion_name = "insertion", *progress_name = "progress",
                     *results_name = "results";
} // namespace


std::string
insertion_key(const EffectiveCase &effective)
{
  const auto before =
    effective.without({"title", "tests", "output", "expected"});
  std::string key;
  for (const EffectiveCase::Value &value : before.values())
    if (value.key == "load.duration_s" || value.key.compare(0, 5, "load.") != 0)
      key += value.line() + "\n";
  return key;
}


Checkpoint::Checkpoint(const std::string &path,
                       const Case        &input,
                       const bool         resumes,
                       Log               &log)
  : path_(path),
    insertion_(insertion_key(input.effective)),
    log_(&log)
{
  int exists = 0;
  output::on_first_rank(log.communicator(), [&] {
    exists = std::filesystem::exists(std::filesystem::symlink_status(path_))
               ? 1 + int(!output::is_checkpoint(path_))
               : 0;
  });
  MPI_Bcast(&exists, 1, MPI_INT, 0, log.communicator());
  is_foreign_ = exists > 1;
  if (!resumes || exists == 0)
    return;
  const output::Checkpoint file(path_, log.communicator());
  try
  {
    const Record header = report::record_from_text(file.header());
    if (report::needed<std::string>(header, insertion_name) != insertion_)
    {
      log.line("  the checkpoint " + path_ +
               " is of another insertion and is not used");
      return;
    }
    progress_ = report::needed_part(header, progress_name).parts();
    results_  = report::needed_part(header, results_name).parts();
    for (const auto &[name, record] : results_)
      result_from(record);
  }
  catch (const IoError &error)
  {
    throw IoError("the checkpoint '" + path_ + "' is damaged: " + error.what() +
                  "; remove it, or run without --resume");
  }
  std::string names;
  for (const auto *list : {&progress_, &results_})
    for (const auto &[name, record] : *list)
      names += (names.empty() ? "" : ", ") +
               std::string(list == &progress_ ? "a part of " : "") + name;
  log.line("  going on from " + path_ + (names.empty() ? "" : " with ") +
           names);
}


stages::Progress
Checkpoint::progress(const stages::Stage &stage)
{
  const std::string name  = stage.name();
  const auto        found = progress_.find(name);
  return {found == progress_.end() ? Record() : found->second,
          [this, name](const Record &record) {
            progress_[name] = record;
            // A state that is there already stays in the file that has it.
            if (results_.empty())
              write({});
          }};
}


std::vector<stages::StageResult>
Checkpoint::restored(const std::vector<const stages::Stage *> &stages,
                     const model::Model                       &model,
                     const equilibrium::EquilibriumProblem    &problem)
{
  std::vector<stages::StageResult> results;
  for (const stages::Stage *stage : stages)
  {
    const auto found = results_.find(stage->name());
    if (found == results_.end())
      return {};
    results.push_back(result_from(found->second));
  }
  if (!results.empty())
  {
    const output::Checkpoint file(path_, log_->communicator());
    results.back().end = state_from(file, model, problem);
  }
  return results;
}


void
Checkpoint::save(const std::vector<const stages::Stage *> &stages,
                 const std::vector<stages::StageResult>   &results,
                 const model::Model                       &model,
                 const equilibrium::EquilibriumProblem    &problem)
{
  for (std::size_t i = 0; i < stages.size(); ++i)
    results_[stages[i]->name()] = record_of(results[i]);
  progress_.clear();
  write(state_records(model, problem, results.back().end));
}


void
Checkpoint::write(const std::vector<output::CellRecords> &records)
{
  try
  {
    if (is_foreign_)
      throw IoError("'" + path_ + "' is there and is no checkpoint");
    Record header;
    header.set_value(insertion_name, insertion_);
    header.part(progress_name);
    header.part(results_name);
    for (const auto &[name, record] : progress_)
      header.part(progress_name).part(name) = record;
    for (const auto &[name, record] : results_)
      header.part(results_name).part(name) = record;
    output::write_checkpoint(
      path_, report::exact_text(header), records, log_->communicator());
  }
  catch (const IoError &error)
  {
    if (!has_warned_)
      log_->line(std::string("  warning: ") + error.what() +
                 "; the run goes on, but could not be resumed from here");
    has_warned_ = true;
  }
}


void
Checkpoint::finish()
{
  output::on_first_rank(log_->communicator(), [&] {
    std::error_code ignored;
    if (output::is_checkpoint(path_))
      std::filesystem::remove(path_, ignored);
  });
}
} // namespace miniscrew::simulation
