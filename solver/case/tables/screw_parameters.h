// SPDX-License-Identifier: LGPL-2.1-or-later
// The keys of [screw], and how a screw is made of them.
#pragma once

#include "solver/case/tables/parameter.h"

#include <set>
#include <vector>

namespace miniscrew
{
/// All keys of [screw] but its material.
std::vector<Parameter> screw_parameters();

/// The keys that decide where the other dimensions come from; to be read
/// before start_screw().
const std::vector<std::string> &screw_identity_keys();

/// Fills all dimensions of the draft's screw from the catalogue or from the
/// documented assumptions; @p given are the keys of the file. Throws UserError.
void start_screw(Draft &draft, const std::set<std::string> &given);

/// The key that makes start_screw() throw.
std::string unstartable_key(const Draft &draft);

/// Name and list of assumed dimensions, after all keys were read. Throws
/// UserError if the dimensions do not make a screw.
void finish_screw(Draft &draft, const std::set<std::string> &given);
/// The key of @p given that a sentence about dimensions speaks of first.
std::string key_spoken_of(const std::string           &sentence,
                          const std::set<std::string> &given);
} // namespace miniscrew
