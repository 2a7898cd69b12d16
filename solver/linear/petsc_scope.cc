// SPDX-License-Identifier: LGPL-2.1-or-later
// Options and errors of PETSc for a while.
#include "solver/linear/petsc_scope.h"

#include <new>
#include <stdexcept>

namespace miniscrew::linear
{
namespace
{
// PETSc calls this where an error begins and in all functions above.
PetscErrorCode
keep_first_message(MPI_Comm,
                   int,
                   const char *function,
                   const char *,
                   const PetscErrorCode code,
                   const PetscErrorType type,
                   const char          *message,
                   void                *kept)
{
  std::string &text = *static_cast<std::string *>(kept);
  if (type == PETSC_ERROR_INITIAL && text.empty())
  {
    text = std::string(function == nullptr ? "" : function) + ": " +
           (message == nullptr ? "" : message);
    for (char &c : text)
      c = c == '\n' ? ' ' : c;
  }
  return code;
}
} // namespace

PetscScope::PetscScope(PetscOptions options)
{
  if (PetscPushErrorHandler(keep_first_message, &message_) != 0 ||
      PetscOptionsPush(options) != 0)
    throw std::runtime_error("PETSc takes no options");
}

PetscScope::~PetscScope()
{
  // Both only fail if there is nothing to take away.
  static_cast<void>(PetscOptionsPop());
  static_cast<void>(PetscPopErrorHandler());
}

void
PetscScope::check(const PetscErrorCode code) const
{
  if (code == PETSC_ERR_MEM)
    throw std::bad_alloc();
  if (code != 0)
    throw std::runtime_error("PETSc failed (error " + std::to_string(code) +
                             ") in " + message_);
}
} // namespace miniscrew::linear
