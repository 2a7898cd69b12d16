// SPDX-License-Identifier: LGPL-2.1-or-later
// The cell kernel compiled for Simd::baseline.
#include "solver/fem/operator/cell_kernel_impl.h"

namespace miniscrew::fem
{
template CellKernel<double> *
new_cell_kernel<Simd::baseline, double>(unsigned int);
template CellKernel<float> *
new_cell_kernel<Simd::baseline, float>(unsigned int);
} // namespace miniscrew::fem
