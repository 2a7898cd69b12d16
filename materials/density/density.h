// SPDX-License-Identifier: LGPL-2.1-or-later
// Modulus and strength of bone by its density.
#pragma once

#include <limits>
#include <optional>
#include <string>
#include <vector>

namespace miniscrew::materials
{
/// Which mass is divided by the volume of the specimen, pores included.
enum class DensityKind
{
  apparent, ///< of the wet bone without marrow
  ash       ///< of the mineral that is left after burning
};

/// Where a law comes from.
struct LawOrigin
{
  std::string name;
  std::string site; ///< bone that it was measured on
  std::string source;
  /// What rests on memory or assumption: "law", "range", "tension".
  std::vector<std::string> assumed;
};

/// offset + coefficient rate^rate_exponent density^exponent, in MPa, with the
/// density in g/cm3 and the rate of strain in 1/s.
struct DensityPower
{
  DensityKind kind          = DensityKind::apparent;
  double      offset        = 0.;
  double      coefficient   = 0.;
  double      exponent      = 1.;
  double      rate_exponent = 0.;
  /// Densities that the law was measured at, if known, g/cm3.
  double smallest = 0., largest = std::numeric_limits<double>::infinity();

  bool
  depends_on_rate() const
  {
    return rate_exponent != 0.;
  }
};

/// Young's modulus by density.
struct ModulusLaw
{
  LawOrigin    origin;
  DensityPower power;
};

/// Strength by density, or a yield strain, which makes the strength follow the
/// modulus.
struct StrengthLaw
{
  LawOrigin origin;
  /// Compressive strength; without a value the yield strains hold.
  std::optional<DensityPower> compression;
  double tension_ratio        = 1.; ///< of tensile to compressive strength
  double yield_strain_tension = 0., yield_strain_compression = 0.;
};

/// Uniaxial strengths, MPa.
struct Strengths
{
  double tension = 0., compression = 0.;
};

/// Young's modulus, MPa. Throws UserError if the density is out of the law's
/// range or gives none.
double modulus(const ModulusLaw &law, double density, double strain_rate);

/// Throws UserError as modulus().
Strengths strengths(const StrengthLaw &law,
                    double             density,
                    double             strain_rate,
                    double             young_modulus);

/// "E = 4730 rho^1.56".
std::string formula(const ModulusLaw &law);

/// "compression 117 rho_ash^1.93, tension 0.83 of it".
std::string formula(const StrengthLaw &law);
} // namespace miniscrew::materials
