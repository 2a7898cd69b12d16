// SPDX-License-Identifier: LGPL-2.1-or-later
// Stiffness between coincident nodes of screw and bone.
#pragma once

#include "solver/fem/space/node_space.h"

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

/// Displacement of a pair's screw node minus that of its bone node, of a vector
/// with updated ghosts.
template <typename Number>
std::array<Number, 3>
jump_of_pair(const NodePair &pair, const linear::Vector<Number> &displacement)
{
  std::array<Number, 3> jump;
  for (unsigned int c = 0; c < 3; ++c)
    jump[c] = displacement.local_element(3 * pair.screw + c) -
              displacement.local_element(3 * pair.bone + c);
  return jump;
}

/// Adds a force to the free unknowns of a pair's screw node and its opposite to
/// those of the bone node, which may be ghost entries.
template <typename Number>
void
add_pair_force(const NodeSpace             &space,
               const NodePair              &pair,
               const std::array<Number, 3> &force,
               linear::Vector<Number>      &forces)
{
  const auto &prescribed = space.constraints().prescribed;
  for (unsigned int c = 0; c < 3; ++c)
  {
    if (!((prescribed[pair.screw] >> c) & 1))
      forces.local_element(3 * pair.screw + c) += force[c];
    if (!((prescribed[pair.bone] >> c) & 1))
      forces.local_element(3 * pair.bone + c) -= force[c];
  }
}

/// One block for each of NodeSpace::pairs(): the force D (u_screw - u_bone)
/// acts on the screw's node, its opposite on the bone's.
using PairCoupling = std::vector<PairBlock>;

/// A part of that stiffness which is not symmetric: the force left (right . (u
/// screw - u_bone)). N/mm.
struct SkewBlock
{
  std::array<double, 3> left{}, right{};
};

using SkewCoupling = std::vector<SkewBlock>;
} // namespace miniscrew::fem
