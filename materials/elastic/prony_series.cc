// SPDX-License-Identifier: LGPL-2.1-or-later
// Relaxation of stress by a series of decaying exponentials.
#include "materials/elastic/prony_series.h"

#include <cmath>

namespace miniscrew::materials
{
namespace
{
void
add(VoigtVector &sum, const double factor, const double *x)
{
  for (unsigned int i = 0; i < 6; ++i)
    sum[i] += factor * x[i];
}

/// e.C e / 2.
double
elastic_energy_of(const VoigtMatrix &C, const VoigtVector &e)
{
  return 0.5 * contract(multiply(C, e), e);
}
} // namespace


PronySeries::PronySeries(const PronyConstants &constants)
{
  for (unsigned int k = 0; k < max_prony_terms; ++k)
    if (constants.share[k] > 0.)
    {
      share_[n_terms_]  = constants.share[k];
      time_[n_terms_++] = constants.time[k];
    }
}


// With a = hold / time, and e that goes from old_e at a steady rate, the
// solution of time dv/dt = e - v is
//   v = exp(-a) old_v + (1 - exp(-a)) old_e + (1 - (1 - exp(-a)) / a) (e -
//   old_e).
PronySeries::Step
PronySeries::step(const double hold) const
{
  Step result;
  for (unsigned int k = 0; k < n_terms_; ++k)
  {
    const double a   = hold / time_[k];
    result.kept[k]   = std::exp(-a);
    result.steady[k] = -std::expm1(-a);
    result.change[k] = a > 0. ? 1. - result.steady[k] / a : 0.;
    result.stiffness -= share_[k] * result.change[k];
  }
  return result;
}


VoigtVector
PronySeries::lag(const Step &step, const double *old) const
{
  VoigtVector result{};
  for (unsigned int k = 0; k < n_terms_; ++k)
  {
    add(result, share_[k] * step.kept[k], old + 6 * (k + 1));
    add(result, share_[k] * (step.steady[k] - step.change[k]), old);
  }
  return result;
}


void
PronySeries::update(const Step        &step,
                    const VoigtVector &e,
                    const double      *old,
                    double            *now) const
{
  for (unsigned int k = 0; k < n_terms_; ++k)
    for (unsigned int i = 0; i < 6; ++i)
      now[6 * (k + 1) + i] = step.kept[k] * old[6 * (k + 1) + i] +
                             step.steady[k] * old[i] +
                             step.change[k] * (e[i] - old[i]);
  for (unsigned int i = 0; n_terms_ > 0 && i < 6; ++i)
    now[i] = e[i];
}


VoigtVector
PronySeries::relaxed(const double *state) const
{
  VoigtVector result{};
  for (unsigned int k = 0; k < n_terms_; ++k)
    add(result, share_[k], state + 6 * (k + 1));
  return result;
}


// That of the spring alone, and of the springs of the branches, whose strains
// are e - v.
double
PronySeries::energy(const VoigtMatrix &stiffness,
                    const VoigtVector &e,
                    const double      *state) const
{
  double lasting = 1., sum = 0.;
  for (unsigned int k = 0; k < n_terms_; ++k)
  {
    VoigtVector spring = e;
    add(spring, -1., state + 6 * (k + 1));
    sum += share_[k] * elastic_energy_of(stiffness, spring);
    lasting -= share_[k];
  }
  return sum + lasting * elastic_energy_of(stiffness, e);
}
} // namespace miniscrew::materials
