// SPDX-License-Identifier: LGPL-2.1-or-later
// Strain at the nodes, continuous within each body.
#pragma once

#include "solver/fem/space/strain.h"

#include <array>
#include <cstdint>
#include <vector>

namespace miniscrew::fem
{
/// Strain recovered at the nodes of each body from the superconvergent points
/// of the cells around them (see PatchPolynomials). As a field of Q_k it is
/// more accurate than the strain of the displacement by about one order where
/// the solution is smooth. Nodes shared by bodies have one value in each,
/// because strain jumps where materials meet.
class RecoveredStrain
{
public:
  /// @p displacement must have updated ghosts and its hanging nodes
  /// distributed. The geometry must outlive the recovery. Collective.
  RecoveredStrain(const Geometry               &geometry,
                  const linear::Vector<double> &displacement);

  /// Whether local node @p node is on a locally owned cell of @p body.
  bool contains(dealii::types::material_id body, unsigned int node) const;

  /// Engineering strain in @p body at a local node that it contains.
  const VoigtVector &at(dealii::types::material_id body,
                        unsigned int               node) const;

  /// Strains at the nodes of a locally owned cell, lexicographic;
  /// @p nodal is resized.
  void cell_values(std::size_t cell, std::vector<VoigtVector> &nodal) const;

private:
  static constexpr std::uint32_t none = 0xffffffffu;

  struct Body
  {
    std::vector<std::uint32_t> slot; ///< of each local node, or none
    std::vector<VoigtVector>   values;
  };

  const NodeSpace                 *space_;
  std::array<Body, mesh::n_bodies> bodies_;
};
} // namespace miniscrew::fem
