// SPDX-License-Identifier: LGPL-2.1-or-later
// Signals: Ctrl-C, the end of a batch job's time, libraries that give up.
#include "solver/app/interruption.h"

#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <csignal>
#include <cstdlib>
#include <cstring>

namespace miniscrew::app
{
namespace
{
// A signal handler can reach nothing but globals. There are two texts, so
// that one is always whole while the other is written.
std::array<std::array<char, 2048>, 2> sentences;
volatile std::sig_atomic_t            current = 0;

/// Only functions that are safe in a signal handler: write and _exit. MPI
/// cannot be called; mpirun ends the other ranks when this one is gone.
extern "C" void
end_with_sentence(int /*signal*/)
{
  const char *sentence = sentences[current].data();
  const auto  written  = write(STDERR_FILENO, sentence, std::strlen(sentence));
  static_cast<void>(written); // there is nobody left to tell
  _exit(static_cast<int>(ExitCode::interrupted));
}

/// For libraries that give up by abort(), as p4est does without memory.
extern "C" void
end_with_internal_error(int /*signal*/)
{
  const char sentence[] =
    "internal error: a library has given up; if there is no message above, "
    "memory is exhausted: use more nodes, or a coarser discretisation\n";
  const auto written = write(STDERR_FILENO, sentence, sizeof(sentence) - 1);
  static_cast<void>(written);
  _exit(static_cast<int>(ExitCode::internal_error));
}

std::atomic<int> decided_code{0};

/// A library that fails in cleaning up does not change how the program ends.
extern "C" void
end_as_decided(int /*signal*/)
{
  _exit(decided_code);
}

void
on_signal(const int signal, void (*handler)(int))
{
  struct sigaction action
  {};
  action.sa_handler = handler;
  sigemptyset(&action.sa_mask);
  // One sentence is enough, if both signals come.
  sigaddset(&action.sa_mask, SIGINT);
  sigaddset(&action.sa_mask, SIGTERM);
  sigaction(signal, &action, nullptr);
}
} // namespace


void
prepare_for_failures()
{
  on_signal(SIGABRT, end_with_internal_error);
  // A file that grows too large is then an error of writing, with its sentence.
  on_signal(SIGXFSZ, SIG_IGN);
  // Nobody else has the files of a run open, and some file systems cannot lock.
  setenv("HDF5_USE_FILE_LOCKING", "FALSE", 0);
}


void
end_with_code_whatever_comes(const ExitCode code)
{
  decided_code = static_cast<int>(code);
  on_signal(SIGABRT, end_as_decided);
  on_signal(SIGSEGV, end_as_decided);
}


void
on_interruption_say(const std::string &sentence)
{
  const int  next = 1 - current;
  const auto text = sentence.empty() ? sentence : "\n" + sentence + "\n";
  auto      &to   = sentences[next];
  const auto size = std::min(text.size(), to.size() - 1);
  std::copy_n(text.begin(), size, to.begin());
  to[size] = '\0';
  current  = next;
  on_signal(SIGINT, end_with_sentence);
  on_signal(SIGTERM, end_with_sentence);
}
} // namespace miniscrew::app
