// SPDX-License-Identifier: LGPL-2.1-or-later
// One log that tells the story of a run, on the first rank.
#include "solver/base/log.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdarg>
#include <cstdio>
#include <filesystem>
#include <iostream>

namespace miniscrew
{
namespace
{
/// Columns of the terminal; a live line must not wrap, or it cannot be erased.
std::size_t
terminal_width()
{
  winsize size{};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 1)
    return size.ws_col - 1;
  return 79;
}

/// Whether people see standard output as it comes. Under mpirun it is always a
/// pseudo-terminal, also if mpirun itself writes into a file: then the parent
/// process, mpirun, tells.
bool
is_terminal()
{
  if (isatty(STDOUT_FILENO) != 1)
    return false;
  std::error_code   error;
  const std::string parent =
    std::filesystem::read_symlink(
      "/proc/" + std::to_string(getppid()) + "/fd/1", error)
      .string();
  return error || parent.compare(0, 5, "/dev/") == 0;
}

/// Erases the terminal's current line.
constexpr const char *erase_line = "\r\033[K";
} // namespace

Log::Log(MPI_Comm communicator, bool quiet)
  : communicator_(communicator),
    active_(false),
    is_terminal_(is_terminal() && !quiet)
{
  int rank = 0;
  MPI_Comm_rank(communicator, &rank);
  active_ = rank == 0 && !quiet;
}

void
Log::line(const std::string &text)
{
  if (!active_)
    return;
  std::cout << (live_line_ ? erase_line : "") << text << std::endl;
  live_line_ = false;
  if (file_.is_open())
    file_ << text << std::endl;
  else
    lines_.push_back(text);
}

void
Log::progress(const std::string &text)
{
  if (!active_ || !is_terminal_)
    return;
  std::cout << erase_line << text.substr(0, terminal_width()) << std::flush;
  live_line_ = true;
}

void
Log::attach_file(const std::string &path)
{
  if (!active_)
    return;
  file_ = std::ofstream(path);
  for (const std::string &text : lines_)
    file_ << text << '\n';
  file_.flush();
  lines_.clear();
}

void
Log::detach_file()
{
  if (file_.is_open())
    file_.close();
  lines_.clear();
}

MPI_Comm
Log::communicator() const
{
  return communicator_;
}

Timers::Scope::Scope(Timers &timers, const std::string &part)
  : timers_(timers),
    part_(part),
    start_(std::chrono::steady_clock::now())
{
  // The part gets its place in the order now, not when it ends.
  timers_.add(part_, 0.);
}

Timers::Scope::~Scope()
{
  timers_.add(
    part_,
    std::chrono::duration<double>(std::chrono::steady_clock::now() - start_)
      .count());
}

const std::vector<std::pair<std::string, double>> &
Timers::seconds() const
{
  return seconds_;
}

void
Timers::add(const std::string &part, double seconds)
{
  for (auto &entry : seconds_)
    if (entry.first == part)
    {
      entry.second += seconds;
      return;
    }
  seconds_.emplace_back(part, seconds);
}

std::string
format(const char *pattern, ...)
{
  va_list arguments, again;
  va_start(arguments, pattern);
  va_copy(again, arguments);
  const int length = std::vsnprintf(nullptr, 0, pattern, arguments);
  va_end(arguments);
  std::string text(length > 0 ? length : 0, '\0');
  if (length > 0)
    std::vsnprintf(text.data(), text.size() + 1, pattern, again);
  va_end(again);
  return text;
}
} // namespace miniscrew
