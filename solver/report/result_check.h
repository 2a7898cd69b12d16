// SPDX-License-Identifier: LGPL-2.1-or-later
// Whether a folder holds what a run leaves, and all of it.
#pragma once

#include "solver/case/effective_case.h"
#include "solver/report/result_files.h"

#include <nlohmann/json.hpp>

#include <string>

namespace miniscrew::report
{
/// The table in a JSON file of a result. Throws UserError if it holds anything
/// else, IoError if the system does not let it be read.
nlohmann::json read_table(const std::string &path);

/// Why @p folder does not hold the complete result of this case by
/// this version of the program, as the end of a sentence; empty if it does.
/// Throws nothing.
std::string why_not_complete(const std::string    &folder,
                             const EffectiveCase  &effective,
                             const ResultContents &contents);
} // namespace miniscrew::report
