// SPDX-License-Identifier: LGPL-2.1-or-later
// Numbers that a case must reproduce: read from [expected], compared with a
// summary.
#pragma once

#include "solver/case/case.h"
#include "solver/case/entries.h"
#include "solver/case/reading/complaints.h"

#include <nlohmann/json.hpp>

#include <string>
#include <vector>

namespace miniscrew
{
/// Whether @p key is "expected" or a table in it.
[[nodiscard]] bool is_expected_section(const std::string &key);

/// Whether @p key is one value of an expected number, e.g.
/// "expected.service.axis_rotation_deg.value".
[[nodiscard]] bool is_expected_key(const std::string &key);

/// The numbers of [expected] among @p entries.
[[nodiscard]] std::vector<Expected> read_expected(const Entries &entries,
                                                  Complaints    &complaints);

/// Empties @p expected if @p settings make another case of the file: only
/// settings of output, solver and title do not. Numbers that a setting speaks
/// of stay. Returns how many are removed.
[[nodiscard]] std::size_t drop_expected(std::vector<Expected> &expected,
                                        const Entries         &settings);

/// Adds each number as a value of [expected].
void add_expected(EffectiveCase               &effective,
                  const std::vector<Expected> &expected);

/// JSON schema of [expected].
[[nodiscard]] nlohmann::json expected_schema();

/// The number at a dotted path of @p summary ("service.force_N.0" is the first
/// of an array), or nothing.
[[nodiscard]] std::optional<double>
summary_number(const nlohmann::json &summary, const std::string &key);

/// One sentence for each number of @p expected that @p summary misses or does
/// not have.
[[nodiscard]] std::vector<std::string>
missed_expectations(const std::vector<Expected> &expected,
                    const nlohmann::json        &summary);
} // namespace miniscrew
