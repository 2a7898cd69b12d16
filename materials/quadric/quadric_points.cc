// SPDX-License-Identifier: LGPL-2.1-or-later
// What points of the quadric law keep, as plain numbers and by name.
#include "materials/quadric/quadric_law.h"

#include <algorithm>
#include <cmath>

namespace miniscrew::materials
{
namespace
{
// Growth of kappa that does not count.
constexpr double rounding = 1e-12;
// Damage from which on a point counts as damaged: cracks that soften bone by
// less are not seen.
constexpr double least_damage = 0.01;
} // namespace


// --- the numbers that points keep --------------------------------------------

unsigned int
QuadricLaw::relaxation_at() const
{
  return damage_.is_active() ? driver_at + 1 : kappa_at + 1;
}


unsigned int
QuadricLaw::n_state() const
{
  return relaxation_at() + series_.n_state();
}


double
QuadricLaw::damage(const double *state) const
{
  return damage_.is_active() ? state[damage_at] : 0.;
}


VoigtVector
QuadricLaw::stress(const VoigtVector &strain, const double *state) const
{
  VoigtVector e = elastic_strain(strain, state);
  if (series_.relaxes())
    e = difference(e, series_.relaxed(state + relaxation_at()));
  return multiply(scaled(1. - damage(state), stiffness_), e);
}


double
QuadricLaw::elastic_energy(const VoigtVector &strain, const double *state) const
{
  return (1. - damage(state)) * series_.energy(stiffness_,
                                               elastic_strain(strain, state),
                                               state + relaxation_at());
}


bool
QuadricLaw::has_elastic_tangent(const double    *old,
                                const double    *now,
                                const PointStep &step) const
{
  return now[kappa_at] == old[kappa_at] && damage(now) == 0. &&
         (step.hold == 0. || !series_.relaxes());
}


bool
QuadricLaw::is_yielding(const double *old, const double *now) const
{
  return now[kappa_at] - old[kappa_at] > rounding * (1. + old[kappa_at]);
}


bool
QuadricLaw::is_symmetric() const
{
  return !damage_.is_active();
}


bool
QuadricLaw::may_soften() const
{
  return hardening_.saturation_ratio < 1. || damage_.is_active();
}


bool
QuadricLaw::is_rate_dependent() const
{
  return viscosity_ > 0.;
}


bool
QuadricLaw::relaxes() const
{
  return series_.relaxes();
}


double
QuadricLaw::internal_length() const
{
  return internal_length_;
}


double
QuadricLaw::averaged(const double *state) const
{
  return state[kappa_at];
}


// An average lies between the values that it is of (the maximum principle), so
// that kbar = m average + (1 - m) kappa is at most m times the greatest of
// them.
double
QuadricLaw::least_average() const
{
  return damage_.least_onset() / nonlocal_weight_;
}


// --- the same with names -----------------------------------------------------

QuadricLaw::Numbers
QuadricLaw::numbers(const State &state) const
{
  Numbers result{};
  std::copy_n(state.plastic_strain.begin(), 6, result.begin());
  result[kappa_at] = state.kappa;
  if (damage_.is_active())
  {
    result[damage_at] = state.damage;
    result[driver_at] = state.damage_driver;
  }
  std::copy_n(state.relaxation.begin(),
              series_.n_state(),
              result.begin() + relaxation_at());
  return result;
}


QuadricLaw::State
QuadricLaw::state(const Numbers &numbers) const
{
  State result;
  std::copy_n(numbers.begin(), 6, result.plastic_strain.begin());
  result.kappa = numbers[kappa_at];
  if (damage_.is_active())
  {
    result.damage        = numbers[damage_at];
    result.damage_driver = numbers[driver_at];
  }
  std::copy_n(numbers.begin() + relaxation_at(),
              series_.n_state(),
              result.relaxation.begin());
  return result;
}


QuadricLaw::Response
QuadricLaw::respond(const VoigtVector &strain,
                    const State       &old,
                    const PointStep   &step) const
{
  const Numbers        before = numbers(old);
  Numbers              now{};
  const StressResponse point = respond(strain, before.data(), now.data(), step);
  Response             response;
  response.state         = state(now);
  response.stress        = point.stress;
  response.is_admissible = point.is_admissible;
  response.is_plastic =
    !std::equal(now.begin(), now.begin() + kappa_at + 1, before.begin());
  return response;
}


VoigtMatrix
QuadricLaw::tangent(const VoigtVector &strain,
                    const State       &old,
                    const Response    &response,
                    const PointStep   &step) const
{
  return tangent(
    strain, numbers(old).data(), numbers(response.state).data(), step);
}


VoigtMatrix
QuadricLaw::positive_tangent(const VoigtVector &strain,
                             const State       &old,
                             const Response    &response,
                             const PointStep   &step) const
{
  return positive_tangent(
    strain, numbers(old).data(), numbers(response.state).data(), step);
}


double
QuadricLaw::elastic_energy(const VoigtVector &strain, const State &state) const
{
  return elastic_energy(strain, numbers(state).data());
}


std::vector<Observable>
QuadricLaw::observables() const
{
  const auto damage = [is_damaged = damage_.is_active()](const double *state) {
    return is_damaged ? state[damage_at] : 0.;
  };
  return {
    {"cumulated_plastic_strain",
     "",
     "Accumulated plastic strain: plastic work per yield stress in compression",
     Observable::Kind::value,
     [](const double *state) { return state[kappa_at]; }},
    {"damage",
     "",
     "Share of stiffness and strength that is lost",
     Observable::Kind::value,
     damage},
    {yielded_observable,
     "",
     "Where plastic strain is not zero",
     Observable::Kind::volume_share,
     [](const double *state) { return state[kappa_at] > 0. ? 1. : 0.; }},
    {"damaged",
     "",
     "Where damage is 0.01 or more",
     Observable::Kind::volume_share,
     [=](const double *state) {
       return damage(state) >= least_damage ? 1. : 0.;
     }},
    {"lost",
     "",
     "Damage times volume",
     Observable::Kind::volume_share,
     damage}};
}
} // namespace miniscrew::materials
