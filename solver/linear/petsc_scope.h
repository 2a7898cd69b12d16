// SPDX-License-Identifier: LGPL-2.1-or-later
// Calls of PETSc with options of their own, and its errors as exceptions.
#pragma once

#include <petscsys.h>

#include <string>

namespace miniscrew::linear
{
/// As long as it lives, PETSc reads @p options instead of the options of the
/// process, and keeps what goes wrong to itself, for check() to throw.
/// Scopes end in the opposite order of their beginning.
class PetscScope
{
public:
  explicit PetscScope(PetscOptions options);
  PetscScope(const PetscScope &)            = delete;
  PetscScope &operator=(const PetscScope &) = delete;
  ~PetscScope();

  /// Throws if a call has failed: std::bad_alloc if the memory was not enough,
  /// else std::runtime_error with PETSc's own words.
  void check(PetscErrorCode code) const;

private:
  std::string message_; ///< of the first error
};
} // namespace miniscrew::linear
