// SPDX-License-Identifier: LGPL-2.1-or-later
// One log that tells the story of a run, on the first rank.
#pragma once

#include <mpi.h>

#include <chrono>
#include <fstream>
#include <map>
#include <string>
#include <vector>

namespace miniscrew
{
/// Prints on rank 0, to the terminal and to a file once one is attached (what
/// was printed before is put into the file first). All functions may be called
/// on all ranks; ranks other than 0 do nothing in them.
class Log
{
public:
  explicit Log(MPI_Comm communicator, bool quiet = false);

  /// One full line.
  void line(const std::string &text);

  /// What is going on now: on a terminal a live line that the next call
  /// replaces; in a log file and without a terminal nothing. Steps that must
  /// be in the log file use line().
  void progress(const std::string &text);

  /// Opens the file that gets all lines from now on, and those before.
  void attach_file(const std::string &path);

  /// Closes the file.
  void detach_file();

  MPI_Comm communicator() const;

private:
  MPI_Comm                 communicator_;
  bool                     active_, is_terminal_;
  bool                     live_line_ = false;
  std::vector<std::string> lines_;
  std::ofstream            file_;
};

/// Wall-clock seconds of named parts of a run. Measured per rank; seconds()
/// gives this rank's values.
class Timers
{
public:
  /// Adds the time of its life to a part.
  class Scope
  {
  public:
    Scope(Timers &timers, const std::string &part);
    ~Scope();
    Scope(const Scope &)            = delete;
    Scope &operator=(const Scope &) = delete;

  private:
    Timers                               &timers_;
    std::string                           part_;
    std::chrono::steady_clock::time_point start_;
  };

  /// Parts in the order of their first use, in seconds.
  const std::vector<std::pair<std::string, double>> &seconds() const;

private:
  void add(const std::string &part, double seconds);

  std::vector<std::pair<std::string, double>> seconds_;
};

/// printf into a string, for log lines.
std::string format(const char *pattern, ...)
  __attribute__((format(printf, 1, 2)));
} // namespace miniscrew
