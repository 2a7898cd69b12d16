// SPDX-License-Identifier: LGPL-2.1-or-later
// Linear elasticity at a point.
#pragma once

#include "solver/fem/operator/material_layout.h"

namespace miniscrew::fem
{
/// Stress C : sym(grad u) of a displacement u (mm), MPa; forces are in N. A
/// Physics, see physics.h. Voigt order xx yy zz yz xz xy, engineering shear.
struct Elasticity
{
  static constexpr int  n_components = 3;
  static constexpr bool has_reaction = false;

  static constexpr bool
  accepts(const MaterialLayout layout)
  {
    return layout == MaterialLayout::lame ||
           layout == MaterialLayout::triangle || layout == MaterialLayout::full;
  }

  template <MaterialLayout layout, typename Pack>
  [[gnu::always_inline]] static inline void
  flux(const typename Pack::type *C,
       const typename Pack::type (&H)[3][3],
       typename Pack::type (&S)[3][3])
  {
    using V = typename Pack::type;
    if constexpr (layout == MaterialLayout::lame)
    {
      const V pressure = C[0] * (H[0][0] + H[1][1] + H[2][2]);
      const V mu       = C[1];
      for (int c = 0; c < 3; ++c)
        S[c][c] = pressure + (mu + mu) * H[c][c];
      S[1][2] = S[2][1] = mu * (H[1][2] + H[2][1]);
      S[0][2] = S[2][0] = mu * (H[0][2] + H[2][0]);
      S[0][1] = S[1][0] = mu * (H[0][1] + H[1][0]);
    }
    else
    {
      const V e[6] = {H[0][0],
                      H[1][1],
                      H[2][2],
                      H[1][2] + H[2][1],
                      H[0][2] + H[2][0],
                      H[0][1] + H[1][0]};
      V       s[6];
      for (int i = 0; i < 6; ++i)
      {
        s[i] = e[0] * C[entry<layout, Pack>(i, 0)];
        for (int j = 1; j < 6; ++j)
          s[i] += e[j] * C[entry<layout, Pack>(i, j)];
      }
      for (int c = 0; c < 3; ++c)
        S[c][c] = s[c];
      S[1][2] = S[2][1] = s[3];
      S[0][2] = S[2][0] = s[4];
      S[0][1] = S[1][0] = s[5];
    }
  }

private:
  // Position of entry (i, j) of the stiffness among the constants.
  template <MaterialLayout layout, typename Pack>
  static constexpr int
  entry(const int i, const int j)
  {
    return layout == MaterialLayout::full ? 6 * i + j
           : i <= j                       ? i * 6 - i * (i - 1) / 2 + (j - i)
                                          : entry<layout, Pack>(j, i);
  }
};
} // namespace miniscrew::fem
