// SPDX-License-Identifier: LGPL-2.1-or-later
// The kinds of failure a run can end with, and the exit code of each.
#pragma once

#include <stdexcept>
#include <string>
#include <vector>

namespace miniscrew
{
/// Exit codes of the program.
enum class ExitCode : int
{
  success         = 0,
  user_error      = 1,
  not_converged   = 2,
  expected_missed = 3,
  internal_error  = 4,
  io_error        = 5,
  interrupted     = 130
};

/// Something in the user's input is wrong. The text is one sentence that says
/// where, what was read, what is allowed, and what may have been meant.
/// Must be thrown on all ranks of a run or on none.
class UserError : public std::runtime_error
{
public:
  using std::runtime_error::runtime_error;
};

/// A solver did not reach its tolerance. The text says which stage and step,
/// and how far it came.
class ConvergenceError : public std::runtime_error
{
public:
  using std::runtime_error::runtime_error;
};

/// The operating system refused to read or write: a full disk, permissions,
/// locks. The text names the file and says what the system said.
/// Must be thrown on all ranks of a run or on none.
class IoError : public std::runtime_error
{
public:
  using std::runtime_error::runtime_error;
};

/// "; did you mean 'x'?" for the candidate nearest to @p word (edit distance,
/// case-insensitive), or an empty string if none is near.
std::string did_you_mean(const std::string              &word,
                         const std::vector<std::string> &candidates);

/// "a, b or c" for messages.
std::string list_of(const std::vector<std::string> &names);
} // namespace miniscrew
