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

/// How strength changes.
std::vector<LawConstant>
hardening_constants()
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
             "done")};
}

/// How much is lost, from when on and how fast, in one kind of stress.
std::vector<LawConstant>
damage_constants(const std::string &kind,
                 const std::string &where,
                 double Plasticity::*limit,
                 double Plasticity::*onset,
                 double Plasticity::*strain)
{
  return {
    constant("damage_limit_" + kind,
             0.,
             0.99,
             limit,
             "Share of stiffness and strength that damage takes in the "
             "end " +
               where + "; 0 is off"),
    constant("damage_onset_" + kind,
             0.,
             10.,
             onset,
             "Accumulated plastic strain at which damage begins " + where),
    constant("damage_strain_" + kind,
             1e-5,
             100.,
             strain,
             "Accumulated plastic strain from there on after which 63 % "
             "of the damage " +
               where + " is done")};
}

/// What makes softening independent of the mesh, and of the time it takes.
std::vector<LawConstant>
regularising_constants()
{
  return {
    constant("internal_length_mm",
             0.,
             10.,
             &Plasticity::internal_length,
             "Length over which the plastic strain that damages is averaged, "
             "so that softening does not depend on the mesh; 0 is off"),
    constant("nonlocal_weight",
             1.,
             10.,
             &Plasticity::nonlocal_weight,
             "Damage follows this times the average, less the rest of the "
             "plastic strain at the point; above 1 for zones of a width that "
             "does not depend on the mesh"),
    constant("viscosity_MPa_s",
             0.,
             1e9,
             &Plasticity::viscosity,
             "Overstress per rate of plastic strain, which regularises "
             "softening; 0 is off")};
}

/// One term of the relaxation, a number of PronyConstants.
LawConstant
relaxation_constant(const std::string                  &key,
                    const unsigned int                  term,
                    const double                        min,
                    const double                        max,
                    std::array<double, max_prony_terms> PronyConstants::*member,
                    const std::string &sentence)
{
  const PronyConstants initial;
  return {key,
          min,
          max,
          (initial.*member)[term],
          sentence,
          [=](Material &material) -> double & {
            return (material.plasticity.relaxation.*member)[term];
          },
          true};
}

/// Relaxation while a load is held.
std::vector<LawConstant>
relaxation_constants()
{
  std::vector<LawConstant> all;
  for (unsigned int term = 0; term < max_prony_terms; ++term)
  {
    const std::string number = std::to_string(term + 1);
    all.push_back(relaxation_constant(
      "relaxation_share_" + number,
      term,
      0.,
      0.99,
      &PronyConstants::share,
      "Share of elastic stress that relaxes within relaxation_time_" + number +
        "_s while a load is held; all shares together are below 1; 0 is off"));
    all.push_back(relaxation_constant(
      "relaxation_time_" + number + "_s",
      term,
      1e-3,
      1e9,
      &PronyConstants::time,
      "Time in which 63 % of relaxation_share_" + number + " relaxes"));
  }
  return all;
}

/// What happens beyond the yield surface, and in time.
std::vector<LawConstant>
common_constants()
{
  std::vector<LawConstant> all = hardening_constants();
  for (const auto &more :
       {damage_constants("compression",
                         "in compression",
                         &Plasticity::damage_limit_compression,
                         &Plasticity::damage_onset_compression,
                         &Plasticity::damage_strain_compression),
        damage_constants("shear",
                         "in shear and tension",
                         &Plasticity::damage_limit_shear,
                         &Plasticity::damage_onset_shear,
                         &Plasticity::damage_strain_shear),
        regularising_constants(),
        relaxation_constants()})
    all.insert(all.end(), more.begin(), more.end());
  return all;
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
