// SPDX-License-Identifier: LGPL-2.1-or-later
// What Ctrl-C and the end of a batch job's time leave behind.
#include "solver/interruption.h"

#include "solver/base/errors.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <cstring>

namespace miniscrew
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
  if (sentence[0] != '\0' &&
      write(STDERR_FILENO, sentence, std::strlen(sentence)) < 0)
    _exit(static_cast<int>(ExitCode::internal_error));
  _exit(static_cast<int>(ExitCode::interrupted));
}
} // namespace


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
  std::signal(SIGINT, end_with_sentence);
  std::signal(SIGTERM, end_with_sentence);
}
} // namespace miniscrew
