// SPDX-License-Identifier: LGPL-2.1-or-later
// Stiffness between coincident nodes of screw and bone.
#pragma once

#include "solver/fem/node_space.h"

#include <array>
#include <vector>

namespace miniscrew::fem
{
/// A symmetric 3 x 3 matrix: xx, yy, zz, yz, xz, xy. N/mm.
using PairBlock = std::array<double, 6>;

/// Product of a block with a vector.
template <typename Number>
std::array<Number, 3>
multiply_block(const std::array<Number, 6> &D, const std::array<Number, 3> &x)
{
  return {{D[0] * x[0] + D[5] * x[1] + D[4] * x[2],
           D[5] * x[0] + D[1] * x[1] + D[3] * x[2],
           D[4] * x[0] + D[3] * x[1] + D[2] * x[2]}};
}

/// One block for each of NodeSpace::pairs(): the force D (u_screw - u_bone)
/// acts on the screw's node, its opposite on the bone's.
using PairCoupling = std::vector<PairBlock>;
} // namespace miniscrew::fem
