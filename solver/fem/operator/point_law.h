// SPDX-License-Identifier: LGPL-2.1-or-later
// What inelastic cells answer to strains, and where they are tangents.
#pragma once

#include "materials/elastic/elastic.h"

#include <array>
#include <cstdint>
#include <vector>

namespace miniscrew::fem
{
using materials::VoigtMatrix;
using materials::VoigtVector;

/// Stresses at the Gauss points of inelastic cells. Cells are numbered as in
/// NodeSpace::cells(); points of the rule with degree + 1 points per direction,
/// x fastest.
class PointLaw
{
public:
  virtual ~PointLaw() = default;

  /// Stresses (MPa) of engineering strains at the points of a cell;
  /// @p stresses has the right size.
  virtual void stresses(std::size_t                     cell,
                        const std::vector<VoigtVector> &strains,
                        std::vector<VoigtVector>       &stresses) = 0;

  /// Derivatives of stresses(). False if the cell's elastic stiffness holds at
  /// all of its points; then @p tangents is left as it was.
  virtual bool tangents(std::size_t                     cell,
                        const std::vector<VoigtVector> &strains,
                        std::vector<VoigtMatrix>       &tangents) = 0;

  /// Whether all tangents are symmetric.
  virtual bool has_symmetric_tangents() const = 0;
};

/// Symmetric tangents at the points of those cells that have left their elastic
/// range, in single precision for preconditioners.
class TangentField
{
public:
  /// @p n_cells of this rank, @p n points per direction.
  TangentField(std::size_t n_cells, unsigned int n);

  void add(std::size_t cell, const std::vector<VoigtMatrix> &tangents);

  bool contains(std::size_t cell) const;

  /// At point @p q of a rule with n points per direction, or fewer: then the
  /// mean over the share of the cell that the point stands for, which keeps the
  /// tangents positive.
  VoigtMatrix at(std::size_t cell, unsigned int q, unsigned int n) const;

  std::size_t memory_consumption() const;

private:
  static constexpr std::uint32_t none      = 0xffffffffu;
  static constexpr unsigned int  n_entries = 21;

  unsigned int               n_;
  std::vector<std::uint32_t> block_;
  std::vector<float>         entries_; ///< [block][q][upper triangle]
};
} // namespace miniscrew::fem
