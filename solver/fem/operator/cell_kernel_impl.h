// SPDX-License-Identifier: LGPL-2.1-or-later
// Sum-factorised elasticity kernel; included once per instruction set.
//
// A unit that includes this file is compiled for one instruction set, so it
// must not instantiate inline functions that other units share: only raw
// arrays, and templates that carry the instruction set as an argument.
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
/// (Kronbichler & Kormann 2019, ACM TOMS 45:29), stress, and the transpose.
template <Simd simd, int degree, typename Number>
class SumFactorisedKernel : public CellKernel<Number>
{
  static constexpr int n       = degree + 1;
  static constexpr int n_nodes = n * n * n;
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
      V g[3][3][n_nodes];
      reference_gradients(data, b, src, prescribed, g);
      const std::uint32_t block = data.tangent_of_batch.data() == nullptr
                                    ? KernelData<Number>::no_tangent
                                    : data.tangent_of_batch.data()[b];
      if (block != KernelData<Number>::no_tangent)
        for (int q = 0; q < n_nodes; ++q)
          tangent_point(data, b, block, q, g);
      else if (data.isotropic)
        for (int q = 0; q < n_nodes; ++q)
          isotropic_point(data, b, q, g);
      else
        for (int q = 0; q < n_nodes; ++q)
          anisotropic_point(data, b, q, g);
      add_divergence(data, b, g, prescribed, dst);
    }
  }

  void
  strains(const KernelData<Number> &data,
          const std::size_t         b,
          Number                   *strain,
          const Number             *src,
          const Prescribed          prescribed) const override
  {
    V g[3][3][n_nodes];
    reference_gradients(data, b, src, prescribed, g);
    V *const out = reinterpret_cast<V *>(strain);
    for (int q = 0; q < n_nodes; ++q)
    {
      V e[6];
      strain_at(metric_at(data, b, q), q, g, e);
      for (int i = 0; i < 6; ++i)
        out[6 * q + i] = e[i];
    }
  }

  void
  add_forces(const KernelData<Number> &data,
             const std::size_t         b,
             Number                   *dst,
             const Number             *stress,
             const Prescribed          prescribed) const override
  {
    V              g[3][3][n_nodes];
    const V *const in = reinterpret_cast<const V *>(stress);
    for (int q = 0; q < n_nodes; ++q)
    {
      V s[6];
      for (int i = 0; i < 6; ++i)
        s[i] = in[6 * q + i];
      reference_flux(metric_at(data, b, q), q, s, g);
    }
    add_divergence(data, b, g, prescribed, dst);
  }

private:
  // Gradients in reference coordinates of each component at the points.
  static inline void
  reference_gradients(const KernelData<Number> &data,
                      const std::size_t         b,
                      const Number             *src,
                      const Prescribed          prescribed,
                      V (&g)[3][3][n_nodes])
  {
    const Number *const values    = data.shape_values.data();
    const Number *const gradients = data.collocation_gradients.data();
    V                   u[3][n_nodes];
    gather(data, b, src, prescribed, u);
    for (int c = 0; c < 3; ++c)
    {
      Lines::template sweep<0, false>(values, u[c]);
      Lines::template sweep<1, false>(values, u[c]);
      Lines::template sweep<2, false>(values, u[c]);
      Lines::template derive<0>(gradients, u[c], g[c][0]);
      Lines::template derive<1>(gradients, u[c], g[c][1]);
      Lines::template derive<2>(gradients, u[c], g[c][2]);
    }
  }

  // The transpose: from fluxes at the points to nodes.
  static inline void
  add_divergence(const KernelData<Number> &data,
                 const std::size_t         b,
                 const V (&g)[3][3][n_nodes],
                 const Prescribed prescribed,
                 Number          *dst)
  {
    const Number *const values    = data.shape_values.data();
    const Number *const gradients = data.collocation_gradients.data();
    V                   f[3][n_nodes];
    for (int c = 0; c < 3; ++c)
    {
      for (int q = 0; q < n_nodes; ++q)
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

  // Displacement gradient H[c][e] = du_c/dx_e from reference gradients.
  static inline void
  physical_gradient(const Number *metric,
                    const int     q,
                    const V (&g)[3][3][n_nodes],
                    V (&H)[3][3])
  {
    const V *const G = reinterpret_cast<const V *>(metric);
    for (int c = 0; c < 3; ++c)
      for (int e = 0; e < 3; ++e)
        H[c][e] =
          g[c][0][q] * G[e] + g[c][1][q] * G[3 + e] + g[c][2][q] * G[6 + e];
  }

  // Reference fluxes from the symmetric stress (xx yy zz yz xz xy).
  static inline void
  reference_flux(const Number *metric,
                 const int     q,
                 const V (&s)[6],
                 V (&g)[3][3][n_nodes])
  {
    const V *const G       = reinterpret_cast<const V *>(metric);
    const V        jxw     = G[9];
    const V        S[3][3] = {{s[0] * jxw, s[5] * jxw, s[4] * jxw},
                              {s[5] * jxw, s[1] * jxw, s[3] * jxw},
                              {s[4] * jxw, s[3] * jxw, s[2] * jxw}};
    for (int c = 0; c < 3; ++c)
      for (int d = 0; d < 3; ++d)
        g[c][d][q] =
          S[c][0] * G[3 * d] + S[c][1] * G[3 * d + 1] + S[c][2] * G[3 * d + 2];
  }

  static inline const Number *
  metric_at(const KernelData<Number> &data, const std::size_t b, const int q)
  {
    return data.metric.data() + (b * n_nodes + q) * 10 * width;
  }

  static inline void
  isotropic_point(const KernelData<Number> &data,
                  const std::size_t         b,
                  const int                 q,
                  V (&g)[3][3][n_nodes])
  {
    const Number *const metric = metric_at(data, b, q);
    const V *const      lame =
      reinterpret_cast<const V *>(data.stiffness.data() + b * 2 * width);
    V H[3][3];
    physical_gradient(metric, q, g, H);
    const V pressure = lame[0] * (H[0][0] + H[1][1] + H[2][2]);
    const V mu       = lame[1];
    const V s[6]     = {pressure + (mu + mu) * H[0][0],
                        pressure + (mu + mu) * H[1][1],
                        pressure + (mu + mu) * H[2][2],
                        mu * (H[1][2] + H[2][1]),
                        mu * (H[0][2] + H[2][0]),
                        mu * (H[0][1] + H[1][0])};
    reference_flux(metric, q, s, g);
  }

  static inline void
  anisotropic_point(const KernelData<Number> &data,
                    const std::size_t         b,
                    const int                 q,
                    V (&g)[3][3][n_nodes])
  {
    symmetric_point(
      metric_at(data, b, q), data.stiffness.data() + b * 21 * width, q, g);
  }

  static inline void
  tangent_point(const KernelData<Number> &data,
                const std::size_t         b,
                const std::size_t         block,
                const int                 q,
                V (&g)[3][3][n_nodes])
  {
    const Number *const metric    = metric_at(data, b, q);
    const int           n_entries = data.symmetric_tangents ? 21 : 36;
    const Number *const tangent =
      data.tangents.data() + (block * n_nodes + q) * n_entries * width;
    if (data.symmetric_tangents)
    {
      symmetric_point(metric, tangent, q, g);
      return;
    }
    const V *const C = reinterpret_cast<const V *>(tangent);
    V              e[6], s[6];
    strain_at(metric, q, g, e);
    for (int i = 0; i < 6; ++i)
    {
      s[i] = e[0] * C[6 * i];
      for (int j = 1; j < 6; ++j)
        s[i] += e[j] * C[6 * i + j];
    }
    reference_flux(metric, q, s, g);
  }

  // With the upper triangle of the stiffness.
  static inline void
  symmetric_point(const Number *metric,
                  const Number *triangle,
                  const int     q,
                  V (&g)[3][3][n_nodes])
  {
    const V *const C = reinterpret_cast<const V *>(triangle);
    V              e[6], s[6];
    strain_at(metric, q, g, e);
    for (int i = 0; i < 6; ++i)
    {
      s[i] = e[0] * C[upper(i, 0)];
      for (int j = 1; j < 6; ++j)
        s[i] += e[j] * C[upper(i, j)];
    }
    reference_flux(metric, q, s, g);
  }

  // Engineering strain (xx yy zz yz xz xy).
  static inline void
  strain_at(const Number *metric,
            const int     q,
            const V (&g)[3][3][n_nodes],
            V (&e)[6])
  {
    V H[3][3];
    physical_gradient(metric, q, g, H);
    e[0] = H[0][0];
    e[1] = H[1][1];
    e[2] = H[2][2];
    e[3] = H[1][2] + H[2][1];
    e[4] = H[0][2] + H[2][0];
    e[5] = H[0][1] + H[1][0];
  }

  // Position of entry (i, j) in the row-wise upper triangle of a 6 x 6 matrix.
  static constexpr int
  upper(const int i, const int j)
  {
    return i <= j ? i * 6 - i * (i - 1) / 2 + (j - i) : upper(j, i);
  }

  static inline void
  gather(const KernelData<Number> &data,
         const std::size_t         b,
         const Number             *src,
         const Prescribed          prescribed,
         V (&u)[3][n_nodes])
  {
    const std::uint32_t *index = data.nodes.data() + b * n_nodes * width;
    for (int i = 0; i < n_nodes; ++i)
      for (int l = 0; l < width; ++l)
      {
        const std::uint32_t node = index[i * width + l];
        if (!(node & KernelData<Number>::special))
          for (int c = 0; c < 3; ++c)
            u[c][i][l] = src[3 * static_cast<std::size_t>(node) + c];
        else
          gather_special(data, node, src, prescribed, i, l, u);
      }
  }

  static void
  gather_special(const KernelData<Number> &data,
                 const std::uint32_t       node,
                 const Number             *src,
                 const Prescribed          prescribed,
                 const int                 i,
                 const int                 l,
                 V (&u)[3][n_nodes])
  {
    const std::uint32_t line   = node & ~KernelData<Number>::special;
    Number              sum[3] = {0, 0, 0};
    for (std::uint32_t k = data.line_begin.data()[line];
         k < data.line_begin.data()[line + 1];
         ++k)
    {
      const Number *v =
        src + 3 * static_cast<std::size_t>(data.line_node.data()[k]);
      const Number        w = data.line_weight.data()[k];
      const unsigned char mask =
        prescribed != Prescribed::zero ? 7 : data.line_mask.data()[k];
      for (int c = 0; c < 3; ++c)
        if ((mask >> c) & 1)
          sum[c] += w * v[c];
    }
    for (int c = 0; c < 3; ++c)
      u[c][i][l] = sum[c];
  }

  static inline void
  scatter(const KernelData<Number> &data,
          const std::size_t         b,
          const V (&f)[3][n_nodes],
          const Prescribed prescribed,
          Number          *dst)
  {
    const std::uint32_t *index = data.nodes.data() + b * n_nodes * width;
    for (int i = 0; i < n_nodes; ++i)
      for (int l = 0; l < width; ++l)
      {
        const std::uint32_t node = index[i * width + l];
        if (!(node & KernelData<Number>::special))
          for (int c = 0; c < 3; ++c)
            dst[3 * static_cast<std::size_t>(node) + c] += f[c][i][l];
        else
          scatter_special(data, node, i, l, f, prescribed, dst);
      }
  }

  static void
  scatter_special(const KernelData<Number> &data,
                  const std::uint32_t       node,
                  const int                 i,
                  const int                 l,
                  const V (&f)[3][n_nodes],
                  const Prescribed prescribed,
                  Number          *dst)
  {
    const std::uint32_t line = node & ~KernelData<Number>::special;
    for (std::uint32_t k = data.line_begin.data()[line];
         k < data.line_begin.data()[line + 1];
         ++k)
    {
      Number *v = dst + 3 * static_cast<std::size_t>(data.line_node.data()[k]);
      for (int c = 0; c < 3; ++c)
        if (prescribed == Prescribed::reactions ||
            ((data.line_mask.data()[k] >> c) & 1))
          v[c] += data.line_weight.data()[k] * f[c][i][l];
    }
  }
};

/// A kernel by degree; the caller owns it.
template <Simd simd, typename Number>
CellKernel<Number> *
new_cell_kernel(const unsigned int degree)
{
  switch (degree)
  {
    case 1:
      return new SumFactorisedKernel<simd, 1, Number>();
    case 2:
      return new SumFactorisedKernel<simd, 2, Number>();
    case 3:
      return new SumFactorisedKernel<simd, 3, Number>();
    default:
      return nullptr;
  }
}

extern template CellKernel<double> *
new_cell_kernel<Simd::baseline, double>(unsigned int);
extern template CellKernel<float> *
new_cell_kernel<Simd::baseline, float>(unsigned int);
extern template CellKernel<double> *
new_cell_kernel<Simd::avx2, double>(unsigned int);
extern template CellKernel<float> *
new_cell_kernel<Simd::avx2, float>(unsigned int);
extern template CellKernel<double> *
new_cell_kernel<Simd::avx512, double>(unsigned int);
extern template CellKernel<float> *
new_cell_kernel<Simd::avx512, float>(unsigned int);
} // namespace miniscrew::fem
