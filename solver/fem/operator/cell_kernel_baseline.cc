// SPDX-License-Identifier: LGPL-2.1-or-later
// The cell kernels compiled for Simd::baseline.
#include "solver/fem/operator/cell_kernel_impl.h"
#include "solver/fem/operator/conduction.h"
#include "solver/fem/operator/elasticity.h"

namespace miniscrew::fem
{
template CellKernel<double> *
new_cell_kernel<Simd::baseline, Elasticity, double>(unsigned int);
template CellKernel<float> *
new_cell_kernel<Simd::baseline, Elasticity, float>(unsigned int);
template CellKernel<double> *
new_cell_kernel<Simd::baseline, Conduction, double>(unsigned int);
template CellKernel<float> *
new_cell_kernel<Simd::baseline, Conduction, float>(unsigned int);
} // namespace miniscrew::fem
