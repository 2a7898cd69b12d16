// SPDX-License-Identifier: LGPL-2.1-or-later
// Voigt form of stresses, strains and stiffnesses, and their products.
#pragma once

#include <array>

namespace miniscrew::materials
{
/// Elastic stiffness in Voigt order xx, yy, zz, yz, xz, xy with engineering
/// shear strains (gamma = 2 epsilon); MPa; row-major and symmetric.
using VoigtMatrix = std::array<double, 36>;

/// Voigt components of a stress (MPa) or of an engineering strain.
using VoigtVector = std::array<double, 6>;

/// A x; the stress (MPa) of an engineering strain, if A is a stiffness.
inline VoigtVector
multiply(const VoigtMatrix &A, const VoigtVector &x)
{
  VoigtVector result{};
  for (unsigned int i = 0; i < 6; ++i)
    for (unsigned int j = 0; j < 6; ++j)
      result[i] += A[6 * i + j] * x[j];
  return result;
}

/// A^T x.
inline VoigtVector
multiply_transposed(const VoigtMatrix &A, const VoigtVector &x)
{
  VoigtVector result{};
  for (unsigned int j = 0; j < 6; ++j)
    for (unsigned int i = 0; i < 6; ++i)
      result[i] += A[6 * j + i] * x[j];
  return result;
}

/// a - b.
inline VoigtVector
difference(const VoigtVector &a, const VoigtVector &b)
{
  VoigtVector result;
  for (unsigned int i = 0; i < 6; ++i)
    result[i] = a[i] - b[i];
  return result;
}

/// factor A.
inline VoigtMatrix
scaled(const double factor, const VoigtMatrix &A)
{
  VoigtMatrix result;
  for (unsigned int i = 0; i < 36; ++i)
    result[i] = factor * A[i];
  return result;
}

/// Sum of products of components; stress times engineering strain is twice the
/// elastic energy density, MPa = N mm / mm^3.
inline double
contract(const VoigtVector &stress, const VoigtVector &engineering_strain)
{
  double sum = 0.;
  for (unsigned int i = 0; i < 6; ++i)
    sum += stress[i] * engineering_strain[i];
  return sum;
}
} // namespace miniscrew::materials
