// SPDX-License-Identifier: LGPL-2.1-or-later
// One outcome for all ranks, whichever of them failed.
#pragma once

#include "solver/base/errors.h"

#include <mpi.h>

#include <functional>
#include <stdexcept>
#include <string>

namespace miniscrew
{
/// How a piece of work ended, the same on all ranks.
struct [[nodiscard]] Outcome
{
  ExitCode    code = ExitCode::success;
  std::string message; ///< one sentence; empty on success
};

/// A failure that no input and no operating system explains. The text is a
/// whole sentence.
class InternalError : public std::runtime_error
{
public:
  using std::runtime_error::runtime_error;
};

/// @p text of rank @p root on all ranks. Collective.
[[nodiscard]] std::string
text_of_rank(const std::string &text, int root, MPI_Comm communicator);

/// How @p work ended on this rank, alone; whatever it throws has become the
/// outcome. Does not communicate.
Outcome outcome_of(const std::function<void()> &work);

/// Throws the exception that outcome_of() turns into @p outcome; does nothing
/// on success.
void throw_outcome(const Outcome &outcome);

/// Does @p work on all ranks and turns an exception into an outcome. If some
/// ranks fail while others wait for them inside the work, nothing can bring
/// the others back: after @p patience_seconds the failing rank prints its
/// sentence and ends all ranks with its exit code. Collective.
Outcome run_guarded(MPI_Comm                     communicator,
                    const std::function<void()> &work,
                    double                       patience_seconds = 20.);
} // namespace miniscrew
