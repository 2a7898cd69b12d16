// SPDX-License-Identifier: LGPL-2.1-or-later
// What a reader of a result should know before trusting it.
#pragma once

#include <string>
#include <vector>

namespace miniscrew
{
/// A result that is there but that something speaks against.
struct Warning
{
  std::string key;      ///< the kind, a word for programs: "screw_yields"
  std::string sentence; ///< what, how much, and what to do, for people
};

/// Warnings in the order in which they came, each once.
class Warnings
{
public:
  /// Nothing happens if the same warning is there.
  void add(const std::string &key, const std::string &sentence);
  void add(const Warnings &others);

  const std::vector<Warning> &all() const;

private:
  std::vector<Warning> all_;
};
} // namespace miniscrew
