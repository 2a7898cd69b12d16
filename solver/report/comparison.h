// SPDX-License-Identifier: LGPL-2.1-or-later
// Results side by side.
#pragma once

#include "solver/case/effective_case.h"
#include "solver/report/record.h"
#include "solver/report/table.h"

#include <string>
#include <vector>

namespace miniscrew::report
{
/// One result to compare.
struct NamedResult
{
  std::string   name;
  Record        summary;   ///< summary.json
  EffectiveCase effective; ///< case.toml; empty if that is not known
};

/// The numbers that a run ends with.
Table main_numbers(const std::vector<NamedResult> &results);

/// Everything in the summaries, by key.
Table all_numbers(const std::vector<NamedResult> &results);

/// Reads the results in @p folders: each is a result, or its folders are.
/// Throws UserError.
std::vector<NamedResult> read_results(const std::vector<std::string> &folders);

/// Reads one folder. Throws UserError if there is no whole result, IoError if
/// the system does not let it be read.
NamedResult read_result(const std::string &folder);
} // namespace miniscrew::report
