// SPDX-License-Identifier: LGPL-2.1-or-later
// The innermost loop of an operator, for one SIMD instruction set.
#pragma once

#include "solver/fem/operator/material_layout.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace miniscrew::fem
{
/// Instruction sets that kernels are compiled for; the best one that the
/// machine has is chosen at run time.
enum class Simd
{
  baseline, ///< 128 bits, any x86-64 (or whatever the compiler targets)
  avx2,     ///< 256 bits with fused multiply-add
  avx512    ///< 512 bits
};

/// The best instruction set of this machine that a kernel was compiled for;
/// MINISCREW_SIMD=baseline|avx2|avx512 in the environment lowers it.
Simd best_simd();

/// Number of cells that are worked on side by side.
template <typename Number>
unsigned int simd_width(Simd simd);

/// Everything a kernel reads. Cells come in batches of simd_width() lanes, the
/// lane is the fastest index everywhere; unused lanes of a batch repeat its
/// first cell with zero weights.
template <typename Number>
struct KernelData
{
  /// Set in a node index to say that the rest is a line of the list below.
  static constexpr std::uint32_t special = 0x80000000u;

  unsigned int degree = 2; ///< Gauss rule with degree + 1 points
  /// 1-D tables: shape values [q][i] and derivatives of the Lagrange basis on
  /// the Gauss points [q][p], which act on values at Gauss points.
  std::vector<Number> shape_values, collocation_gradients;

  /// [batch][node][lane] local nodes or special lines.
  std::vector<std::uint32_t> nodes;
  /// [batch][q][10][lane]: rows of dxi/dx, then determinant times weight.
  std::vector<Number> metric;
  /// [batch][n_constants(layout)][lane]: the material of each cell.
  std::vector<Number> constants;
  MaterialLayout      layout = MaterialLayout::lame;

  /// Constants that differ between points, in place of those above: for each
  /// batch its block of the next array or no_block; empty if no batch ever had
  /// one. [block][q][n_constants(point_layout)][lane].
  static constexpr std::uint32_t no_block = 0xffffffffu;
  std::vector<std::uint32_t>     block_of_batch;
  std::vector<Number>            point_constants;
  MaterialLayout                 point_layout = MaterialLayout::lame;

  /// Special nodes: sums over (node, weight); bit c of mask is set if component
  /// c of that master is free.
  std::vector<std::uint32_t> line_begin{0};
  std::vector<std::uint32_t> line_node;
  std::vector<Number>        line_weight;
  std::vector<unsigned char> line_mask;

  std::size_t n_batches = 0;
};

/// What becomes of prescribed components.
enum class Prescribed
{
  zero,     ///< count as zero and get nothing: the operator on free unknowns
  as_set,   ///< count with their value and get nothing: internal forces
  reactions ///< count with their value and get what holds them
};

/// Applies the cells' share of an operator whose physics it was made for.
/// Vectors are this rank's nodes, owned then ghosts, with all components of a
/// node together.
template <typename Number>
class CellKernel
{
public:
  virtual ~CellKernel() = default;

  /// dst += sum of cells in batches [first, last) of int grad(v) : flux(grad
  /// src), and of int v c src.
  virtual void apply(const KernelData<Number> &data,
                     std::size_t               first,
                     std::size_t               last,
                     Number                   *dst,
                     const Number             *src,
                     Prescribed                prescribed) const = 0;

  /// Gradients du_c/dx_e of a batch, [q][c][e][lane].
  virtual void gradients(const KernelData<Number> &data,
                         std::size_t               batch,
                         Number                   *gradient,
                         const Number             *src,
                         Prescribed                prescribed) const = 0;

  /// dst += int grad(v) : flux of a batch, with fluxes [q][c][e][lane].
  virtual void add_fluxes(const KernelData<Number> &data,
                          std::size_t               batch,
                          Number                   *dst,
                          const Number             *flux,
                          Prescribed                prescribed) const = 0;
};

/// The kernel of a physics for an instruction set and element degree 1, 2 or 3.
template <class Physics, typename Number>
std::unique_ptr<CellKernel<Number>> make_cell_kernel(Simd         simd,
                                                     unsigned int degree);

/// The same, defined in the unit of its instruction set alone; the caller owns
/// it.
template <Simd simd, class Physics, typename Number>
CellKernel<Number> *new_cell_kernel(unsigned int degree);
} // namespace miniscrew::fem
