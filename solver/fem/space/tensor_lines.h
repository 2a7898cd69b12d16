// SPDX-License-Identifier: LGPL-2.1-or-later
// One-dimensional factors of tensor-product kernels.
#pragma once

namespace miniscrew::fem
{
/// Work along the lines of a cube of n x n x n values (x fastest). Pack has the
/// types of a value and of its lanes, and tells the instruction sets apart:
/// units compiled for different ones must not share an instance.
template <typename Pack, int n>
struct TensorLines
{
  using Number = typename Pack::Number;
  using V      = typename Pack::type;

  static constexpr int
  stride(const int direction)
  {
    return direction == 0 ? 1 : direction == 1 ? n : n * n;
  }

  static constexpr int
  line_start(const int direction, const int i, const int j)
  {
    return direction == 0   ? n * i + n * n * j
           : direction == 1 ? i + n * n * j
                            : i + n * j;
  }

  // In place along one direction: v_q = sum_i M[q][i] v_i, or its transpose.
  template <int direction, bool transposed>
  [[gnu::always_inline]] static inline void
  sweep(const Number *M, V *v)
  {
    constexpr int s = stride(direction);
    for (int j = 0; j < n; ++j)
      for (int i = 0; i < n; ++i)
      {
        V *const line = v + line_start(direction, i, j);
        V        in[n];
        for (int k = 0; k < n; ++k)
          in[k] = line[k * s];
        for (int q = 0; q < n; ++q)
        {
          V sum = in[0] * M[transposed ? q : q * n];
          for (int k = 1; k < n; ++k)
            sum += in[k] * M[transposed ? k * n + q : q * n + k];
          line[q * s] = sum;
        }
      }
  }

  template <int direction>
  [[gnu::always_inline]] static inline void
  derive(const Number *D, const V *v, V *g)
  {
    constexpr int s = stride(direction);
    for (int j = 0; j < n; ++j)
      for (int i = 0; i < n; ++i)
      {
        const int start = line_start(direction, i, j);
        for (int q = 0; q < n; ++q)
        {
          V sum = v[start] * D[q * n];
          for (int k = 1; k < n; ++k)
            sum += v[start + k * s] * D[q * n + k];
          g[start + q * s] = sum;
        }
      }
  }

  template <int direction>
  [[gnu::always_inline]] static inline void
  derive_transposed(const Number *D, const V *g, V *f)
  {
    constexpr int s = stride(direction);
    for (int j = 0; j < n; ++j)
      for (int i = 0; i < n; ++i)
      {
        const int start = line_start(direction, i, j);
        for (int q = 0; q < n; ++q)
        {
          V sum = g[start] * D[q];
          for (int k = 1; k < n; ++k)
            sum += g[start + k * s] * D[k * n + q];
          f[start + q * s] += sum;
        }
      }
  }
};
} // namespace miniscrew::fem
