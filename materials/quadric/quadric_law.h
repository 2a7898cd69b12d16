// SPDX-License-Identifier: LGPL-2.1-or-later
// Generalised quadric elasto-plastic-damage law.
#pragma once

#include "materials/constitutive_law.h"
#include "materials/material.h"
#include "materials/quadric/return_mapping.h"

#include <array>

namespace miniscrew::materials
{
/// The yield surface sqrt(s:F:s) + F2:s = r(kappa) of Schwiedrzik, Wolfram &
/// Zysset 2013 (Biomech. Model. Mechanobiol. 12:1155) in the effective stress
/// s, with associated flow, and stress (1 - D(kappa)) s. Pure functions of
/// strain and old state; thread-safe.
///
/// Where they let kappa grow by the norm of the plastic strain rate, here it
/// grows by the plastic multiplier of the yield function in MPa. This makes a
/// generalised standard material, whose tangent without damage is symmetric.
/// Over axial plastic strain kappa is then 1 in uniaxial compression, st / sc
/// in tension.
///
/// The apex of a cone is rounded to a hyperboloid, sqrt(s:F:s + e^2) with e =
/// 0.01 (times the saturation ratio, if that is below 1). It lowers the
/// uniaxial strengths by e^2 / (1 + st / sc) and e^2 / (1 + sc / st) of
/// themselves, at most 1e-4.
class QuadricLaw : public InelasticLaw
{
public:
  /// What a point remembers.
  struct State
  {
    VoigtVector plastic_strain{}; ///< engineering components
    /// Accumulated plastic strain, conjugate to the strength: plastic work per
    /// current yield stress in compression. In uniaxial compression it is the
    /// plastic strain's size.
    double kappa = 0.;
  };

  /// Throws UserError, in a sentence that names the constant, if the
  /// material's constants are not admissible.
  explicit QuadricLaw(const Material &material);

  struct Response
  {
    VoigtVector stress{}; ///< MPa
    State       state;
    /// False if no admissible state was found; nothing else is then valid.
    bool is_admissible = true;
    /// Whether plastic strain grew.
    bool is_plastic = false;
  };

  /// Implicit (backward Euler) step from @p old to @p strain. @p time_step (s,
  /// > 0) matters only to viscous laws; infinity is the rate-independent
  /// limit. Not admissible are strains that are not finite, and points that
  /// soften faster than elasticity and viscosity can follow.
  Response
  respond(const VoigtVector &strain, const State &old, double time_step) const;

  /// d stress / d strain of respond(), row-major in Voigt form; symmetric if
  /// is_symmetric(). @p response is what respond() gave.
  VoigtMatrix tangent(const VoigtVector &strain,
                      const State       &old,
                      const Response    &response,
                      double             time_step) const;

  /// A symmetric positive definite matrix near the tangent, for
  /// preconditioners: without softening and without growth of damage, and no
  /// softer along the flow than a hundredth of what is left of elasticity.
  VoigtMatrix positive_tangent(const VoigtVector &strain,
                               const State       &old,
                               const Response    &response,
                               double             time_step) const;

  /// D in [0, 1).
  double damage(double kappa) const;

  /// Elastic energy per volume, MPa, of a response.
  double elastic_energy(const VoigtVector &strain, const State &state) const;

  /// @name What laws are: the same on plain numbers, the plastic strain and
  /// then kappa
  /// @{
  unsigned int   n_state() const override;
  StressResponse respond(const VoigtVector &strain,
                         const double      *old,
                         double            *now,
                         double             time_step) const override;
  VoigtMatrix    tangent(const VoigtVector &strain,
                         const double      *old,
                         const double      *now,
                         double             time_step) const override;
  VoigtMatrix    positive_tangent(const VoigtVector &strain,
                                  const double      *old,
                                  const double      *now,
                                  double             time_step) const override;
  VoigtVector    stress(const VoigtVector &strain,
                        const double      *state) const override;
  double         elastic_energy(const VoigtVector &strain,
                                const double      *state) const override;
  bool has_elastic_tangent(const double *old, const double *now) const override;
  bool is_yielding(const double *old, const double *now) const override;
  bool is_symmetric() const override;
  bool may_soften() const override;
  bool is_rate_dependent() const override;
  std::vector<Observable> observables() const override;
  /// @}

private:
  // Of a state: the plastic strain, then kappa.
  static constexpr unsigned int n_numbers = 7, kappa_at = 6;

  /// What respond() gave, from the states alone.
  Response response_of(const double *old, const double *now) const;

  /// The effective stress in natural coordinates, all strain being elastic but
  /// @p plastic_strain.
  NaturalVector natural_stress(const VoigtVector &strain,
                               const double      *plastic_strain) const;

  /// Resistance to growth of kappa by viscosity over a step, MPa.
  double resistance(double time_step) const;

  /// d effective stress / d strain of a plastic response whose yield stress
  /// rises by @p hardening over kappa.
  VoigtMatrix plastic_tangent(const FlowStiffness &flow,
                              double               hardening) const;

  /// (1 - D) C.
  VoigtMatrix damaged_stiffness(double kappa) const;

  VoigtMatrix stiffness_{};
  VoigtMatrix modes_{};      ///< M in stress = M y; strain to y is M^T
  VoigtMatrix dual_modes_{}; ///< M^-T, from y to elastic strain
  Quadric     quadric_;
  Hardening   hardening_;
  double      damage_limit_ = 0., damage_rate_ = 0.;
  double      viscosity_ = 0.;
};
} // namespace miniscrew::materials
