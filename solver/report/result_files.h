// SPDX-License-Identifier: LGPL-2.1-or-later
// The files of a result, the small and valuable ones first.
#pragma once

#include "solver/base/log.h"
#include "solver/case/case.h"
#include "solver/output/curve.h"
#include "solver/output/field_data.h"
#include "solver/output/result_folder.h"

#include <nlohmann/json.hpp>

#include <functional>
#include <string>
#include <vector>

namespace miniscrew::report
{
/// Names of all files that a run of the case on @p n_ranks may write.
std::vector<std::string> files_of_run(const Case &parameters, int n_ranks);

/// Names of all files that meshing on @p n_ranks may write.
std::vector<std::string> files_of_mesh(int n_ranks);

/// Writes the files of one result. Large files that the system refuses, for
/// instance because the disk is full, cost themselves only: what there is of
/// them is taken away, the log says why, and the run goes on. All functions are
/// collective.
class ResultFiles
{
public:
  ResultFiles(const output::ResultFolder &folder, Log &log);

  /// summary.json, run.json and curves, which are small and worth most; they
  /// may be written again when more is known. Throws IoError.
  void write_numbers(const nlohmann::json             &summary,
                     const nlohmann::json             &run,
                     const std::vector<output::Curve> &curves);

  /// NAME.pvd and its pieces.
  void write_fields(const std::string &name, const output::FieldData &data);

  /// results.h5, with @p work to fill it at the path that it is given.
  void write_hdf5(const std::function<void(const std::string &path)> &work);

  /// Notes if lines of the log are lost: @p last_line must be its end.
  void check_log(const std::string &last_line);

  /// Names of the files that could not be written.
  const std::vector<std::string> &not_written() const;

private:
  void attempt(const std::vector<std::string> &names,
               const std::function<void()>    &work);

  const output::ResultFolder &folder_;
  Log                        &log_;
  std::vector<std::string>    not_written_;
};
} // namespace miniscrew::report
