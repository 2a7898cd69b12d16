// SPDX-License-Identifier: LGPL-2.1-or-later
// Curved cells with fields that are known everywhere, for tests of output.
#pragma once

#include "solver/output/field_data.h"
#include "solver/output/lagrange_order.h"

#include <cmath>

namespace miniscrew::output
{
/// Where the point @p X of the straight block goes: a map of polynomial degree
/// @p degree in each direction that keeps the volume.
inline std::array<double, 3>
curved(const std::array<double, 3> &X, unsigned int degree)
{
  return {{X[0] + 0.2 * std::pow(X[1], degree),
           X[1] + 0.1 * std::pow(X[2], degree),
           X[2]}};
}

/// @p n_cells hexahedra of size 1 in a row along x, the first of them number
/// @p first_cell, each with its own points. Point field "reference" holds the
/// straight positions; cell field "number" counts cells.
inline FieldData
sample_hexahedra(unsigned int degree,
                 unsigned int n_cells,
                 unsigned int first_cell)
{
  FieldData data;
  data.degree              = degree;
  const unsigned int n     = degree + 1;
  const auto         order = lagrange_hexahedron_order(degree);
  Field              reference{"reference", 3, {}}, number{"number", 1, {}};
  for (unsigned int cell = 0; cell < n_cells; ++cell)
  {
    const std::size_t first_point = data.points.size();
    data.connectivity.resize((cell + 1) * order.size());
    for (unsigned int p = 0; p < order.size(); ++p)
    {
      const std::array<double, 3> X{{first_cell + cell + double(p % n) / degree,
                                     double(p / n % n) / degree,
                                     double(p / n / n) / degree}};
      data.points.push_back(curved(X, degree));
      reference.values.insert(reference.values.end(), X.begin(), X.end());
      data.connectivity[cell * order.size() + order[p]] =
        std::int64_t(first_point + p);
    }
    number.values.push_back(first_cell + cell);
  }
  data.point_fields = {reference};
  data.cell_fields  = {number};
  return data;
}

/// Cells of @p rank in the tests: none on rank 1, else rank + 1.
inline unsigned int
sample_cells_of(int rank)
{
  return rank == 1 ? 0 : rank + 1;
}

/// The piece of @p rank.
inline FieldData
sample_piece(unsigned int degree, int rank)
{
  unsigned int first = 0;
  for (int other = 0; other < rank; ++other)
    first += sample_cells_of(other);
  return sample_hexahedra(degree, sample_cells_of(rank), first);
}
} // namespace miniscrew::output
