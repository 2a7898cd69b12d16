// SPDX-License-Identifier: LGPL-2.1-or-later
// The files of a result, the small and valuable ones first.
#include "solver/report/result_files.h"

#include "solver/base/errors.h"
#include "solver/output/collective.h"
#include "solver/output/curve_files.h"
#include "solver/output/hdf5.h"
#include "solver/output/text_file.h"
#include "solver/output/vtu.h"
#include "solver/report/record_json.h"

#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <optional>

namespace miniscrew::report
{
namespace
{
const char *const hdf5_name = "results.h5";
const char *const log_name  = "log.txt";

nlohmann::json
to_json(const RunRecord &run)
{
  nlohmann::json json = {{"version", run.version},
                         {"commit", run.commit},
                         {"compiler", run.compiler},
                         {"build_type", run.build_type},
                         {"libraries", run.libraries},
                         {"n_ranks", run.n_ranks},
                         {"n_hosts", run.n_hosts},
                         {"started_utc", run.started_utc}};
  if (run.finished_utc.empty())
    return json;
  json["finished_utc"]   = run.finished_utc;
  json["preconditioner"] = run.preconditioner;
  json["petsc_options"]  = run.petsc_options;
  json["seconds"]        = {{"total", run.total_seconds},
                            {"setup", run.setup_seconds},
                            {"solve", run.solve_seconds}};
  return json;
}

/// What quantities say about the numbers of a summary.
std::function<std::optional<output::ScalarMeaning>(const std::string &)>
meanings()
{
  std::map<std::string, std::pair<int, std::string>> rows;
  for (const ComparedQuantity &row : compared_quantities())
    rows.emplace(row.place + "." + row.quantity->key,
                 std::pair{static_cast<int>(rows.size()), row.label});
  return [rows](
           const std::string &path) -> std::optional<output::ScalarMeaning> {
    const Quantity *quantity = find_quantity(path);
    if (quantity == nullptr)
      return {};
    const auto row = rows.find(path);
    return output::ScalarMeaning{
      quantity->unit,
      row == rows.end() ? quantity->label : row->second.second,
      quantity->sentence,
      row == rows.end() ? -1 : row->second.first,
      quantity->display.unit.empty() ? quantity->unit : quantity->display.unit,
      quantity->display.scale};
  };
}

/// Whether @p text is the end of the file.
bool
ends_with(const std::string &path, const std::string &text)
{
  std::ifstream file(path, std::ios::binary);
  file.seekg(-static_cast<std::streamoff>(text.size()), std::ios::end);
  std::string end(text.size(), '\0');
  file.read(end.data(), static_cast<std::streamsize>(end.size()));
  return file.good() && end == text;
}
} // namespace


std::string
curve_file(const std::string &name)
{
  return "curves/" + name + ".csv";
}


std::vector<std::string>
files_of_run(const ResultContents &contents, const int n_ranks)
{
  std::vector<std::string> files = {
    "case.toml", "summary.json", "run.json", log_name, hdf5_name};
  for (const std::string &name : contents.curves)
    files.push_back(curve_file(name));
  std::vector<std::string> series = contents.fields;
  series.push_back("last_converged");
  for (const std::string &name : series)
    for (const std::string &file : output::vtu_files(name, n_ranks))
      files.push_back(file);
  return files;
}


std::vector<std::string>
files_of_mesh(const int n_ranks)
{
  std::vector<std::string> files = output::vtu_files("mesh", n_ranks);
  files.push_back("summary.json");
  return files;
}


ResultFiles::ResultFiles(const output::ResultFolder &folder, Log &log)
  : folder_(folder),
    log_(log)
{}


void
ResultFiles::write_numbers(const Record                     &summary,
                           const RunRecord                  &run,
                           const std::vector<output::Curve> &curves)
{
  const MPI_Comm communicator = log_.communicator();
  output::write_json(
    folder_.file("summary.json"), to_json(summary), communicator);
  output::write_json(folder_.file("run.json"), to_json(run), communicator);
  for (const output::Curve &curve : curves)
    output::write_curve(
      folder_.file(curve_file(curve.name)), curve, communicator);
}


void
ResultFiles::write_fields(const std::string       &name,
                          const output::FieldData &data)
{
  attempt({name + ".pvd", name}, [&] {
    output::write_vtu(folder_.file(""), name, data, log_.communicator());
  });
}


void
ResultFiles::write_hdf5(
  const std::string                &case_text,
  const Record                     &summary,
  const RunRecord                  &run,
  const std::vector<output::Curve> &curves,
  const std::vector<std::pair<std::string, const output::FieldData *>> &fields)
{
  const MPI_Comm communicator = log_.communicator();
  attempt({hdf5_name}, [&] {
    const std::string path = folder_.file(hdf5_name);
    output::write_hdf5(
      path,
      {case_text, to_json(summary), to_json(run), curves, meanings()},
      communicator);
    for (const auto &[group, data] : fields)
      output::append_fields_to_hdf5(path, *data, communicator, group);
  });
}


void
ResultFiles::check_log(const std::string &last_line)
{
  int is_whole = 1;
  if (output::rank_in(log_.communicator()) == 0)
    is_whole = ends_with(folder_.file(log_name), last_line + "\n") ? 1 : 0;
  MPI_Bcast(&is_whole, 1, MPI_INT, 0, log_.communicator());
  if (is_whole == 0)
    not_written_.push_back(log_name);
}


const std::vector<std::string> &
ResultFiles::not_written() const
{
  return not_written_;
}


void
ResultFiles::attempt(const std::vector<std::string> &names,
                     const std::function<void()>    &work)
{
  try
  {
    work();
  }
  catch (const IoError &error)
  {
    log_.line(std::string("  warning: ") + error.what() +
              "; the rest of the result is kept");
    not_written_.push_back(names.front());
    // Half a file is of no use, and takes the room of others.
    if (output::rank_in(log_.communicator()) == 0)
      for (const std::string &name : names)
      {
        std::error_code ignored;
        std::filesystem::remove_all(folder_.file(name), ignored);
      }
    MPI_Barrier(log_.communicator());
  }
}
} // namespace miniscrew::report
