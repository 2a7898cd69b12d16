// SPDX-License-Identifier: LGPL-2.1-or-later
// The quadric law and its special cases, as case files name them.
#include "materials/quadric/quadric_entries.h"

#include "materials/quadric/quadric_law.h"

namespace miniscrew::materials
{
namespace
{
/// A constant in the plasticity of a material, which the library of materials
/// may give.
LawConstant
constant(const std::string &key,
         const double       min,
         const double       max,
         double Plasticity::*member,
         const std::string  &sentence)
{
  const Plasticity initial;
  return {
    key,
    min,
    max,
    initial.*member,
    sentence,
    [=](Material &material) -> double & { return material.plasticity.*member; },
    true};
}

/// What happens beyond the yield surface.
std::vector<LawConstant>
common_constants()
{
  return {
    constant(
      "hardening_modulus_MPa",
      0.,
      1e7,
      &Plasticity::hardening_modulus,
      "Slope of the yield stress in compression over the plastic strain; "
      "of a material of the library in proportion to "
      "yield_compression_MPa unless given"),
    constant("saturation_ratio",
             1e-3,
             1000.,
             &Plasticity::saturation_ratio,
             "The yield stress also goes to this multiple of the first one; "
             "below 1 it softens"),
    constant("saturation_strain",
             1e-6,
             10.,
             &Plasticity::saturation_strain,
             "Plastic strain at which 63 % of the way to saturation_ratio is "
             "done"),
    constant("damage_limit",
             0.,
             0.99,
             &Plasticity::damage_limit,
             "Share of stiffness and strength that damage takes in the end"),
    constant("damage_rate",
             0.,
             1e5,
             &Plasticity::damage_rate,
             "Damage is damage_limit (1 - exp(-damage_rate times plastic "
             "strain))"),
    constant("viscosity_MPa_s",
             0.,
             1e9,
             &Plasticity::viscosity,
             "Overstress per rate of plastic strain, which regularises "
             "softening; 0 is off")};
}

/// The shape of the yield surface, and what happens beyond it.
std::vector<LawConstant>
quadric_constants()
{
  LawConstant interaction = constant(
    "interaction",
    -0.99,
    0.5,
    &Plasticity::interaction,
    "Interaction of normal stresses in the law quadric: 0.5 is a cone; "
    "less rounds its tip, and closes it under pressure if tension and "
    "compression are alike enough");
  interaction.of_others           = "the others have 0.5";
  std::vector<LawConstant> all    = {interaction};
  const auto               common = common_constants();
  all.insert(all.end(), common.begin(), common.end());
  return all;
}

std::shared_ptr<const InelasticLaw>
make_quadric(const Material &material)
{
  return std::make_shared<QuadricLaw>(material);
}
} // namespace


LawEntry
quadric_entry()
{
  return {"quadric",
          "Yields at different strengths in tension and compression, hardens "
          "or softens, and is damaged",
          NeededStrengths::tension_and_compression,
          quadric_constants(),
          make_quadric};
}


LawEntry
drucker_prager_entry()
{
  return {"drucker-prager",
          "The quadric law with interaction 0.5, whose yield surface is a cone",
          NeededStrengths::tension_and_compression,
          common_constants(),
          make_quadric};
}


LawEntry
von_mises_entry()
{
  return {
    "von-mises",
    "The cone with equal strengths in tension and compression, a cylinder",
    NeededStrengths::yield_stress,
    common_constants(),
    make_quadric};
}
} // namespace miniscrew::materials
