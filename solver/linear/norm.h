// SPDX-License-Identifier: LGPL-2.1-or-later
// Norm of a vector that may hold anything.
#pragma once

#include "solver/linear/operator.h"

#include <deal.II/base/mpi.h>

#include <cmath>

namespace miniscrew::linear
{
/// Euclidean norm over all ranks; not a number if an entry is not. deal.II's
/// own norm ends a Debug program there. Collective.
inline double
norm_of(const Vector<double> &v)
{
  double sum = 0.;
  for (unsigned int i = 0; i < v.locally_owned_size(); ++i)
    sum += v.local_element(i) * v.local_element(i);
  return std::sqrt(dealii::Utilities::MPI::sum(sum, v.get_mpi_communicator()));
}
} // namespace miniscrew::linear
