// SPDX-License-Identifier: LGPL-2.1-or-later
// The files of a result, the small and valuable ones first.
#include "solver/report/result_files.h"

#include "solver/base/errors.h"
#include "solver/case/tables/stage_keys.h"
#include "solver/output/collective.h"
#include "solver/output/curve_files.h"
#include "solver/output/text_file.h"
#include "solver/output/vtu.h"
#include "solver/report/insertion_summary.h"

#include <filesystem>
#include <fstream>

namespace miniscrew::report
{
namespace
{
const char *const hdf5_name = "results.h5";
const char *const log_name  = "log.txt";

std::string
curve_file(const std::string &name)
{
  return "curves/" + name + ".csv";
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


std::vector<std::string>
files_of_run(const Case &parameters, const int n_ranks)
{
  std::vector<std::string> files = {
    "case.toml", "summary.json", "run.json", log_name, hdf5_name};
  std::vector<std::string> series = {"last_converged"};
  if (parameters.output.vtu)
    series.insert(series.end(), {"fields", "interface"});
  if (parameters.is_inserted())
    files.push_back(curve_file("insertion"));
  for (const char *test : {removal_stage, pullout_stage, sideways_stage})
    if (parameters.asks_for(test))
    {
      files.push_back(curve_file(test));
      if (parameters.output.vtu)
        series.push_back(test);
    }
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
ResultFiles::write_numbers(const nlohmann::json             &summary,
                           const nlohmann::json             &run,
                           const std::vector<output::Curve> &curves)
{
  const MPI_Comm communicator = log_.communicator();
  output::write_json(folder_.file("summary.json"), summary, communicator);
  output::write_json(folder_.file("run.json"), run, communicator);
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
ResultFiles::write_hdf5(const std::function<void(const std::string &)> &work)
{
  attempt({hdf5_name}, [&] { work(folder_.file(hdf5_name)); });
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
