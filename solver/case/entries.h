// SPDX-License-Identifier: LGPL-2.1-or-later
// A TOML document as a flat list of dotted keys, each with its place.
#pragma once

#include "solver/case/reading/complaints.h"

#include <toml++/toml.h>

#include <map>
#include <set>
#include <string>
#include <vector>

namespace miniscrew
{
/// One value, owned by the document that it is in.
struct Entry
{
  const toml::node *node;
  Place             place;
};

/// Values by dotted key. Where a table stands in place of a value
/// (materials, expected), its members are entries.
using Entries = std::map<std::string, Entry>;

/// The values of @p table; keys and tables that no case file has become
/// complaints. @p prefix is the dotted key of the table, "" for the root;
/// members in @p skipped are left out.
[[nodiscard]] Entries flatten(const toml::table              &table,
                              const std::string              &prefix,
                              const std::string              &source,
                              Complaints                     &complaints,
                              const std::vector<std::string> &skipped = {});

/// One "key=value" of the command line, as a table that holds the value
/// below its dotted key. A value that is no TOML, or that is nested more
/// deeply than a case is, is a string. Throws UserError.
class Setting
{
public:
  explicit Setting(const std::string &text);

  [[nodiscard]] Entries entries(Complaints &complaints) const;

private:
  std::string text_, key_;
  toml::table table_; ///< the value, under the name "value"
};

/// Puts @p upper over @p lower. A value replaces what the lower layer says
/// about the same thing in another form (a name for a table of values, a
/// force vector for magnitude and direction, a density for a modulus).
void overlay(Entries &lower, const Entries &upper);

/// The keys of @p entries.
[[nodiscard]] std::set<std::string> keys_of(const Entries &entries);
} // namespace miniscrew
