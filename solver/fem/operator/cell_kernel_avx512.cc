// SPDX-License-Identifier: LGPL-2.1-or-later
// The cell kernel compiled for Simd::avx512.
#include "solver/fem/operator/cell_kernel_impl.h"

namespace miniscrew::fem
{
template CellKernel<double>                             *
new_cell_kernel<Simd::avx512, double>(unsigned int);
template CellKernel<float> *new_cell_kernel<Simd::avx512, float>(unsigned int);
} // namespace miniscrew::fem
