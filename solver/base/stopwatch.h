// SPDX-License-Identifier: LGPL-2.1-or-later
// Seconds since a moment.
#pragma once

#include <chrono>

namespace miniscrew
{
/// Starts when it is made.
class Stopwatch
{
public:
  /// Wall time since then, s.
  double
  seconds() const
  {
    return std::chrono::duration<double>(Clock::now() - start_).count();
  }

private:
  using Clock = std::chrono::steady_clock;

  Clock::time_point start_ = Clock::now();
};
} // namespace miniscrew
