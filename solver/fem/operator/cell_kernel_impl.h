// SPDX-License-Identifier: LGPL-2.1-or-later
// Sum-factorised kernel of a physics; included once per instruction set.
//
// A unit that includes this file is compiled for one instruction set, so it
// must not instantiate inline functions that other units share: only raw
// arrays, and templates that carry the instruction set as an argument.
//
// Everything between the vectors is inlined into the loop over batches, by
// force: the compiler finds the functions too large for as many loops as there
// are layouts, and as calls they cost half as much again as the whole cell.
// Gather and scatter, which work on single numbers, stay calls, so that their
// branches do not break up the rest. Arrays of a cell are aligned to a vector:
// else every access of 512 bits would touch two cache lines.
#pragma once

#include "solver/fem/operator/cell_kernel.h"
#include "solver/fem/space/tensor_lines.h"

namespace miniscrew::fem
{
template <typename Scalar, unsigned int n_bytes>
struct Pack
{
  using Number                        = Scalar;
  static constexpr unsigned int width = n_bytes / sizeof(Number);
  // Aligned like a scalar: arrays of batches come from std::vector.
  typedef Number type
    __attribute__((vector_size(n_bytes), aligned(sizeof(Number)), may_alias));
};

template <Simd simd>
struct SimdBytes;
template <>
struct SimdBytes<Simd::baseline>
{
  static constexpr unsigned int value = 16;
};
template <>
struct SimdBytes<Simd::avx2>
{
  static constexpr unsigned int value = 32;
};
template <>
struct SimdBytes<Simd::avx512>
{
  static constexpr unsigned int value = 64;
};

/// One cell batch: gather, gradients at the Gauss points by collocation
/// (Kronbichler & Kormann 2019, ACM TOMS 45:29), flux, and the transpose.
template <Simd simd, class Physics, int degree, typename Number>
class SumFactorisedKernel : public CellKernel<Number>
{
  static constexpr int n       = degree + 1;
  static constexpr int n_nodes = n * n * n;
  static constexpr int nc      = Physics::n_components;
  static constexpr int all     = (1 << nc) - 1; ///< components
  using P                      = Pack<Number, SimdBytes<simd>::value>;
  using V                      = typename P::type;
  static constexpr int width   = P::width;
  using Lines                  = TensorLines<P, n>;

public:
  void
  apply(const KernelData<Number> &data,
        const std::size_t         first,
        const std::size_t         last,
        Number                   *dst,
        const Number             *src,
        const Prescribed          prescribed) const override
  {
    for (std::size_t b = first; b < last; ++b)
    {
      alignas(sizeof(V)) V u[nc][n_nodes], g[nc][3][n_nodes];
      reference_gradients(data, b, src, prescribed, u, g);
      const std::uint32_t block = data.block_of_batch.data() == nullptr
                                    ? KernelData<Number>::no_block
                                    : data.block_of_batch.data()[b];
      if (block != KernelData<Number>::no_block)
        dispatch<true>(data, b, block, data.point_layout, u, g);
      else
        dispatch<false>(data, b, b, data.layout, u, g);
      add_divergence(data, b, g, u, prescribed, dst);
    }
  }

  void
  gradients(const KernelData<Number> &data,
            const std::size_t         b,
            Number                   *gradient,
            const Number             *src,
            const Prescribed          prescribed) const override
  {
    alignas(sizeof(V)) V u[nc][n_nodes], g[nc][3][n_nodes];
    reference_gradients(data, b, src, prescribed, u, g);
    V *out = reinterpret_cast<V *>(gradient);
    for (int q = 0; q < n_nodes; ++q)
    {
      V H[nc][3];
      physical_gradient(metric_at(data, b, q), q, g, H);
      for (int c = 0; c < nc; ++c)
        for (int e = 0; e < 3; ++e)
          *out++ = H[c][e];
    }
  }

  void
  add_fluxes(const KernelData<Number> &data,
             const std::size_t         b,
             Number                   *dst,
             const Number             *flux,
             const Prescribed          prescribed) const override
  {
    alignas(sizeof(V)) V u[nc][n_nodes], g[nc][3][n_nodes];
    const V             *in = reinterpret_cast<const V *>(flux);
    for (int q = 0; q < n_nodes; ++q)
    {
      V S[nc][3];
      for (int c = 0; c < nc; ++c)
      {
        u[c][q] = V{} + Number(0);
        for (int e = 0; e < 3; ++e)
          S[c][e] = *in++;
      }
      reference_flux(metric_at(data, b, q), q, S, g);
    }
    add_divergence(data, b, g, u, prescribed, dst);
  }

private:
  // What happens at the points of a batch. Constants are those of the batch, or
  // of each point of a block.
  template <bool of_points>
  [[gnu::always_inline]] static inline void
  dispatch(const KernelData<Number> &data,
           const std::size_t         b,
           const std::size_t         block,
           const MaterialLayout      layout,
           V (&u)[nc][n_nodes],
           V (&g)[nc][3][n_nodes])
  {
    switch (layout)
    {
      case MaterialLayout::lame:
        return points<of_points, MaterialLayout::lame>(data, b, block, u, g);
      case MaterialLayout::triangle:
        return points<of_points, MaterialLayout::triangle>(
          data, b, block, u, g);
      case MaterialLayout::full:
        return points<of_points, MaterialLayout::full>(data, b, block, u, g);
      case MaterialLayout::conductivity:
        return points<of_points, MaterialLayout::conductivity>(
          data, b, block, u, g);
      case MaterialLayout::conductivity_and_reaction:
        return points<of_points, MaterialLayout::conductivity_and_reaction>(
          data, b, block, u, g);
    }
  }

  template <bool of_points, MaterialLayout layout>
  [[gnu::always_inline]] static inline void
  points(const KernelData<Number> &data,
         const std::size_t         b,
         const std::size_t         block,
         V (&u)[nc][n_nodes],
         V (&g)[nc][3][n_nodes])
  {
    if constexpr (Physics::accepts(layout))
    {
      constexpr int       size = n_constants(layout) * width;
      const Number *const first =
        of_points ? data.point_constants.data() + block * n_nodes * size
                  : data.constants.data() + block * size;
      for (int q = 0; q < n_nodes; ++q)
        point<layout>(
          metric_at(data, b, q), of_points ? first + q * size : first, q, u, g);
    }
  }

  template <MaterialLayout layout>
  [[gnu::always_inline]] static inline void
  point(const Number *metric,
        const Number *constants,
        const int     q,
        V (&u)[nc][n_nodes],
        V (&g)[nc][3][n_nodes])
  {
    const V *const C = reinterpret_cast<const V *>(constants);
    V              H[nc][3], S[nc][3];
    physical_gradient(metric, q, g, H);
    Physics::template flux<layout, P>(C, H, S);
    reference_flux(metric, q, S, g);
    if constexpr (Physics::has_reaction)
    {
      const V c = Physics::template reaction<layout, P>(C) *
                  reinterpret_cast<const V *>(metric)[9];
      for (int i = 0; i < nc; ++i)
        u[i][q] *= c;
    }
  }

  // Values at the points, and gradients there in reference coordinates, of each
  // component.
  [[gnu::always_inline]] static inline void
  reference_gradients(const KernelData<Number> &data,
                      const std::size_t         b,
                      const Number             *src,
                      const Prescribed          prescribed,
                      V (&u)[nc][n_nodes],
                      V (&g)[nc][3][n_nodes])
  {
    const Number *const values    = data.shape_values.data();
    const Number *const gradients = data.collocation_gradients.data();
    gather(data, b, src, prescribed, u);
    for (int c = 0; c < nc; ++c)
    {
      Lines::template sweep<0, false>(values, u[c]);
      Lines::template sweep<1, false>(values, u[c]);
      Lines::template sweep<2, false>(values, u[c]);
      Lines::template derive<0>(gradients, u[c], g[c][0]);
      Lines::template derive<1>(gradients, u[c], g[c][1]);
      Lines::template derive<2>(gradients, u[c], g[c][2]);
    }
  }

  // The transpose: from fluxes, and values of a reaction, at the points to
  // nodes.
  [[gnu::always_inline]] static inline void
  add_divergence(const KernelData<Number> &data,
                 const std::size_t         b,
                 const V (&g)[nc][3][n_nodes],
                 const V (&u)[nc][n_nodes],
                 const Prescribed prescribed,
                 Number          *dst)
  {
    alignas(sizeof(V)) V f[nc][n_nodes];
    const Number *const  values    = data.shape_values.data();
    const Number *const  gradients = data.collocation_gradients.data();
    for (int c = 0; c < nc; ++c)
    {
      for (int q = 0; q < n_nodes; ++q)
        if constexpr (Physics::has_reaction)
          f[c][q] = u[c][q];
        else
          f[c][q] = V{} + Number(0);
      Lines::template derive_transposed<0>(gradients, g[c][0], f[c]);
      Lines::template derive_transposed<1>(gradients, g[c][1], f[c]);
      Lines::template derive_transposed<2>(gradients, g[c][2], f[c]);
      Lines::template sweep<2, true>(values, f[c]);
      Lines::template sweep<1, true>(values, f[c]);
      Lines::template sweep<0, true>(values, f[c]);
    }
    scatter(data, b, f, prescribed, dst);
  }

  // Gradient H[c][e] = du_c/dx_e from reference gradients.
  [[gnu::always_inline]] static inline void
  physical_gradient(const Number *metric,
                    const int     q,
                    const V (&g)[nc][3][n_nodes],
                    V (&H)[nc][3])
  {
    const V *const G = reinterpret_cast<const V *>(metric);
    for (int c = 0; c < nc; ++c)
      for (int e = 0; e < 3; ++e)
        H[c][e] =
          g[c][0][q] * G[e] + g[c][1][q] * G[3 + e] + g[c][2][q] * G[6 + e];
  }

  // Reference fluxes, times the measure of the point.
  [[gnu::always_inline]] static inline void
  reference_flux(const Number *metric,
                 const int     q,
                 const V (&S)[nc][3],
                 V (&g)[nc][3][n_nodes])
  {
    const V *const G   = reinterpret_cast<const V *>(metric);
    const V        jxw = G[9];
    V              T[nc][3];
    for (int c = 0; c < nc; ++c)
      for (int e = 0; e < 3; ++e)
        T[c][e] = S[c][e] * jxw;
    for (int c = 0; c < nc; ++c)
      for (int d = 0; d < 3; ++d)
        g[c][d][q] =
          T[c][0] * G[3 * d] + T[c][1] * G[3 * d + 1] + T[c][2] * G[3 * d + 2];
  }

  [[gnu::always_inline]] static inline const Number *
  metric_at(const KernelData<Number> &data, const std::size_t b, const int q)
  {
    return data.metric.data() + (b * n_nodes + q) * 10 * width;
  }

  [[gnu::noinline]] static void
  gather(const KernelData<Number> &data,
         const std::size_t         b,
         const Number             *src,
         const Prescribed          prescribed,
         V (&u)[nc][n_nodes])
  {
    const std::uint32_t *index = data.nodes.data() + b * n_nodes * width;
    for (int i = 0; i < n_nodes; ++i)
      for (int l = 0; l < width; ++l)
      {
        const std::uint32_t node = index[i * width + l];
        if (!(node & KernelData<Number>::special))
          for (int c = 0; c < nc; ++c)
            u[c][i][l] = src[nc * static_cast<std::size_t>(node) + c];
        else
          gather_special(data, node, src, prescribed, i, l, u);
      }
  }

  [[gnu::noinline]] static void
  gather_special(const KernelData<Number> &data,
                 const std::uint32_t       node,
                 const Number             *src,
                 const Prescribed          prescribed,
                 const int                 i,
                 const int                 l,
                 V (&u)[nc][n_nodes])
  {
    const std::uint32_t line    = node & ~KernelData<Number>::special;
    Number              sum[nc] = {};
    for (std::uint32_t k = data.line_begin.data()[line];
         k < data.line_begin.data()[line + 1];
         ++k)
    {
      const Number *v =
        src + nc * static_cast<std::size_t>(data.line_node.data()[k]);
      const Number        w = data.line_weight.data()[k];
      const unsigned char mask =
        prescribed != Prescribed::zero ? all : data.line_mask.data()[k];
      for (int c = 0; c < nc; ++c)
        if ((mask >> c) & 1)
          sum[c] += w * v[c];
    }
    for (int c = 0; c < nc; ++c)
      u[c][i][l] = sum[c];
  }

  [[gnu::noinline]] static void
  scatter(const KernelData<Number> &data,
          const std::size_t         b,
          const V (&f)[nc][n_nodes],
          const Prescribed prescribed,
          Number          *dst)
  {
    const std::uint32_t *index = data.nodes.data() + b * n_nodes * width;
    for (int i = 0; i < n_nodes; ++i)
      for (int l = 0; l < width; ++l)
      {
        const std::uint32_t node = index[i * width + l];
        if (!(node & KernelData<Number>::special))
          for (int c = 0; c < nc; ++c)
            dst[nc * static_cast<std::size_t>(node) + c] += f[c][i][l];
        else
          scatter_special(data, node, i, l, f, prescribed, dst);
      }
  }

  [[gnu::noinline]] static void
  scatter_special(const KernelData<Number> &data,
                  const std::uint32_t       node,
                  const int                 i,
                  const int                 l,
                  const V (&f)[nc][n_nodes],
                  const Prescribed prescribed,
                  Number          *dst)
  {
    const std::uint32_t line = node & ~KernelData<Number>::special;
    for (std::uint32_t k = data.line_begin.data()[line];
         k < data.line_begin.data()[line + 1];
         ++k)
    {
      Number *v = dst + nc * static_cast<std::size_t>(data.line_node.data()[k]);
      for (int c = 0; c < nc; ++c)
        if (prescribed == Prescribed::reactions ||
            ((data.line_mask.data()[k] >> c) & 1))
          v[c] += data.line_weight.data()[k] * f[c][i][l];
    }
  }
};

template <Simd simd, class Physics, typename Number>
CellKernel<Number> *
new_cell_kernel(const unsigned int degree)
{
  switch (degree)
  {
    case 1:
      return new SumFactorisedKernel<simd, Physics, 1, Number>();
    case 2:
      return new SumFactorisedKernel<simd, Physics, 2, Number>();
    case 3:
      return new SumFactorisedKernel<simd, Physics, 3, Number>();
    default:
      return nullptr;
  }
}
} // namespace miniscrew::fem
