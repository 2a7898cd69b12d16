// SPDX-License-Identifier: LGPL-2.1-or-later
// The cell kernels compiled for Simd::avx512.
#include "solver/fem/operator/cell_kernel_impl.h"
#include "solver/fem/operator/conduction.h"
#include "solver/fem/operator/elasticity.h"

namespace miniscrew::fem
{
template CellKernel<double> *
new_cell_kernel<Simd::avx512, Elasticity, double>(unsigned int);
template CellKernel<float> *
new_cell_kernel<Simd::avx512, Elasticity, float>(unsigned int);
template CellKernel<double> *
new_cell_kernel<Simd::avx512, Conduction, double>(unsigned int);
template CellKernel<float> *
new_cell_kernel<Simd::avx512, Conduction, float>(unsigned int);
} // namespace miniscrew::fem
