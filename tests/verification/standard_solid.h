// SPDX-License-Identifier: LGPL-2.1-or-later
// A law that the program does not have: all that a new one takes, in one file.
#pragma once

#include "materials/law_library.h"

#include "solver/base/errors.h"

#include <cmath>
#include <limits>
#include <memory>
#include <string>
#include <vector>

namespace miniscrew::verification
{
inline materials::LawConstant
relaxation_time()
{
  return materials::law_constant("relaxation_time_s",
                                 1e-6,
                                 1e9,
                                 1.,
                                 "Time in which 63 % of the viscous branch "
                                 "relaxes");
}

inline materials::LawConstant
viscous_share()
{
  return materials::law_constant(
    "viscous_share", 0., 0.99, 0.5, "Share of the stiffness that relaxes");
}

/// The standard linear solid in Maxwell's form: a share s of the stiffness C
/// sits before a dashpot, stress = C (e - s v) with the viscous strain v, tau
/// dv/dt = e - v (Simo & Hughes 1998, Computational Inelasticity, 10.2). A
/// point remembers v alone.
class StandardSolid : public materials::InelasticLaw
{
public:
  explicit StandardSolid(const materials::Material &material)
    : stiffness_(material.stiffness()),
      time_(materials::value_of(relaxation_time(), material)),
      share_(materials::value_of(viscous_share(), material))
  {
    if (!(time_ > 0. && std::isfinite(time_)))
      throw UserError("material '" + material.name +
                      "': relaxation_time must be a positive number of s");
  }

  unsigned int
  n_state() const override
  {
    return 6;
  }

  // Backward Euler: v = (old + a e) / (1 + a), a = step / tau.
  materials::StressResponse
  respond(const materials::VoigtVector &strain,
          const double                 *old,
          double                       *now,
          const materials::PointStep   &step) const override
  {
    for (unsigned int i = 0; i < 6; ++i)
      now[i] = old[i] + relaxed(step.time_step) * (strain[i] - old[i]);
    return {stress(strain, now), true};
  }

  materials::VoigtMatrix
  tangent(const materials::VoigtVector &,
          const double *,
          const double *,
          const materials::PointStep &step) const override
  {
    return materials::scaled(1. - share_ * relaxed(step.time_step), stiffness_);
  }

  materials::VoigtVector
  stress(const materials::VoigtVector &strain,
         const double                 *state) const override
  {
    materials::VoigtVector elastic;
    for (unsigned int i = 0; i < 6; ++i)
      elastic[i] = strain[i] - share_ * state[i];
    return materials::multiply(stiffness_, elastic);
  }

  double
  elastic_energy(const materials::VoigtVector &strain,
                 const double                 *state) const override
  {
    materials::VoigtVector spring;
    for (unsigned int i = 0; i < 6; ++i)
      spring[i] = strain[i] - state[i];
    return 0.5 *
           ((1. - share_) * materials::contract(
                              materials::multiply(stiffness_, strain), strain) +
            share_ * materials::contract(
                       materials::multiply(stiffness_, spring), spring));
  }

  bool
  is_symmetric() const override
  {
    return true;
  }

  bool
  may_soften() const override
  {
    return false;
  }

  bool
  is_rate_dependent() const override
  {
    return true;
  }

  std::vector<materials::Observable>
  observables() const override
  {
    using materials::Observable;
    return {{"viscous_dilation",
             "",
             "Trace of the viscous strain",
             Observable::Kind::value,
             trace},
            {"relaxed_pressure",
             "MPa",
             "Pressure that the dashpot has taken",
             Observable::Kind::value,
             [law = *this](const double *state) {
               const materials::VoigtVector lost = law.stress({}, state);
               return (lost[0] + lost[1] + lost[2]) / 3.;
             }},
            {"relaxed",
             "",
             "Where the viscous strain is not zero",
             Observable::Kind::volume_share,
             [](const double *state) { return trace(state) != 0. ? 1. : 0.; }}};
  }

private:
  /// a / (1 + a); 1 for an infinite step.
  double
  relaxed(const double time_step) const
  {
    return 1. / (1. + time_ / time_step);
  }

  static double
  trace(const double *state)
  {
    return state[0] + state[1] + state[2];
  }

  materials::VoigtMatrix stiffness_;
  double                 time_, share_;
};

inline materials::LawEntry
standard_solid()
{
  return {"standard-solid",
          "Linear viscoelastic: a share of the stiffness relaxes",
          materials::NeededStrengths::none,
          {relaxation_time(), viscous_share()},
          [](const materials::Material &material) {
            return std::make_shared<StandardSolid>(material);
          }};
}
} // namespace miniscrew::verification
