// SPDX-License-Identifier: LGPL-2.1-or-later
// Generalised quadric elasto-plastic-damage law.
#pragma once

#include "materials/constitutive_law.h"
#include "materials/elastic/prony_series.h"
#include "materials/material.h"
#include "materials/quadric/damage.h"
#include "materials/quadric/return_mapping.h"

#include <array>

namespace miniscrew::materials
{
/// The yield surface sqrt(s:F:s) + F2:s = r(kappa) of Schwiedrzik, Wolfram &
/// Zysset 2013 (Biomech. Model. Mechanobiol. 12:1155) in the effective stress
/// s, with associated flow, and stress (1 - D) s with damage by DamageLaw. The
/// effective stress relaxes by PronySeries. Pure functions of strain and old
/// state; thread-safe.
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
    /// D in [0, 1), and the kbar that it has grown to; 0 without damage.
    double damage = 0., damage_driver = 0.;
    /// As PronySeries remembers; unused without relaxation.
    std::array<double, 6 * (1 + max_prony_terms)> relaxation{};
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

  /// Implicit (backward Euler) step from @p old to @p strain. The time of the
  /// step matters only to viscous laws. Not admissible are strains that are not
  /// finite, and points that soften faster than elasticity and viscosity can
  /// follow.
  Response respond(const VoigtVector &strain,
                   const State       &old,
                   const PointStep   &step) const;

  /// d stress / d strain of respond(), row-major in Voigt form; symmetric if
  /// is_symmetric(). @p response is what respond() gave.
  VoigtMatrix tangent(const VoigtVector &strain,
                      const State       &old,
                      const Response    &response,
                      const PointStep   &step) const;

  /// A symmetric positive definite matrix near the tangent, for
  /// preconditioners: without softening and without damage that grows with the
  /// point's own strain, and no softer along the flow than a hundredth of what
  /// is left of elasticity.
  VoigtMatrix positive_tangent(const VoigtVector &strain,
                               const State       &old,
                               const Response    &response,
                               const PointStep   &step) const;

  /// Elastic energy per volume, MPa, of a response.
  double elastic_energy(const VoigtVector &strain, const State &state) const;

  /// @name What laws are: the same on plain numbers. These are the plastic
  /// strain and kappa; of laws with damage D and kbar; what PronySeries keeps
  /// @{
  unsigned int   n_state() const override;
  StressResponse respond(const VoigtVector &strain,
                         const double      *old,
                         double            *now,
                         const PointStep   &step) const override;
  VoigtMatrix    tangent(const VoigtVector &strain,
                         const double      *old,
                         const double      *now,
                         const PointStep   &step) const override;
  VoigtMatrix    positive_tangent(const VoigtVector &strain,
                                  const double      *old,
                                  const double      *now,
                                  const PointStep   &step) const override;
  VoigtVector    stress(const VoigtVector &strain,
                        const double      *state) const override;
  double         elastic_energy(const VoigtVector &strain,
                                const double      *state) const override;
  bool           has_elastic_tangent(const double    *old,
                                     const double    *now,
                                     const PointStep &step) const override;
  bool   is_yielding(const double *old, const double *now) const override;
  bool   is_symmetric() const override;
  bool   may_soften() const override;
  bool   is_rate_dependent() const override;
  bool   relaxes() const override;
  double internal_length() const override;
  double averaged(const double *state) const override;
  double least_average() const override;
  AverageTangent          average_tangent(const VoigtVector &strain,
                                          const double      *old,
                                          const double      *now,
                                          const PointStep   &step) const override;
  std::vector<Observable> observables() const override;
  /// @}

private:
  // Where in a state; what follows is there with damage or relaxation only.
  static constexpr unsigned int kappa_at = 6, damage_at = 7, driver_at = 8;

  /// A state as plain numbers; of them the first n_state() count.
  using Numbers = std::array<double, driver_at + 1 + 6 * (1 + max_prony_terms)>;
  Numbers numbers(const State &state) const;
  State   state(const Numbers &numbers) const;

  /// Derivatives at the end of a step.
  struct Linearisation
  {
    VoigtVector stress{};  ///< effective, MPa
    VoigtMatrix tangent{}; ///< d effective stress / d strain
    VoigtVector kappa{};   ///< d kappa / d strain
    DamageStep  damage;    ///< and its derivatives
    VoigtVector share{};   ///< d share of compression / d effective stress
    double      own_weight = 1.; ///< d kbar / d kappa
  };

  Linearisation linearise(const VoigtVector &strain,
                          const double      *old,
                          const double      *now,
                          const PointStep   &step) const;

  /// Strain, less what is plastic in @p state.
  static VoigtVector elastic_strain(const VoigtVector &strain,
                                    const double      *state);

  /// The effective stress in natural coordinates at the end of a step that
  /// leaves the plastic strain of @p now.
  NaturalVector natural_stress(const VoigtVector       &strain,
                               const double            *old,
                               const double            *now,
                               const PronySeries::Step &prony) const;

  /// Growth of damage in a step that ends at kappa under an effective stress.
  DamageStep damage_step(const CompressionShare &share,
                         const double           *old,
                         double                  kappa,
                         const PointStep        &step) const;

  /// m, or 0 without an average.
  double weight_of_average(const PointStep &step) const;

  /// D of a state.
  double damage(const double *state) const;

  /// The numbers of what relaxes in a state.
  unsigned int relaxation_at() const;

  /// Resistance to growth of kappa by viscosity over a step, MPa.
  double resistance(double time_step) const;

  /// How the return of a step flows at its end, where the yield stress rises
  /// over kappa by @p hardening.
  struct Flow
  {
    FlowStiffness stiffness;
    double        hardening;
  };
  Flow flow(const NaturalVector     &y,
            double                   kappa,
            double                   growth,
            const PronySeries::Step &prony,
            double                   time_step) const;

  /// d effective stress / d strain of a plastic response whose yield stress
  /// rises by @p hardening over the return's multiplier, without relaxation.
  VoigtMatrix plastic_tangent(const FlowStiffness &flow,
                              double               hardening) const;

  VoigtMatrix stiffness_{};
  VoigtMatrix modes_{};      ///< M in stress = M y; strain to y is M^T
  VoigtMatrix dual_modes_{}; ///< M^-T, from y to elastic strain
  Quadric     quadric_;
  Hardening   hardening_;
  DamageLaw   damage_;
  PronySeries series_;
  double      rounding_        = 1.; ///< of the share of compression, MPa
  double      internal_length_ = 0., nonlocal_weight_ = 1.;
  double      viscosity_ = 0.;
};
} // namespace miniscrew::materials
