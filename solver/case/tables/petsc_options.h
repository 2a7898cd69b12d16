// SPDX-License-Identifier: LGPL-2.1-or-later
// The options of PETSc that a case may give.
#pragma once

#include <limits>
#include <string>
#include <utility>
#include <vector>

namespace miniscrew
{
/// Names without the dash, and values, in the order given.
using PetscOptions = std::vector<std::pair<std::string, std::string>>;

/// An option that a case may give: one of the algebraic multigrid, or of what
/// may stand in its place. None prints, reads or writes a file, or loads code.
struct PetscOption
{
  enum class Kind
  {
    whole,  ///< a whole number
    real,   ///< a number
    reals,  ///< numbers with commas between them
    flag,   ///< true or false; true if nothing follows
    choice, ///< one of some names
  };

  std::string              name; ///< with the prefix, without the dash
  Kind                     kind = Kind::whole;
  double                   min  = 0.;
  double                   max  = std::numeric_limits<double>::infinity();
  std::vector<std::string> names; ///< of a choice

  /// Another option, and the values of it that this one has a meaning with.
  std::string              condition;
  std::vector<std::string> condition_values;
  /// What is in force if the case does not give the option, where a condition
  /// of another one asks for it.
  std::string in_force;

  /// What may be given, in words.
  [[nodiscard]] std::string allowed() const;
};

/// All of them.
[[nodiscard]] const std::vector<PetscOption> &known_petsc_options();

/// Reads a list as on PETSc's command line, "-coarse_pc_gamg_threshold 0.02".
/// Throws UserError, without the place, if an option is not among the known
/// ones, is given twice, has a value that is not allowed, or has no meaning
/// with the others.
[[nodiscard]] PetscOptions parse_petsc_options(const std::string &text);
} // namespace miniscrew
