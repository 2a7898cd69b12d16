// SPDX-License-Identifier: LGPL-2.1-or-later
// The keys of [screw], and how a screw is made of them.
#pragma once

#include "solver/case/tables/parameter.h"

#include <set>
#include <vector>

namespace miniscrew
{
/// All keys of [screw] but its material.
[[nodiscard]] std::vector<Parameter> screw_parameters();

/// The keys that decide where the other dimensions come from; to be read
/// before start_screw().
[[nodiscard]] const std::vector<std::string> &screw_identity_keys();

/// Fills all dimensions of the draft's screw from the catalogue or from the
/// documented assumptions; @p given are the keys of the file. Throws
/// DimensionError.
void start_screw(Draft &draft, const std::set<std::string> &given);

/// Name and list of assumed dimensions, after all keys were read. Throws
/// DimensionError if the dimensions do not make a screw.
void finish_screw(Draft &draft, const std::set<std::string> &given);

/// The key to point at if @p dimensions of the screw are wrong, see
/// DimensionError: the first of them that is among the @p given keys.
[[nodiscard]] std::string
key_of_screw(const std::vector<std::string> &dimensions,
             const std::set<std::string>    &given);
} // namespace miniscrew
