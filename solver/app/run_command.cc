// SPDX-License-Identifier: LGPL-2.1-or-later
// The commands that work on a case file: run, check, mesh.
#include "solver/app/run_command.h"

#include "solver/app/interruption.h"
#include "solver/base/guard.h"
#include "solver/base/log.h"
#include "solver/base/shown.h"
#include "solver/case/case_file.h"
#include "solver/case/expected.h"
#include "solver/output/collective.h"
#include "solver/output/result_folder.h"
#include "solver/report/comparison.h"
#include "solver/report/quantities.h"
#include "solver/report/record_json.h"
#include "solver/report/result_check.h"
#include "solver/report/warning_table.h"
#include "solver/simulation/mesh_case.h"
#include "solver/simulation/simulation.h"
#include "solver/simulation/stage_library.h"

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <sstream>

namespace miniscrew::app
{
namespace
{
namespace fs = std::filesystem;

/// The table of all variants, beside their folders.
const char *const comparison_name = "comparison.csv";

bool
is_first_rank(MPI_Comm communicator)
{
  return output::rank_in(communicator) == 0;
}

/// The value of the first rank on all ranks.
int
of_first_rank(MPI_Comm communicator, int value)
{
  MPI_Bcast(&value, 1, MPI_INT, 0, communicator);
  return value;
}

void
print_error(MPI_Comm communicator, const std::string &sentence)
{
  if (is_first_rank(communicator))
    std::cerr << sentence << std::endl;
}

/// "a, b or c", or the first of very many.
std::string
short_list(const std::vector<std::string> &names)
{
  constexpr std::size_t longest = 30;
  if (names.size() <= longest)
    return list_of(names);
  return list_of({names.begin(), names.begin() + longest}) + " (and " +
         std::to_string(names.size() - longest) + " more)";
}

/// Folder of all results of a case file.
fs::path
root_folder(const CaseRequest &request, const std::vector<Case> &cases)
{
  return request.output.empty() ? fs::path("results") / cases.front().name
                                : fs::path(request.output);
}

/// The worst of two outcomes decides how the program ends.
ExitCode
worse(const ExitCode a, const ExitCode b)
{
  for (const ExitCode code : {ExitCode::internal_error,
                              ExitCode::io_error,
                              ExitCode::user_error,
                              ExitCode::not_converged,
                              ExitCode::expected_missed})
    if (a == code || b == code)
      return code;
  return ExitCode::success;
}

/// Runs the cases of one file and remembers what came out.
class Runner
{
public:
  Runner(const CaseRequest       &request,
         const std::vector<Case> &cases,
         MPI_Comm                 communicator)
    : request_(request),
      cases_(cases),
      root_(root_folder(request, cases)),
      communicator_(communicator),
      log_(communicator)
  {}

  ExitCode
  run_all()
  {
    for (std::size_t i = 0; i < cases_.size(); ++i)
    {
      prepare_for_interruption(cases_[i]);
      announce(i);
      exit_code_ = worse(exit_code_, run_one(cases_[i]));
      log_.detach_file();
    }
    report();
    return exit_code_;
  }

private:
  /// The result of one case; what is missed or fails is logged.
  ExitCode
  run_one(const Case &parameters)
  {
    const std::string folder = (root_ / parameters.variant).string();
    report::Record    summary;
    const bool    is_done = request_.resume && is_complete(folder, parameters);
    const Outcome outcome = run_guarded(communicator_, [&] {
      summary =
        is_done
          ? report::read_result(folder).summary
          : simulation::run_case(
              parameters, {folder, request_.resume, request_.case_file}, log_);
    });
    if (is_done && outcome.code == ExitCode::success)
      log_.line("complete already, taken from " + folder);
    if (outcome.code != ExitCode::success)
    {
      log_.line("FAILED: " + label(parameters) + ": " + outcome.message);
      failed_.push_back(label(parameters));
      return outcome.code;
    }
    results_.push_back({label(parameters), summary, parameters.effective});
    return worse(check_written(parameters, summary),
                 worse(check_complete(parameters, summary),
                       check_expected(parameters, summary)));
  }

  /// Whether there is the complete result; else the log says why, if there is
  /// anything.
  bool
  is_complete(const std::string &folder, const Case &parameters)
  {
    std::string reason;
    bool        is_there = false;
    if (is_first_rank(communicator_))
    {
      std::error_code error;
      is_there = fs::exists(fs::path(folder) / "summary.json", error);
      reason   = report::why_not_complete(
        folder, parameters.effective, simulation::contents_of(parameters));
    }
    if (is_there && !reason.empty())
      log_.line("computed anew, as the result in " + folder +
                " cannot be taken: " + reason);
    return of_first_rank(communicator_, reason.empty() ? 1 : 0) == 1;
  }

  /// A file that could not be written costs itself only.
  ExitCode
  check_written(const Case &parameters, const report::Record &summary)
  {
    const auto files = summary.texts(report::quantity::not_written);
    for (const std::string &name : files)
      failed_.push_back(label(parameters) + ": " + name +
                        " could not be written; the rest of the result is "
                        "kept");
    return files.empty() ? ExitCode::success : ExitCode::io_error;
  }

  /// Stages that failed or ended early cost themselves only.
  ExitCode
  check_complete(const Case &parameters, const report::Record &summary)
  {
    std::string names;
    for (const std::string &name : summary.texts(report::quantity::incomplete))
      names += (names.empty() ? "" : ", ") + name;
    if (of_first_rank(communicator_, names.empty() ? 0 : 1) == 0)
      return ExitCode::success;
    failed_.push_back(label(parameters) + ": incomplete (" + names +
                      "); what converged is kept, and the warnings say why "
                      "the rest did not");
    return ExitCode::not_converged;
  }

  ExitCode
  check_expected(const Case &parameters, const report::Record &summary)
  {
    // The summary may be whole on the first rank only.
    const std::vector<std::string> missed =
      missed_expectations(parameters.expected, report::to_json(summary));
    const bool is_missed =
      of_first_rank(communicator_, missed.empty() ? 0 : 1) == 1;
    for (const std::string &sentence : missed)
      missed_.push_back(label(parameters) + ": " + sentence);
    if (parameters.unchecked > 0)
      log_.line(format("%zu expected values of the case file are not checked, "
                       "as settings change the case",
                       parameters.unchecked));
    if (!is_missed && !parameters.expected.empty())
      log_.line(format("all %zu expected values reproduced",
                       parameters.expected.size()));
    return is_missed ? ExitCode::expected_missed : ExitCode::success;
  }

  static std::string
  label(const Case &parameters)
  {
    return parameters.variant.empty() ? parameters.name : parameters.variant;
  }

  void
  announce(const std::size_t i)
  {
    if (cases_.size() > 1)
      log_.line(format("\n=== %s (%zu of %zu)",
                       label(cases_[i]).c_str(),
                       i + 1,
                       cases_.size()));
  }

  void
  prepare_for_interruption(const Case &next) const
  {
    std::string done;
    for (const report::NamedResult &result : results_)
      done += (done.empty() ? "" : ", ") + result.name;
    std::string sentence =
      results_.empty()
        ? "Stopped by a signal before a result was complete."
        : format(
            "Stopped by a signal; complete in %s: %s (%zu of %zu). Repeat the "
            "command with --resume to skip what is complete.",
            root_.string().c_str(),
            done.c_str(),
            results_.size(),
            cases_.size());
    if (next.is_inserted())
      sentence += format(" With --resume the insertion of %s goes on after the "
                         "last depth that it has finished.",
                         label(next).c_str());
    on_interruption_say(is_first_rank(communicator_) ? sentence : "");
  }

  /// Table, what was missed and where the results are.
  void
  report()
  {
    if (!results_.empty())
    {
      report::Table table = report::main_numbers(results_);
      log_.line("\n" + table.text());
      const std::string warnings = report::warning_lines(results_);
      if (!warnings.empty())
        log_.line(warnings);
      report::add_warnings(table, results_);
      if (cases_.size() > 1)
        write_comparison(table.csv());
      log_.line("results: " + root_.string());
    }
    if (!missed_.empty())
      log_.line("expected values missed:");
    for (const std::string &sentence : missed_)
      log_.line("  " + sentence);
    for (const std::string &name : failed_)
      log_.line("failed: " + name);
  }

  void
  write_comparison(const std::string &text)
  {
    const Outcome outcome = run_guarded(communicator_, [&] {
      output::add_file(root_.string(), comparison_name, text, communicator_);
    });
    if (outcome.code != ExitCode::success)
      failed_.push_back(outcome.message);
    exit_code_ = worse(exit_code_, outcome.code);
  }

  const CaseRequest               &request_;
  const std::vector<Case>         &cases_;
  const fs::path                   root_;
  MPI_Comm                         communicator_;
  Log                              log_;
  std::vector<report::NamedResult> results_;
  std::vector<std::string>         missed_, failed_;
  ExitCode                         exit_code_ = ExitCode::success;
};
} // namespace


std::vector<Case>
requested_cases(const CaseRequest &request)
{
  if (has_control_character(request.output))
    throw UserError("--output " + shown(request.output) +
                    ": has a control character or is not UTF-8");
  std::vector<Case> all = read_case_file(request.case_file, request.settings);
  if (request.variants.empty())
    return all;
  std::vector<std::string> names;
  for (const Case &parameters : all)
    if (!parameters.variant.empty())
      names.push_back(parameters.variant);
  for (const std::string &wanted : request.variants)
    if (names.empty())
      throw UserError("--variant " + shown(wanted) + ": " +
                      shown_path(request.case_file) + " has no variants");
    else if (std::find(names.begin(), names.end(), wanted) == names.end())
      throw UserError("--variant " + shown(wanted) + ": " +
                      shown_path(request.case_file) + " has the variants " +
                      short_list(names) + did_you_mean(wanted, names));
  std::vector<Case> chosen;
  for (const Case &parameters : all)
    if (std::find(request.variants.begin(),
                  request.variants.end(),
                  parameters.variant) != request.variants.end())
      chosen.push_back(parameters);
  return chosen;
}


std::string
variant_prefix(const Case &parameters)
{
  return parameters.variant.empty() ? ""
                                    : "variant '" + parameters.variant + "': ";
}


ExitCode
run_command(const CaseRequest &request, MPI_Comm communicator)
{
  std::vector<Case> cases;
  const Outcome     outcome = run_guarded(communicator, [&] {
    cases = requested_cases(request);
    if (cases.size() > 1)
      output::check_addition(
        root_folder(request, cases).string(), comparison_name, communicator);
  });
  if (outcome.code != ExitCode::success)
  {
    print_error(communicator, outcome.message);
    return outcome.code;
  }
  return Runner(request, cases, communicator).run_all();
}


ExitCode
mesh_command(const CaseRequest &request, MPI_Comm communicator)
{
  Log           log(communicator);
  const Outcome outcome = run_guarded(communicator, [&] {
    const std::vector<Case> cases = requested_cases(request);
    for (const Case &parameters : cases)
    {
      const fs::path root = root_folder(request, cases) / "mesh";
      if (!parameters.variant.empty())
        log.line("\n=== " + parameters.variant);
      try
      {
        simulation::mesh_case(
          parameters,
          {(root / parameters.variant).string(), false, request.case_file},
          log);
      }
      catch (const UserError &error)
      {
        throw UserError(variant_prefix(parameters) + error.what());
      }
      log.detach_file();
    }
  });
  if (outcome.code != ExitCode::success)
    print_error(communicator, outcome.message);
  return outcome.code;
}
} // namespace miniscrew::app
