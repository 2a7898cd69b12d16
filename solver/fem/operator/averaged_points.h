// SPDX-License-Identifier: LGPL-2.1-or-later
// The points of bodies whose laws depend on averages, and their derivatives.
#pragma once

#include "materials/constitutive_law.h"
#include "solver/fem/space/node_space.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

namespace miniscrew::fem
{
/// Length that each body averages over, mm; 0 if it does not.
using InternalLengths = std::array<double, mesh::n_bodies>;

/// Numbers the points of the cells that average, those of a cell in turn.
class AveragedPoints
{
public:
  AveragedPoints(const NodeSpace &space, const InternalLengths &lengths)
    : lengths_(lengths),
      n_q_(space.n_nodes_per_cell()),
      order_(space.cells().size(), none)
  {
    for (std::size_t c = 0; c < order_.size(); ++c)
      if (lengths[space.cells()[c]->material_id()] > 0.)
        order_[c] = n_cells_++;
  }

  const InternalLengths &
  lengths() const
  {
    return lengths_;
  }

  bool
  contains(const std::size_t cell) const
  {
    return order_[cell] != none;
  }

  /// Number of the first point of a cell that is contained.
  std::size_t
  place(const std::size_t cell) const
  {
    return std::size_t(order_[cell]) * n_q_;
  }

  /// Points of this rank.
  std::size_t
  size() const
  {
    return std::size_t(n_cells_) * n_q_;
  }

  unsigned int
  n_points_per_cell() const
  {
    return n_q_;
  }

private:
  static constexpr std::uint32_t none = 0xffffffffu;

  InternalLengths            lengths_;
  unsigned int               n_q_;
  std::vector<std::uint32_t> order_; ///< of cells
  std::uint32_t              n_cells_ = 0;
};

/// Derivatives by the average, and of what is averaged, at the points of those
/// cells of this rank where some are not zero.
class AverageTangentField
{
public:
  explicit AverageTangentField(const std::size_t n_cells)
    : block_(n_cells, none)
  {}

  void
  add(const std::size_t                             cell,
      const std::vector<materials::AverageTangent> &tangents)
  {
    Block block{entries_.size(), false, false};
    for (const materials::AverageTangent &tangent : tangents)
    {
      block.acts |= tangent.stress_by_average != VoigtVector{};
      block.grows |= tangent.averaged_by_strain != VoigtVector{};
    }
    if (!block.acts && !block.grows)
      return;
    block_[cell] = blocks_.size();
    blocks_.push_back(block);
    entries_.insert(entries_.end(), tangents.begin(), tangents.end());
  }

  /// True if averages change stresses anywhere, and if in a cell.
  bool
  acts() const
  {
    return std::any_of(blocks_.begin(), blocks_.end(), [](const Block &block) {
      return block.acts;
    });
  }
  bool
  acts(const std::size_t cell) const
  {
    return block_[cell] != none && blocks_[block_[cell]].acts;
  }

  /// True if what is averaged changes with strain in a cell.
  bool
  grows(const std::size_t cell) const
  {
    return block_[cell] != none && blocks_[block_[cell]].grows;
  }

  /// Of a cell of one of these kinds.
  const materials::AverageTangent &
  at(const std::size_t cell, const unsigned int q) const
  {
    return entries_[blocks_[block_[cell]].first + q];
  }

private:
  using VoigtVector = materials::VoigtVector;

  static constexpr std::uint32_t none = 0xffffffffu;

  struct Block
  {
    std::size_t first;
    bool        acts, grows;
  };

  std::vector<std::uint32_t>             block_;
  std::vector<Block>                     blocks_;
  std::vector<materials::AverageTangent> entries_;
};
} // namespace miniscrew::fem
