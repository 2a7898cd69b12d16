// SPDX-License-Identifier: LGPL-2.1-or-later
// The files of a result, the small and valuable ones first.
#pragma once

#include "solver/base/log.h"
#include "solver/base/run_record.h"
#include "solver/output/curve.h"
#include "solver/output/field_data.h"
#include "solver/output/result_folder.h"
#include "solver/report/record.h"

#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace miniscrew::report
{
/// Name of the file of a curve.
std::string curve_file(const std::string &name);

/// What a result consists of.
struct ResultContents
{
  std::vector<std::string> tables; ///< of summary.json
  std::vector<std::string> curves; ///< their names
  std::vector<std::string> fields; ///< series for ParaView
};

/// Names of all files that a run on @p n_ranks may write.
std::vector<std::string> files_of_run(const ResultContents &contents,
                                      int                   n_ranks);

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
  void write_numbers(const Record                     &summary,
                     const RunRecord                  &run,
                     const std::vector<output::Curve> &curves);

  /// NAME.pvd and its pieces.
  void write_fields(const std::string &name, const output::FieldData &data);

  /// results.h5: the case as TOML, numbers with their meaning, curves, and
  /// fields by the name of their group.
  void write_hdf5(
    const std::string                &case_text,
    const Record                     &summary,
    const RunRecord                  &run,
    const std::vector<output::Curve> &curves,
    const std::vector<std::pair<std::string, const output::FieldData *>>
      &fields);

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
