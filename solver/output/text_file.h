// SPDX-License-Identifier: LGPL-2.1-or-later
// Small files of a result: text, JSON, and curves as CSV.
#pragma once

#include "solver/output/curve.h"

#include <mpi.h>

#include <nlohmann/json.hpp>

#include <string>

namespace miniscrew::output
{
/// What a file is called beside its name until it is whole.
inline constexpr const char *unfinished_suffix = ".unfinished";

/// Writes @p text so that the file is whole or as it was before. Throws IoError
/// if it cannot be written. Does not communicate.
void write_file(const std::string &path, const std::string &text);

/// Writes @p text, which is read on rank 0 only, so that the file is whole or
/// as it was before. IoError on all ranks if it cannot be written.
/// Collective.
void write_text(const std::string &path,
                const std::string &text,
                MPI_Comm           communicator);

/// JSON for people: two blanks of indent, numbers with all their digits,
/// arrays of numbers or strings in one line. Not-a-number becomes null.
std::string pretty_json(const nlohmann::json &content);

/// write_text() of pretty_json(). Collective.
void write_json(const std::string    &path,
                const nlohmann::json &content,
                MPI_Comm              communicator);

/// A curve with its columns' names in the first line. Collective.
void
write_csv(const std::string &path, const Curve &curve, MPI_Comm communicator);
} // namespace miniscrew::output
