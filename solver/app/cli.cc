// SPDX-License-Identifier: LGPL-2.1-or-later
// The command line of the program.
#include "solver/app/cli.h"

#include "solver/app/interruption.h"
#include "solver/app/listing.h"
#include "solver/app/run_command.h"
#include "solver/base/guard.h"
#include "solver/base/run_record.h"
#include "solver/base/shown.h"
#include "solver/case/case_file.h"
#include "solver/report/comparison.h"
#include "solver/report/warning_table.h"
#include "solver/simulation/stage_library.h"

#include <CLI/CLI.hpp>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iostream>
#include <sstream>

namespace miniscrew::app
{
namespace
{
/// Everything that options are read into.
struct Arguments
{
  CaseRequest              request;
  std::string              what; ///< of list
  std::vector<std::string> results;
  std::string              csv_file;
};

const std::vector<std::string> &
command_names()
{
  static const std::vector<std::string> names = {
    "run", "check", "mesh", "compare", "list", "template", "schema"};
  return names;
}

void
add_case_options(CLI::App &command, Arguments &arguments)
{
  CaseRequest &request = arguments.request;
  command.add_option("CASE", request.case_file, "Case file (TOML)")->required();
  command
    .add_option("--set",
                request.settings,
                "Override a key of the case and of all its variants, as in "
                "--set site.far_cortex_mm=1.5")
    ->type_name("KEY=VALUE")
    ->expected(1)
    ->take_all();
  command
    .add_option(
      "--variant", request.variants, "Only this variant; may be repeated")
    ->type_name("NAME")
    ->expected(1)
    ->take_all();
}

void
add_output_option(CLI::App &command, Arguments &arguments)
{
  command
    .add_option("--output",
                arguments.request.output,
                "Folder of the results instead of results/<case>")
    ->type_name("DIR");
}

void
add_commands(CLI::App &app, Arguments &arguments)
{
  CLI::App *run = app.add_subcommand(
    "run", "Compute all variants of a case and compare them");
  add_case_options(*run, arguments);
  add_output_option(*run, arguments);
  run->add_flag("--resume",
                arguments.request.resume,
                "Skip variants whose results are complete and of the same "
                "effective case");

  CLI::App *check = app.add_subcommand(
    "check", "Validate a case; print it with all defaults and what it costs");
  add_case_options(*check, arguments);

  CLI::App *mesh = app.add_subcommand(
    "mesh", "Mesh only, with histograms of quality and a VTU file");
  add_case_options(*mesh, arguments);
  add_output_option(*mesh, arguments);

  CLI::App *compare =
    app.add_subcommand("compare", "Print results side by side");
  compare
    ->add_option("RESULT",
                 arguments.results,
                 "Folders of results, or folders that hold such folders")
    ->required();
  compare
    ->add_option("--csv", arguments.csv_file, "Write the table to a file too")
    ->type_name("FILE");

  app.add_subcommand("list", "List what a case can name, or what results hold")
    ->add_option("WHAT",
                 arguments.what,
                 "screws, materials, laws, techniques, stages or results")
    ->required();
  app.add_subcommand("template", "Print a commented case with every key");
  app.add_subcommand("schema", "Print a JSON schema of the case file");
}

/// What a list command prints. Throws UserError.
std::string
listing(const std::string &what)
{
  const std::vector<std::pair<std::string, std::string (*)()>> lists = {
    {"screws", list_screws},
    {"materials", list_materials},
    {"laws", list_laws},
    {"techniques", list_techniques},
    {"stages", list_stages},
    {"results", list_results}};
  std::vector<std::string> names;
  for (const auto &[name, list] : lists)
  {
    if (what == name)
      return list();
    names.push_back(name);
  }
  throw UserError("list " + shown(what) + ": allowed is " + list_of(names) +
                  did_you_mean(what, names));
}

/// The table of a compare command, also written to a file. Throws UserError
/// and IoError.
std::string
comparison(const Arguments &arguments, const bool writes)
{
  const std::vector<report::NamedResult> results =
    report::read_results(arguments.results);
  report::Table     table    = report::all_numbers(results);
  const std::string text     = table.text();
  const std::string warnings = report::warning_lines(results);
  report::add_warnings(table, results);
  if (writes && !arguments.csv_file.empty())
  {
    errno = 0;
    std::ofstream file(arguments.csv_file);
    file << table.csv();
    if (!file.flush())
      throw IoError("--csv " + arguments.csv_file +
                    ": the file cannot be written: " + std::strerror(errno));
  }
  return warnings.empty() ? text : text + "\n" + warnings + "\n";
}

/// Prints the text that @p make gives, on the first rank.
ExitCode
print(MPI_Comm                            communicator,
      const bool                          is_first_rank,
      const std::function<std::string()> &make)
{
  std::string   text;
  const Outcome outcome = run_guarded(communicator, [&] { text = make(); });
  if (is_first_rank && outcome.code == ExitCode::success)
    std::cout << text << std::flush;
  else if (is_first_rank)
    std::cerr << outcome.message << std::endl;
  return outcome.code;
}

ExitCode
dispatch(const CLI::App  &app,
         const Arguments &arguments,
         MPI_Comm         communicator,
         const bool       is_first_rank)
{
  const auto text = [&](const std::function<std::string()> &make) {
    return print(communicator, is_first_rank, make);
  };
  on_interruption_say(is_first_rank ? "Stopped by a signal." : "");
  if (app.got_subcommand("run"))
    return run_command(arguments.request, communicator);
  if (app.got_subcommand("check"))
    return check_command(arguments.request, communicator);
  if (app.got_subcommand("mesh"))
    return mesh_command(arguments.request, communicator);
  if (app.got_subcommand("compare"))
    return text([&] { return comparison(arguments, is_first_rank); });
  if (app.got_subcommand("list"))
    return text([&] { return listing(arguments.what); });
  if (app.got_subcommand("template"))
    return text(case_template);
  return text(case_json_schema);
}

/// The code that the program ends with, the same on all ranks: what was printed
/// counts only if it has arrived. Collective.
ExitCode
checked_output(const ExitCode code,
               MPI_Comm       communicator,
               const bool     is_first_rank)
{
  int result = static_cast<int>(code);
  if (is_first_rank && !std::cout.flush() && code != ExitCode::internal_error)
  {
    // Streams keep no reason; a further attempt has the same one.
    const bool is_refused = write(STDOUT_FILENO, "\n", 1) < 0;
    std::cerr << "cannot write to the standard output"
              << (is_refused ? std::string(": ") + std::strerror(errno) : "")
              << std::endl;
    result = static_cast<int>(ExitCode::io_error);
  }
  MPI_Bcast(&result, 1, MPI_INT, 0, communicator);
  if (result != 0)
    end_with_code_whatever_comes(static_cast<ExitCode>(result));
  return static_cast<ExitCode>(result);
}

/// One sentence about arguments that cannot be understood.
std::string
usage_error(const CLI::ParseError &error,
            const CLI::App        &app,
            int                    argc,
            char                 **argv)
{
  const std::string word = argc > 1 ? argv[1] : "";
  if (app.get_subcommands().empty() && !word.empty() && word[0] != '-')
    return "unknown command '" + shown(word) + "', allowed is " +
           list_of(command_names()) + did_you_mean(word, command_names());
  const std::vector<std::string> options  = {"--set",
                                             "--variant",
                                             "--output",
                                             "--resume",
                                             "--csv",
                                             "--help",
                                             "--version"};
  std::string                    sentence = error.what(), hint;
  for (int i = 1; i < argc; ++i)
    if (const std::string option =
          std::string(argv[i]).substr(0, std::string(argv[i]).find('='));
        option.compare(0, 2, "--") == 0 &&
        std::find(options.begin(), options.end(), option) == options.end())
      hint += did_you_mean(option, options);
  for (char &c : sentence)
    c = c == '\n' ? ' ' : c;
  return shown(sentence, 500) +
         (hint.empty() ? "; see miniscrew --help" : hint);
}
} // namespace


ExitCode
run_command_line(int argc, char **argv, MPI_Comm communicator)
{
  int rank = 0;
  MPI_Comm_rank(communicator, &rank);
  const bool is_first_rank = rank == 0;
  prepare_for_failures();
  // Stages have keys of their own, which must be there before a case is read.
  simulation::stage_library();

  CLI::App app("Finite-element analysis of orthodontic mini-implants",
               "miniscrew");
  app.set_version_flag("--version", version_line());
  app.require_subcommand(1);
  Arguments arguments;
  add_commands(app, arguments);
  try
  {
    app.parse(argc, argv);
  }
  catch (const CLI::ParseError &error)
  {
    const bool is_failure =
      error.get_exit_code() != static_cast<int>(CLI::ExitCodes::Success);
    std::ostringstream out;
    if (is_failure)
      out << usage_error(error, app, argc, argv) << '\n';
    else
      app.exit(error, out, out);
    if (is_first_rank)
      (is_failure ? std::cerr : std::cout) << out.str() << std::flush;
    return checked_output(is_failure ? ExitCode::user_error : ExitCode::success,
                          communicator,
                          is_first_rank);
  }
  return checked_output(dispatch(app, arguments, communicator, is_first_rank),
                        communicator,
                        is_first_rank);
}
} // namespace miniscrew::app
