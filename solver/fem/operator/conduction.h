// SPDX-License-Identifier: LGPL-2.1-or-later
// Conduction of heat, and what else spreads like it.
#pragma once

#include "solver/fem/operator/material_layout.h"

namespace miniscrew::fem
{
/// -div(k grad u) + c u of a scalar u: a temperature (K) with conductivity k in
/// W/(mm K) and loads in W; with c = 1 and k = l^2 (mm^2) the Helmholtz problem
/// of a nonlocal field of length l (Peerlings et al. 1996, Int. J. Numer. Meth.
/// Eng. 39:3391). A Physics, see physics.h. The flux here is k grad u, minus
/// that of heat.
struct Conduction
{
  static constexpr int  n_components = 1;
  static constexpr bool has_reaction = true;

  static constexpr bool
  accepts(const MaterialLayout layout)
  {
    return layout == MaterialLayout::conductivity ||
           layout == MaterialLayout::conductivity_and_reaction;
  }

  template <MaterialLayout layout, typename Pack>
  [[gnu::always_inline]] static inline void
  flux(const typename Pack::type *constants,
       const typename Pack::type (&gradient)[1][3],
       typename Pack::type (&flux)[1][3])
  {
    for (int e = 0; e < 3; ++e)
      flux[0][e] = constants[0] * gradient[0][e];
  }

  template <MaterialLayout layout, typename Pack>
  [[gnu::always_inline]] static inline typename Pack::type
  reaction(const typename Pack::type *constants)
  {
    if constexpr (layout == MaterialLayout::conductivity_and_reaction)
      return constants[1];
    else
      return typename Pack::type{};
  }
};
} // namespace miniscrew::fem
