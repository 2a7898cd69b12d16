// SPDX-License-Identifier: LGPL-2.1-or-later
// The [[variant]] tables of a case file.
#pragma once

#include "solver/case/entries.h"

#include <string>
#include <vector>

namespace miniscrew
{
/// A [[variant]] table.
struct Variant
{
  std::string name;
  Entries     entries; ///< the overrides
  Place       place;
};

/// All variants of a file; what is wrong with them becomes complaints. Throws
/// UserError if there are too many.
[[nodiscard]] std::vector<Variant> read_variants(const toml::table &root,
                                                 const std::string &path,
                                                 Complaints        &complaints);
} // namespace miniscrew
