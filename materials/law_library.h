// SPDX-License-Identifier: LGPL-2.1-or-later
// Laws of materials with memory, by name. A new law is a file and a line here.
#pragma once

#include "materials/constitutive_law.h"
#include "materials/material.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace miniscrew::materials
{
/// A constant of a law, which the user may give for each material.
struct LawConstant
{
  std::string key;      ///< with its unit, "hardening_modulus_MPa"
  double      min, max; ///< both allowed
  double      initial;  ///< unless the library or the user gives another
  std::string sentence; ///< what it is, without the full stop
  /// Where it is kept.
  std::function<double &(Material &)> value;
  /// True if it is known of elastic materials too, in case they become others.
  bool is_of_elastic = false;
  /// What laws have that have not this constant, in words; may be empty.
  std::string of_others = {};

  /// The key's unit as words, "MPa s"; empty if it has none.
  std::string unit() const;

  /// The key without its unit, as Material::strength_assumed and the data file
  /// spell it.
  std::string name() const;
};

/// A constant that is kept in Material::law_constants.
[[nodiscard]] LawConstant law_constant(const std::string &key,
                                       double             min,
                                       double             max,
                                       double             initial,
                                       const std::string &sentence);

/// Its value in a material.
[[nodiscard]] double value_of(const LawConstant &constant,
                              const Material    &material);

/// Strengths that a law asks of a material.
enum class NeededStrengths
{
  none,
  yield_stress,           ///< Material::yield_stress
  tension_and_compression ///< those of Material::plasticity
};

/// A law as case files name it.
struct LawEntry
{
  std::string              name;
  std::string              sentence; ///< what it is, without the full stop
  NeededStrengths          strengths = NeededStrengths::none;
  std::vector<LawConstant> constants;
  /// The law of a material; throws UserError, in a sentence that names the
  /// constant, if one is not admissible.
  std::function<std::shared_ptr<const InelasticLaw>(const Material &)> make;
};

/// The name of having no law beyond elasticity.
constexpr const char *elastic_law = "elastic";

/// All laws but the elastic one, in the order in which users see them.
[[nodiscard]] const std::vector<LawEntry> &law_library();

/// What a material's law may be called: "elastic", then those of the library.
[[nodiscard]] std::vector<std::string> law_names();

/// Adds a law for the rest of the run; before cases are read or problems are
/// made, and not while other threads read the library. Throws
/// std::invalid_argument if the name is taken.
void add_law(const LawEntry &entry);

/// The law of this name. Throws UserError, with a suggestion, if there is none.
[[nodiscard]] const LawEntry &find_law(const std::string &name);

/// The law of an inelastic material. Throws UserError if the library has none
/// of its name, or if a constant is not admissible.
std::shared_ptr<const InelasticLaw> make_law(const Material &material);

/// The greatest shear stress that a material bears in pure shear, MPa: that of
/// its law on a path of growing shear without other stresses, each point for
/// itself. A law that hardens on and on is asked at a shear strain of 0.3. An
/// elastic material is taken by its strengths, if they are known, and bears any
/// stress otherwise (infinity). Throws UserError as make_law().
[[nodiscard]] double shear_strength(const Material &material);

/// True if a law has a constant of this key.
[[nodiscard]] bool has_constant(const LawEntry &law, const std::string &key);

/// The constants of all laws, each once, in the order of the library.
[[nodiscard]] std::vector<LawConstant> all_law_constants();
} // namespace miniscrew::materials
