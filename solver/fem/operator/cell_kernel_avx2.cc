// SPDX-License-Identifier: LGPL-2.1-or-later
// The cell kernels compiled for Simd::avx2.
#include "solver/fem/operator/cell_kernel_impl.h"
#include "solver/fem/operator/conduction.h"
#include "solver/fem/operator/elasticity.h"

namespace miniscrew::fem
{
template CellKernel<double> *
new_cell_kernel<Simd::avx2, Elasticity, double>(unsigned int);
template CellKernel<float> *
new_cell_kernel<Simd::avx2, Elasticity, float>(unsigned int);
template CellKernel<double> *
new_cell_kernel<Simd::avx2, Conduction, double>(unsigned int);
template CellKernel<float> *
new_cell_kernel<Simd::avx2, Conduction, float>(unsigned int);
} // namespace miniscrew::fem
