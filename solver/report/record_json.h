// SPDX-License-Identifier: LGPL-2.1-or-later
// Records as JSON, and back.
#pragma once

#include "solver/report/record.h"

#include <nlohmann/json.hpp>

#include <string>

namespace miniscrew::report
{
/// The record as an object of JSON. Numbers that are not finite become null
/// where it is written, or words ("nan", "inf", "-inf") that record_from()
/// takes as numbers again, if @p exact.
nlohmann::json to_json(const Record &record, bool exact = false);

/// The text of exact JSON, and the record in such a text. IoError if it is
/// none.
std::string exact_text(const Record &record);
Record      record_from_text(const std::string &text);

/// A record of what an object of JSON holds that a record can: null and lists
/// of mixed kinds are left out. What is not an object becomes an empty record.
Record record_from(const nlohmann::json &object);
} // namespace miniscrew::report
