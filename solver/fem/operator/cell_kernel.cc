// SPDX-License-Identifier: LGPL-2.1-or-later
// Choice of the kernel at run time.
#include "solver/fem/operator/cell_kernel.h"

#include "solver/fem/operator/conduction.h"
#include "solver/fem/operator/elasticity.h"

#include <algorithm>
#include <cstdlib>
#include <string>

namespace miniscrew::fem
{
Simd
best_simd()
{
  Simd best = Simd::baseline;
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
    best = Simd::avx2;
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") &&
      __builtin_cpu_supports("avx512dq"))
    best = Simd::avx512;
#endif
  if (const char *wish = std::getenv("MINISCREW_SIMD"))
  {
    const std::string name = wish;
    if (name == "baseline")
      best = Simd::baseline;
    else if (name == "avx2")
      best = std::min(best, Simd::avx2);
  }
  return best;
}

template <typename Number>
unsigned int
simd_width(const Simd simd)
{
  const unsigned int bytes = simd == Simd::baseline ? 16
                             : simd == Simd::avx2   ? 32
                                                    : 64;
  return bytes / sizeof(Number);
}

template <class Physics, typename Number>
std::unique_ptr<CellKernel<Number>>
make_cell_kernel(const Simd simd, const unsigned int degree)
{
  CellKernel<Number> *kernel =
    simd == Simd::baseline
      ? new_cell_kernel<Simd::baseline, Physics, Number>(degree)
    : simd == Simd::avx2
      ? new_cell_kernel<Simd::avx2, Physics, Number>(degree)
      : new_cell_kernel<Simd::avx512, Physics, Number>(degree);
  return std::unique_ptr<CellKernel<Number>>(kernel);
}

template unsigned int simd_width<float>(Simd);
template unsigned int simd_width<double>(Simd);
template std::unique_ptr<CellKernel<float>>
make_cell_kernel<Elasticity, float>(Simd, unsigned int);
template std::unique_ptr<CellKernel<double>>
make_cell_kernel<Elasticity, double>(Simd, unsigned int);
template std::unique_ptr<CellKernel<float>>
make_cell_kernel<Conduction, float>(Simd, unsigned int);
template std::unique_ptr<CellKernel<double>>
make_cell_kernel<Conduction, double>(Simd, unsigned int);
} // namespace miniscrew::fem
