// SPDX-License-Identifier: LGPL-2.1-or-later
// Relaxation of stress by a series of decaying exponentials.
#pragma once

#include "materials/voigt.h"

#include <array>

namespace miniscrew::materials
{
/// Terms that a series may have.
constexpr unsigned int max_prony_terms = 3;

/// Stress under a strain that is held: C e (1 - sum of share (1 - exp(-t /
/// time))).
struct PronyConstants
{
  /// Each >= 0, together < 1; a term whose share is 0 is none.
  std::array<double, max_prony_terms> share{};
  std::array<double, max_prony_terms> time{{1., 10., 100.}}; ///< s, > 0
};

/// The generalised Maxwell solid whose branches share one elastic law (Simo &
/// Hughes 1998, Computational Inelasticity, 10.3): stress = C (e - sum of share
/// v), time dv/dt = e - v. Steps are exact for strains that change at a steady
/// rate (Taylor, Pister & Goudreau 1970, Int. J. Numer. Methods Eng. 2:45), so
/// that they are of second order and stable whatever their length.
///
/// A point remembers n_state() numbers: the elastic strain e at the end of the
/// last step, and v of each term. All are engineering strains. Pure functions.
class PronySeries
{
public:
  /// No relaxation.
  PronySeries() = default;

  explicit PronySeries(const PronyConstants &constants);

  bool
  relaxes() const
  {
    return n_terms_ > 0;
  }

  unsigned int
  n_state() const
  {
    return n_terms_ > 0 ? 6 * (1 + n_terms_) : 0;
  }

  /// What a time of relaxation (s, >= 0, may be infinite) does.
  struct Step
  {
    /// In v = kept old_v + steady old_e + change (e - old_e), of each term.
    std::array<double, max_prony_terms> kept{}, steady{}, change{};
    /// d stress / d e of the step, per C.
    double stiffness = 1.;
  };
  Step step(double hold) const;

  /// The strain q in stress = C (stiffness e - q) at the end of a step.
  VoigtVector lag(const Step &step, const double *old) const;

  /// Leaves in @p now what a point remembers after a step that ends at e.
  void update(const Step        &step,
              const VoigtVector &e,
              const double      *old,
              double            *now) const;

  /// The strain q in stress = C (e - q) of a state.
  VoigtVector relaxed(const double *state) const;

  /// Elastic energy per volume of a state under e, MPa.
  double energy(const VoigtMatrix &stiffness,
                const VoigtVector &e,
                const double      *state) const;

private:
  unsigned int                        n_terms_ = 0;
  std::array<double, max_prony_terms> share_{}, time_{};
};
} // namespace miniscrew::materials
