// SPDX-License-Identifier: LGPL-2.1-or-later
// The quadric law on the plain numbers that points keep.
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

QuadricLaw::State
read(const double *numbers)
{
  QuadricLaw::State state;
  std::copy_n(numbers, 6, state.plastic_strain.begin());
  state.kappa = numbers[6];
  return state;
}

void
write(const QuadricLaw::State &state, double *numbers)
{
  std::copy_n(state.plastic_strain.begin(), 6, numbers);
  numbers[6] = state.kappa;
}
} // namespace


unsigned int
QuadricLaw::n_state() const
{
  return n_numbers;
}


QuadricLaw::Response
QuadricLaw::respond(const VoigtVector &strain,
                    const State       &old,
                    const double       time_step) const
{
  std::array<double, n_numbers> before, now;
  write(old, before.data());
  const StressResponse step =
    respond(strain, before.data(), now.data(), time_step);
  Response response;
  response.state         = read(now.data());
  response.stress        = step.stress;
  response.is_admissible = step.is_admissible;
  response.is_plastic    = now != before;
  return response;
}


QuadricLaw::Response
QuadricLaw::response_of(const double *old, const double *now) const
{
  Response response;
  response.state      = read(now);
  response.is_plastic = is_yielding(old, now);
  return response;
}


VoigtMatrix
QuadricLaw::tangent(const VoigtVector &strain,
                    const double      *old,
                    const double      *now,
                    const double       time_step) const
{
  return tangent(strain, read(old), response_of(old, now), time_step);
}


VoigtMatrix
QuadricLaw::positive_tangent(const VoigtVector &strain,
                             const double      *old,
                             const double      *now,
                             const double       time_step) const
{
  return positive_tangent(strain, read(old), response_of(old, now), time_step);
}


VoigtVector
QuadricLaw::stress(const VoigtVector &strain, const double *state) const
{
  const State point = read(state);
  return multiply(damaged_stiffness(point.kappa),
                  difference(strain, point.plastic_strain));
}


double
QuadricLaw::elastic_energy(const VoigtVector &strain, const double *state) const
{
  return elastic_energy(strain, read(state));
}


bool
QuadricLaw::has_elastic_tangent(const double *old, const double *now) const
{
  return now[kappa_at] == old[kappa_at] && damage(now[kappa_at]) == 0.;
}


bool
QuadricLaw::is_yielding(const double *old, const double *now) const
{
  return now[kappa_at] - old[kappa_at] > rounding * (1. + old[kappa_at]);
}


bool
QuadricLaw::is_symmetric() const
{
  return damage_limit_ == 0. || damage_rate_ == 0.;
}


bool
QuadricLaw::may_soften() const
{
  return hardening_.saturation_ratio < 1. || damage_limit_ > 0.;
}


bool
QuadricLaw::is_rate_dependent() const
{
  return viscosity_ > 0.;
}


std::vector<Observable>
QuadricLaw::observables() const
{
  const auto damage = [law = *this](const double *state) {
    return law.damage(state[kappa_at]);
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
