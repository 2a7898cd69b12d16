// SPDX-License-Identifier: LGPL-2.1-or-later
// Warnings of results side by side.
#pragma once

#include "solver/report/comparison.h"
#include "solver/report/table.h"

#include <string>
#include <vector>

namespace miniscrew::report
{
/// Adds a row with the number of warnings of each result, if any has the key,
/// and one with the stages that are incomplete, if any is.
void add_number_of_warnings(Table                          &table,
                            const std::vector<NamedResult> &results);

/// Adds a row for each kind of warning, with the sentences in full.
void add_warnings(Table &table, const std::vector<NamedResult> &results);

/// Lines with each sentence once, and the results that it is of; empty if there
/// are no warnings.
std::string warning_lines(const std::vector<NamedResult> &results);
} // namespace miniscrew::report
