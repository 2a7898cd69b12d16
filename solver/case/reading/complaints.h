// SPDX-License-Identifier: LGPL-2.1-or-later
// Everything that is wrong with a case file, in the order of its lines.
#pragma once

#include <string>
#include <vector>

namespace miniscrew
{
/// A place in the user's input, for messages.
struct Place
{
  std::string  source;     ///< file name, or "--set key=value"
  unsigned int line   = 0; ///< 0: the place has no lines
  unsigned int column = 0;

  /// "file:line:column", or the source alone.
  [[nodiscard]] std::string text() const;
};

/// Collects what is wrong, each sentence once.
class Complaints
{
public:
  /// Throws UserError with all that is known if it is a great deal; the rest
  /// would not help more.
  void add(const Place &place, const std::string &sentence);

  /// How often add() was called, known sentences included.
  [[nodiscard]] std::size_t n_added() const;

  /// Throws UserError with one line per complaint unless there is none.
  void throw_if_any() const;

private:
  /// All sentences, then @p end.
  [[noreturn]] void throw_all(const std::string &end) const;

  struct Complaint
  {
    Place       place;
    std::string sentence;
  };
  std::vector<Complaint> complaints_;
  std::size_t            n_added_ = 0;
};
} // namespace miniscrew
